//! Tests with the program's own Postgres. They start their own server and need no `DATABASE_URL`.

#![expect(
    clippy::disallowed_methods,
    reason = "the second program gets its folder from the environment; pid files use the clock of the machine"
)]

use std::{
    fs,
    io::{BufRead, BufReader},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use embedded_postgres::{EmbeddedError, EmbeddedOptions, EmbeddedPostgres, Guest};
use sqlx::{Connection as _, PgConnection, postgres::PgConnectOptions};

use crate::support::{Folder, execute, number, options};

/// Set for a copy of this test program that only holds a server until it is killed.
const HOLD: &str = "MOONCOON_TEST_HOLD_FOLDER";

#[tokio::test]
async fn a_database_survives_stop_and_start() {
    let folder = Folder::new();
    let server = EmbeddedPostgres::start(folder.options()).await.unwrap();
    assert!(server.create_database_if_missing("moon").await.unwrap());
    assert!(!server.create_database_if_missing("moon").await.unwrap(), "it is there already");
    execute(&server.connect_options("moon"), "create table crate_of_cheese as select 7 as amount").await;
    server.stop().await.unwrap();
    assert!(PgConnection::connect_with(&socket_options(&folder)).await.is_err(), "nothing listens after the stop");

    let server = EmbeddedPostgres::start(folder.options()).await.unwrap();
    assert_eq!(number(&server.connect_options("moon"), "select amount from crate_of_cheese").await, 7);
    server.stop().await.unwrap();
}

#[tokio::test]
async fn the_url_reaches_the_same_server_as_the_options() {
    let folder = Folder::new();
    let server = EmbeddedPostgres::start(folder.options()).await.unwrap();
    let options: PgConnectOptions = server.url("postgres").parse().unwrap();
    assert_eq!(number(&options, "select 1 where current_setting('listen_addresses') = ''").await, 1);
    server.stop().await.unwrap();
}

#[tokio::test]
async fn a_connection_without_the_password_is_refused() {
    let folder = Folder::new();
    let server = EmbeddedPostgres::start(folder.options()).await.unwrap();
    let socket = folder.path().join("socket");
    let stranger = PgConnectOptions::new_without_pgpass().socket(&socket).username("mooncoon").database("postgres");
    assert!(PgConnection::connect_with(&stranger).await.is_err());
    assert_eq!(fs::metadata(&socket).unwrap().permissions().mode() & 0o777, 0o700);
    assert_eq!(fs::metadata(folder.path().join("password")).unwrap().permissions().mode() & 0o777, 0o600);
    server.stop().await.unwrap();
}

#[tokio::test]
async fn a_second_program_on_the_same_folder_is_refused_with_the_process_id_of_the_first() {
    let folder = Folder::new();
    let server = EmbeddedPostgres::start(folder.options()).await.unwrap();
    let error = EmbeddedPostgres::start(folder.options()).await.unwrap_err();
    assert!(
        matches!(&error, EmbeddedError::InUse { holder, .. } if *holder == std::process::id().to_string()),
        "{error}"
    );
    assert_eq!(number(&server.connect_options("postgres"), "select 1").await, 1, "the first is not affected");
    server.stop().await.unwrap();
}

#[tokio::test]
async fn a_command_next_to_a_running_program_shares_its_server() {
    let folder = Folder::new();
    assert!(Guest::of(&folder.path()).unwrap().is_none(), "nothing runs yet");
    let server = EmbeddedPostgres::start(folder.options()).await.unwrap();
    let guest = Guest::of(&folder.path()).unwrap().expect("a server is ready");
    assert_eq!(number(&guest.connect_options("postgres"), "select 1").await, 1);
    drop(guest);
    assert_eq!(
        number(&server.connect_options("postgres"), "select 1").await,
        1,
        "the second program leaves it running"
    );
    server.stop().await.unwrap();
    assert!(Guest::of(&folder.path()).unwrap().is_none());
}

#[tokio::test]
async fn a_server_left_by_a_killed_program_is_reused_and_then_stopped() {
    if let Some(folder) = std::env::var_os(HOLD) {
        return hold(PathBuf::from(folder)).await;
    }
    let folder = Folder::new();
    let left = orphan(&folder, "a_server_left_by_a_killed_program_is_reused_and_then_stopped");

    let server = EmbeddedPostgres::start(folder.options()).await.unwrap();
    assert!(server.is_adopted());
    assert_eq!(server.pid(), left);
    assert_eq!(number(&server.connect_options("postgres"), "select 1").await, 1);
    server.stop().await.unwrap();
    assert!(!folder.path().join("postgres/postmaster.pid").exists(), "the adopted server has been stopped");

    let server = EmbeddedPostgres::start(folder.options()).await.unwrap();
    assert!(!server.is_adopted());
    server.stop().await.unwrap();
}

#[tokio::test]
async fn a_server_with_another_start_time_is_neither_reused_nor_stopped() {
    if let Some(folder) = std::env::var_os(HOLD) {
        return hold(PathBuf::from(folder)).await;
    }
    let folder = Folder::new();
    let left = orphan(&folder, "a_server_with_another_start_time_is_neither_reused_nor_stopped");
    let pid_file = folder.path().join("postgres/postmaster.pid");
    let truth = fs::read_to_string(&pid_file).unwrap();
    let started = truth.lines().nth(2).unwrap();
    fs::write(&pid_file, truth.replacen(started, "1000000000", 1)).unwrap();

    let error = EmbeddedPostgres::start(folder.options()).await.unwrap_err();
    assert!(matches!(error, EmbeddedError::ForeignServer { pid, .. } if pid == left), "{error}");
    assert_eq!(number(&socket_options(&folder), "select 1").await, 1, "it still runs");

    fs::write(&pid_file, truth).unwrap();
    EmbeddedPostgres::start(folder.options()).await.unwrap().stop().await.unwrap();
}

#[tokio::test]
async fn a_server_killed_together_with_its_program_recovers_committed_data() {
    if let Some(folder) = std::env::var_os(HOLD) {
        return hold(PathBuf::from(folder)).await;
    }
    let folder = Folder::new();
    let left = orphan(&folder, "a_server_killed_together_with_its_program_recovers_committed_data");
    execute(&socket_options(&folder), "create table crate_of_cheese as select 7 as amount").await;
    assert!(Command::new("kill").args(["-KILL", &left.to_string()]).status().unwrap().success());

    let server = EmbeddedPostgres::start(folder.options()).await.unwrap();
    assert_ne!(server.pid(), left);
    assert_eq!(number(&server.connect_options("postgres"), "select amount from crate_of_cheese").await, 7);
    server.stop().await.unwrap();
}

#[tokio::test]
async fn a_pid_file_that_names_another_process_is_ignored_and_the_process_survives() {
    let folder = Folder::new();
    EmbeddedPostgres::start(folder.options()).await.unwrap().stop().await.unwrap();
    let mut stranger = Command::new("sleep").arg("600").spawn().unwrap();
    let cluster = folder.path().join("postgres");
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
    let socket = folder.path().join("socket");
    let text = format!(
        "{}\n{}\n{now}\n5432\n{}\n\n  1234567  327680\nready   \n",
        stranger.id(),
        cluster.display(),
        socket.display(),
    );
    fs::write(cluster.join("postmaster.pid"), text).unwrap();

    let server = EmbeddedPostgres::start(folder.options()).await.unwrap();
    assert!(!server.is_adopted());
    assert_eq!(number(&server.connect_options("postgres"), "select 1").await, 1);
    server.stop().await.unwrap();
    assert_eq!(stranger.try_wait().unwrap(), None, "the other process received no signal");
    stranger.kill().unwrap();
    stranger.wait().unwrap();
}

#[tokio::test]
async fn the_files_of_a_killed_initdb_are_removed() {
    let folder = Folder::new();
    let half = folder.path().join("initdb-0123456789abcdef/cluster");
    fs::create_dir_all(&half).unwrap();
    fs::write(half.join("PG_VERSION"), "15\n").unwrap();
    fs::create_dir(folder.path().join("postgres")).unwrap();

    let server = EmbeddedPostgres::start(folder.options()).await.unwrap();
    assert_eq!(number(&server.connect_options("postgres"), "select 1").await, 1);
    server.stop().await.unwrap();
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(!left.iter().any(|name| name.to_string_lossy().starts_with("initdb-")), "{left:?}");
}

#[tokio::test]
async fn a_folder_that_is_not_a_cluster_is_refused_and_kept() {
    let folder = Folder::new();
    let cluster = folder.path().join("postgres");
    fs::create_dir(&cluster).unwrap();
    fs::write(cluster.join("letter.txt"), "dear moon").unwrap();
    let error = EmbeddedPostgres::start(folder.options()).await.unwrap_err();
    assert!(matches!(error, EmbeddedError::NotACluster { .. }), "{error}");
    assert!(cluster.join("letter.txt").exists());
}

#[tokio::test]
async fn a_cluster_of_another_version_is_refused_with_its_version() {
    let folder = Folder::new();
    let cluster = folder.path().join("postgres");
    fs::create_dir(&cluster).unwrap();
    fs::write(cluster.join("PG_VERSION"), "99\n").unwrap();
    let error = EmbeddedPostgres::start(folder.options()).await.unwrap_err();
    assert!(matches!(error, EmbeddedError::WrongVersion { cluster: 99, .. }), "{error}");
    fs::write(cluster.join("PG_VERSION"), "14\n").unwrap();
    let error = EmbeddedPostgres::start(folder.options()).await.unwrap_err();
    assert!(matches!(error, EmbeddedError::OldCluster { cluster: 14, minimum: 15, .. }), "{error}");
}

#[tokio::test]
async fn a_lost_password_is_replaced_and_the_data_kept() {
    let folder = Folder::new();
    let server = EmbeddedPostgres::start(folder.options()).await.unwrap();
    execute(&server.connect_options("postgres"), "create table crate_of_cheese as select 7 as amount").await;
    server.stop().await.unwrap();
    fs::remove_file(folder.path().join("password")).unwrap();

    let server = EmbeddedPostgres::start(folder.options()).await.unwrap();
    assert_eq!(number(&server.connect_options("postgres"), "select amount from crate_of_cheese").await, 7);
    server.stop().await.unwrap();
}

#[tokio::test]
async fn a_path_too_long_for_a_socket_gets_a_private_folder_elsewhere_and_reuses_it() {
    let folder = Folder::new();
    let deep = folder.path().join("a-folder-with-a-very-long-name".repeat(5));
    let options = EmbeddedOptions { data_dir: deep.clone(), ..folder.options() };
    EmbeddedPostgres::start(options.clone()).await.unwrap().stop().await.unwrap();
    let first = fs::read_to_string(deep.join("socket-folder")).unwrap();
    assert_eq!(fs::metadata(&first).unwrap().permissions().mode() & 0o777, 0o700);
    let server = EmbeddedPostgres::start(options).await.unwrap();
    assert_eq!(number(&server.connect_options("postgres"), "select 1").await, 1);
    server.stop().await.unwrap();
    assert_eq!(fs::read_to_string(deep.join("socket-folder")).unwrap(), first);
    fs::remove_dir_all(first).unwrap();
}

#[tokio::test]
async fn dropping_the_server_stops_it() {
    let folder = Folder::new();
    drop(EmbeddedPostgres::start(folder.options()).await.unwrap());
    assert!(!folder.path().join("postgres/postmaster.pid").exists());
}

/// Options for connecting to the server by the files alone, without the value that started it.
fn socket_options(folder: &Folder) -> PgConnectOptions {
    PgConnectOptions::new_without_pgpass()
        .socket(folder.path().join("socket"))
        .username("mooncoon")
        .password(fs::read_to_string(folder.path().join("password")).unwrap().trim())
        .database("postgres")
}

/// Starts a second program that starts a server in the folder, kills that program with SIGKILL, and returns the server's process id.
fn orphan(folder: &Folder, test: &str) -> u32 {
    let mut program = spawn_holder(&folder.path(), test);
    let mut lines = BufReader::new(program.stdout.take().unwrap()).lines();
    let pid = loop {
        let line = lines.next().expect("the holder ended before its server was ready").unwrap();
        if let Some((_, pid)) = line.split_once("holding ") {
            break pid.trim().parse().unwrap();
        }
    };
    program.kill().unwrap();
    program.wait().unwrap();
    pid
}

fn spawn_holder(folder: &Path, test: &str) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", &format!("server::{test}"), "--nocapture"])
        .env(HOLD, folder)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap()
}

/// The second program: starts a server, prints its process id, and waits to be killed.
#[expect(clippy::print_stdout, reason = "the line is how the first program learns that the server is ready")]
async fn hold(data_dir: PathBuf) {
    let server = EmbeddedPostgres::start(options(data_dir)).await.unwrap();
    println!("holding {}", server.pid());
    std::future::pending::<()>().await;
}
