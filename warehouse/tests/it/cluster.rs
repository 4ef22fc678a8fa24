//! A Postgres as a user might run it: over TCP, with separate settings and its own `pg_hba.conf`.

use std::{
    fs,
    net::TcpListener,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use embedded_postgres::{binaries_folder, server_account_command};
use sqlx::{Connection, PgConnection, postgres::PgConnectOptions};
use tempfile::TempDir;

/// The superuser of these clusters, and the password of every role.
pub(crate) const ADMIN: &str = "admin";
pub(crate) const PASSWORD: &str = "canary";

/// Stopped when dropped.
#[derive(Debug)]
pub(crate) struct Cluster {
    child: Child,
    pub(crate) port: u16,
    folder: TempDir,
}

impl Cluster {
    /// Starts one that listens on 127.0.0.1 and admits the connections of `hba`, and the superuser by its socket.
    pub(crate) async fn start(hba: &str, settings: &[&str]) -> Self {
        Self::start_in(workshop(), hba, settings).await
    }

    /// The same in a prepared folder.
    pub(crate) async fn start_in(folder: TempDir, hba: &str, settings: &[&str]) -> Self {
        let bin = binaries_folder(&crate::support::options(folder.path().to_owned())).unwrap();
        let data = folder.path().join("data");
        let password = folder.path().join("password");
        fs::write(&password, PASSWORD).unwrap();
        fs::write(folder.path().join("hba"), format!("local all all trust\n{hba}\n")).unwrap();
        let mut initdb = server_account_command(bin.join("initdb")).unwrap();
        initdb.arg("--pgdata").arg(&data).arg("--pwfile").arg(&password);
        initdb.args(["--username", ADMIN, "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--no-sync"]);
        let made = initdb.output().unwrap();
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        let port = free_port();
        let mut postgres = server_account_command(bin.join("postgres")).unwrap();
        postgres.arg("-D").arg(&data);
        let path = folder.path().display();
        let own = [
            format!("port={port}"),
            "listen_addresses=127.0.0.1".to_owned(),
            format!("hba_file={path}/hba"),
            format!("unix_socket_directories={path}"),
            "fsync=off".to_owned(),
        ];
        for setting in own.iter().map(String::as_str).chain(settings.iter().copied()) {
            postgres.args(["-c", setting]);
        }
        let log = fs::File::create(folder.path().join("log")).unwrap();
        let child = postgres.stdin(Stdio::null()).stdout(Stdio::null()).stderr(log).spawn().unwrap();
        let mut cluster = Self { child, port, folder };
        let began = Instant::now();
        while PgConnection::connect_with(&cluster.admin("postgres")).await.is_err() {
            let log = fs::read_to_string(cluster.path().join("log")).unwrap();
            assert_eq!(cluster.child.try_wait().unwrap(), None, "it ended: {log}");
            assert!(began.elapsed() < Duration::from_secs(60), "it is not ready: {log}");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        cluster
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Connects as the superuser, by the socket.
    pub(crate) fn admin(&self, database: &str) -> PgConnectOptions {
        PgConnectOptions::new_without_pgpass().socket(self.path()).port(self.port).username(ADMIN).database(database)
    }

    /// Connects as a user with the common password, over TCP.
    pub(crate) fn login(&self, user: &str, database: &str, parameters: &str) -> PgConnectOptions {
        let host = "127.0.0.1";
        format!("postgres://{user}:{PASSWORD}@{host}:{}/{database}?{parameters}", self.port).parse().unwrap()
    }

    /// Runs SQL as the superuser.
    pub(crate) async fn run(&self, database: &str, sql: &str) {
        let mut connection = PgConnection::connect_with(&self.admin(database)).await.unwrap();
        sqlx::raw_sql(sqlx::AssertSqlSafe(sql.to_owned())).execute(&mut connection).await.unwrap();
        connection.close().await.unwrap();
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // Immediate shutdown: nothing in it has to be kept, and unlike SIGKILL it leaves no shared memory behind.
        let _ = Command::new("kill").args(["-QUIT", &self.child.id().to_string()]).status();
        let _ = self.child.wait();
    }
}

/// A folder that any account may use: the tests may run as root, the server may not.
pub(crate) fn workshop() -> TempDir {
    let folder = tempfile::Builder::new().prefix("mc").tempdir().unwrap();
    // After creation, since the umask of the process removes permissions from a new folder.
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o777)).unwrap();
    folder
}

/// Runs a shell script in a folder, as the account of the servers.
pub(crate) fn shell(folder: &Path, script: &str) {
    let mut command = server_account_command(PathBuf::from("/bin/sh")).unwrap();
    let done = command.args(["-ec", script]).current_dir(folder).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

/// A port without a listener, for a moment at least.
pub(crate) fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}
