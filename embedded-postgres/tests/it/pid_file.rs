//! Damage to `postmaster.pid` and the socket's lock file, as after a power cut.

use std::{fs, path::Path, process::Command};

use embedded_postgres::{EmbeddedError, EmbeddedPostgres, binaries_folder, server_account_command};
use sqlx::{Connection, PgConnection};

use crate::support::{Folder, number};

/// Puts something at the path of a file, whatever is there.
type Damage = fn(&Path);

const DAMAGES: [(&str, Damage); 9] = [
    ("empty", |path| fs::write(path, "").unwrap()),
    ("cut off within the id", |path| fs::write(path, "47").unwrap()),
    ("cut off after the id", |path| fs::write(path, "4711\n").unwrap()),
    ("cut off within the start time", |path| fs::write(path, "999999\n/data/postgres\n17954").unwrap()),
    ("zeros", |path| fs::write(path, [0; 512]).unwrap()),
    ("not text", |path| fs::write(path, [0xff, 0xfe, 0x80, b'\n', 0xc3]).unwrap()),
    ("words", |path| fs::write(path, "the moon is a harsh mistress\n").unwrap()),
    ("a number that is no process", |path| {
        fs::write(path, "99999999999999999999\n/x\n1\n5432\n/x\n\n 1 1\nready\n").unwrap()
    }),
    ("a folder", |path| {
        fs::create_dir(path).unwrap();
        fs::write(path.join("letter.txt"), "dear moon").unwrap();
    }),
];

#[tokio::test]
async fn a_damaged_pid_file_or_socket_lock_does_not_prevent_a_start() {
    let folder = Folder::new();
    EmbeddedPostgres::start(folder.options()).await.unwrap().stop().await.unwrap();
    for (what, damage) in DAMAGES {
        damage(&folder.path().join("postgres/postmaster.pid"));
        damage(&folder.path().join("socket/.s.PGSQL.5432.lock"));
        let server = EmbeddedPostgres::start(folder.options()).await.unwrap_or_else(|error| panic!("{what}: {error}"));
        assert_eq!(number(&server.connect_options("postgres"), "select 1").await, 1, "{what}");
        server.stop().await.unwrap();
    }
    let kept = folder.path().join("postgres/postmaster.broken-0/letter.txt");
    assert!(kept.exists(), "a folder with the name of the file is renamed, not removed");
}

/// The lock proves that no other instance of the program uses the folder; a user may still have started a server in it.
#[tokio::test]
async fn a_running_server_is_not_stopped_whatever_its_pid_file_contains() {
    let folder = Folder::new();
    EmbeddedPostgres::start(folder.options()).await.unwrap().stop().await.unwrap();
    let password = fs::read_to_string(folder.path().join("password")).unwrap();
    let (cluster, socket) = (folder.path().join("postgres"), folder.path().join("socket"));
    let postgres = binaries_folder(&folder.options()).unwrap().join("postgres");
    let mut other = server_account_command(postgres).unwrap();
    other.arg("-D").arg(&cluster).args(["-c", "listen_addresses=", "-c"]);
    let mut other = other.arg(format!("unix_socket_directories={}", socket.display())).spawn().unwrap();
    let options = sqlx::postgres::PgConnectOptions::new_without_pgpass()
        .socket(&socket)
        .username("mooncoon")
        .password(password.trim())
        .database("postgres");
    while PgConnection::connect_with(&options).await.is_err() {
        assert_eq!(other.try_wait().unwrap(), None, "it ended");
        tokio::task::yield_now().await;
    }
    let pid_file = cluster.join("postmaster.pid");
    let truth = fs::read(&pid_file).unwrap();
    for content in ["", "47", "1\n/x\n1\n"] {
        fs::write(&pid_file, content).unwrap();
        let error = EmbeddedPostgres::start(folder.options()).await.unwrap_err();
        assert!(matches!(error, EmbeddedError::ForeignServer { pid, .. } if pid == other.id()), "{content:?}: {error}");
    }
    assert_eq!(number(&options, "select 1").await, 1, "it still runs");
    fs::write(&pid_file, truth).unwrap();
    assert!(Command::new("kill").args(["-INT", &other.id().to_string()]).status().unwrap().success());
    other.wait().unwrap();
}
