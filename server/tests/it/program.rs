//! `mooncoon serve` on a free port, with a separate database on the server in `DATABASE_URL`.

#![expect(clippy::disallowed_methods, reason = "the environment configures the tests")]

use std::{
    ffi::OsString,
    net::SocketAddr,
    path::Path,
    process::Stdio,
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

use sqlx::{AssertSqlSafe, Connection as _, PgConnection};
use tempfile::TempDir;
use tokio::{
    io::{AsyncBufReadExt as _, BufReader},
    process::{Child, Command},
};
use url::Url;

/// Time limit for a start on a busy machine, including migrations.
const PATIENCE: Duration = Duration::from_secs(60);

const BINARY: &str = env!("CARGO_BIN_EXE_mooncoon");

/// A running server; killed when dropped.
#[derive(Debug)]
pub(crate) struct Program {
    pub(crate) child: Child,
    pub(crate) addr: SocketAddr,
    database: String,
    _site: TempDir,
    _data: TempDir,
}

impl Program {
    /// Starts the program with a small invented world and these settings; it is ready when this returns.
    pub(crate) async fn start(settings: &[(&str, &str)]) -> Self {
        Self::start_by(Command::new(BINARY), settings, |url| url, &[], "").await
    }

    /// The same over a database on which these commands of the program were run before, one after the other, and then this SQL.
    pub(crate) async fn start_after(commands: &[Vec<OsString>], sql: &str, settings: &[(&str, &str)]) -> Self {
        Self::start_by(Command::new(BINARY), settings, |url| url, commands, sql).await
    }

    /// The same with another connection to its database: `route` returns its URL.
    pub(crate) async fn start_through(settings: &[(&str, &str)], route: impl Fn(String) -> String) -> Self {
        Self::start_by(Command::new(BINARY), settings, route, &[], "").await
    }

    /// The same with a limit on open files, soft and hard.
    pub(crate) async fn start_with_files(files: u32, settings: &[(&str, &str)]) -> Self {
        let mut shell = Command::new("sh");
        shell.args(["-c", "ulimit -n \"$1\" && shift && exec \"$@\"", "sh", &files.to_string(), BINARY]);
        Self::start_by(shell, settings, |url| url, &[], "").await
    }

    /// The same with its log in a file.
    pub(crate) async fn start_with_log(log: &Path, settings: &[(&str, &str)]) -> Self {
        let mut command = Command::new(BINARY);
        command.stderr(std::fs::File::create(log).expect("the folder is ours"));
        Self::start_by(command, settings, |url| url, &[], "").await
    }

    async fn start_by(
        mut command: Command,
        settings: &[(&str, &str)],
        route: impl Fn(String) -> String,
        commands: &[Vec<OsString>],
        sql: &str,
    ) -> Self {
        static STARTED: AtomicU32 = AtomicU32::new(0);
        let number = STARTED.fetch_add(1, Ordering::SeqCst);
        let database = format!("mooncoon_it_{}_{number}_simulated", std::process::id());
        let statement = format!("create database {database}");
        sqlx::query(AssertSqlSafe(statement)).execute(&mut admin().await).await.expect("a database can be made");
        let (site, data) = (bare_site(), tempfile::tempdir().expect("a temporary folder"));
        let configure = |command: &mut Command| {
            for (name, _) in std::env::vars_os() {
                if name.to_string_lossy().starts_with("MOONCOON_") {
                    command.env_remove(name);
                }
            }
            command
                .current_dir(std::env::temp_dir())
                .env("DATABASE_URL", route(database_url(&database)))
                .env("MOONCOON_ADDR", "127.0.0.1:0")
                .env("MOONCOON_DATA_DIR", data.path())
                .env("MOONCOON_SITE_DIR", site.path())
                .env("MOONCOON_SOURCE", "simulated")
                .env("RUST_LOG", "warn")
                .envs(settings.iter().copied())
                .stdin(Stdio::null())
                .stdout(Stdio::piped())
                .kill_on_drop(true);
        };
        for arguments in commands {
            let mut once = Command::new(BINARY);
            configure(once.args(arguments));
            let ended =
                tokio::time::timeout(PATIENCE, once.output()).await.expect("it ends in time").expect("it starts");
            assert!(ended.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&ended.stderr));
        }
        if !sql.is_empty() {
            let mut connection = PgConnection::connect(&database_url(&database)).await.expect("the database is there");
            sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(&mut connection).await.expect("the SQL is right");
        }
        // Three settings are of the test's own: how large the invented world is, and where its clock stands still.
        let of = |name: &str| settings.iter().find(|(one, _)| *one == name).map(|(_, value)| *value);
        command.args(["serve", "--upcoming", of("IT_UPCOMING").unwrap_or("40")]);
        command.args(["--past", of("IT_PAST").unwrap_or("60")]);
        if let Some(frozen_at) = of("IT_FROZEN_AT") {
            command.args(["--frozen-at", frozen_at]);
        }
        configure(&mut command);
        let mut child = command.spawn().expect("the program was built");
        let output = child.stdout.take().expect("it is piped");
        let mut line = String::new();
        let read = tokio::time::timeout(PATIENCE, BufReader::new(output).read_line(&mut line)).await;
        read.expect("it starts in time").expect("it writes text");
        let addr = line.split("http://").nth(1).and_then(|rest| rest.split(' ').next()?.parse().ok());
        let addr = addr.unwrap_or_else(|| panic!("the program did not start: {line:?}"));
        Self { child, addr, database, _site: site, _data: data }
    }

    /// Returns the URL of a path such as `/healthz`.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.addr)
    }

    /// Sends SIGTERM, as `kill` does.
    pub(crate) async fn terminate(&self) {
        let id = self.child.id().expect("it runs").to_string();
        let sent = Command::new("kill").args(["-TERM", &id]).status().await;
        assert!(sent.is_ok_and(|status| status.success()), "kill -TERM {id}");
    }

    /// Returns the URL of its database, without `route`.
    pub(crate) fn database_url(&self) -> String {
        database_url(&self.database)
    }

    /// Kills the program and removes its database.
    pub(crate) async fn stop(mut self) {
        let _ = self.child.kill().await;
        let statement = format!("drop database if exists {} with (force)", self.database);
        sqlx::query(AssertSqlSafe(statement)).execute(&mut admin().await).await.expect("the database is ours");
    }
}

/// Parses the body of a response as JSON.
pub(crate) async fn json(answer: reqwest::Response) -> serde_json::Value {
    serde_json::from_str(&answer.text().await.expect("text")).expect("JSON")
}

/// Polls until the condition is true.
pub(crate) async fn until(within: Duration, what: &str, mut is_so: impl AsyncFnMut() -> bool) {
    let deadline = tokio::time::Instant::now() + within;
    while !is_so().await {
        assert!(tokio::time::Instant::now() < deadline, "not within {within:?}: {what}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// A site folder for a program that serves no browser: it has a manifest without files.
fn bare_site() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let manifest = r#"{"js": "", "wasm": "", "charts": "", "css": "", "world": "",
        "parts": {"pages": [], "views": [], "palette": []}}"#;
    std::fs::write(folder.path().join("manifest.json"), manifest).expect("the folder is ours");
    folder
}

async fn admin() -> PgConnection {
    PgConnection::connect(&database_url("postgres")).await.expect("DATABASE_URL names a server")
}

fn database_url(name: &str) -> String {
    let url = std::env::var("DATABASE_URL").expect("DATABASE_URL names a server that may create databases");
    let mut url = Url::parse(&url).expect("DATABASE_URL is a URL");
    url.set_path(name);
    url.into()
}
