//! A server that ends by itself is restarted; a start that fails is retried, at growing intervals.

use std::{
    fs,
    process::Command,
    time::{Duration, Instant},
};

use embedded_postgres::{EmbeddedPostgres, ServerState};
use sqlx::{Connection, PgConnection};
use tokio::sync::watch;

use crate::support::{Folder, execute, number};

/// The issue requires five seconds; a machine that builds three programs at the same time gets more.
const BACK: Duration = Duration::from_secs(20);

fn signal(signal: &str, pid: u32) {
    assert!(Command::new("kill").args([signal, &pid.to_string()]).status().unwrap().success());
}

/// Whether a backend still runs. Without its postmaster it is an orphan: only process 1 can reap it once it has ended, which in a container
/// may never happen. `kill -0` counts processes that are not reaped as alive.
fn is_at_work(pid: i32) -> bool {
    let state = Command::new("ps").args(["-o", "stat=", "-p", &pid.to_string()]).output().unwrap().stdout;
    !state.is_empty() && !state.starts_with(b"Z")
}

/// Waits until the server is in such a state.
async fn wait_for(state: &mut watch::Receiver<ServerState>, is_it: impl Fn(&ServerState) -> bool) {
    let is_reached = tokio::time::timeout(BACK, state.wait_for(is_it)).await.is_ok();
    assert!(is_reached, "it stays {:?}", *state.borrow());
}

/// Waits until a process other than `pid` runs.
async fn wait_for_another(server: &EmbeddedPostgres, pid: u32) {
    let began = Instant::now();
    while server.pid() == pid || *server.state().borrow() != ServerState::Running {
        assert!(began.elapsed() < BACK, "{:?}", *server.state().borrow());
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test]
async fn a_killed_server_restarts_on_the_same_socket_with_committed_data() {
    let folder = Folder::new();
    let server = EmbeddedPostgres::start(folder.options()).await.unwrap();
    let options = server.connect_options("postgres");
    execute(&options, "create table crate_of_cheese as select 7 as amount").await;
    // Like the program's pools: they reconnect by themselves.
    let pool = sqlx::postgres::PgPoolOptions::new().max_connections(2).connect_with(options).await.unwrap();
    for _ in 0..2 {
        let killed = server.pid();
        signal("-KILL", killed);
        wait_for_another(&server, killed).await;
        let amount: i32 = sqlx::query_scalar("select amount from crate_of_cheese").fetch_one(&pool).await.unwrap();
        assert_eq!(amount, 7);
    }
    pool.close().await;
    server.stop().await.unwrap();
    assert!(!folder.path().join("postgres/postmaster.pid").exists(), "the new one was stopped as well");
}

#[tokio::test]
async fn a_server_stopped_by_another_process_is_restarted() {
    let folder = Folder::new();
    let server = EmbeddedPostgres::start(folder.options()).await.unwrap();
    let pid = server.pid();
    signal("-INT", pid);
    wait_for_another(&server, pid).await;
    assert_eq!(number(&server.connect_options("postgres"), "select 1").await, 1);
    server.stop().await.unwrap();
}

#[tokio::test]
async fn a_query_that_outlives_its_server_does_not_block_the_next_server() {
    let folder = Folder::new();
    let server = EmbeddedPostgres::start(folder.options()).await.unwrap();
    let mut busy = PgConnection::connect_with(&server.connect_options("postgres")).await.unwrap();
    let backend: i32 = sqlx::query_scalar("select pg_backend_pid()").fetch_one(&mut busy).await.unwrap();
    // A loop in the executor checks neither its client nor its postmaster.
    let query = tokio::spawn(async move {
        sqlx::query("select count(*) from generate_series(1, 100000) a, generate_series(1, 10000000) b")
            .execute(&mut busy)
            .await
    });
    let is_busy = "select count(*)::int from pg_stat_activity where state = 'active' and query like 'select count(*) from generate_series%'";
    while number(&server.connect_options("postgres"), is_busy).await == 0 {
        tokio::task::yield_now().await;
    }
    let killed = server.pid();
    signal("-KILL", killed);
    wait_for_another(&server, killed).await;
    assert_eq!(number(&server.connect_options("postgres"), "select 1").await, 1);
    assert!(query.await.unwrap().is_err(), "its session has ended");
    assert!(!is_at_work(backend), "backend {backend} is still at work");
    server.stop().await.unwrap();
}

#[tokio::test]
async fn a_cluster_that_cannot_be_started_is_retried_until_it_starts() {
    let folder = Folder::new();
    let server = EmbeddedPostgres::start(folder.options()).await.unwrap();
    let mut state = server.state();
    let control = folder.path().join("postgres/global/pg_control");
    let aside = control.with_extension("aside");
    fs::rename(&control, &aside).unwrap();
    signal("-KILL", server.pid());
    wait_for(&mut state, |state| matches!(state, ServerState::Down { failures: 2.., .. })).await;
    fs::rename(&aside, &control).unwrap();
    wait_for(&mut state, |state| *state == ServerState::Running).await;
    assert_eq!(number(&server.connect_options("postgres"), "select 1").await, 1);
    server.stop().await.unwrap();
}

#[tokio::test]
async fn the_program_can_stop_while_its_server_cannot_be_started() {
    let folder = Folder::new();
    let server = EmbeddedPostgres::start(folder.options()).await.unwrap();
    let mut state = server.state();
    fs::remove_file(folder.path().join("postgres/global/pg_control")).unwrap();
    signal("-KILL", server.pid());
    // By then the pause is longer than the stop may take.
    wait_for(&mut state, |state| matches!(state, ServerState::Down { failures: 4.., .. })).await;
    let began = Instant::now();
    server.stop().await.unwrap();
    assert!(began.elapsed() < Duration::from_secs(3), "{:?}", began.elapsed());
}

#[tokio::test]
#[cfg(target_os = "linux")]
async fn a_suspended_server_is_reported_and_can_be_stopped() {
    let folder = Folder::new();
    let server = EmbeddedPostgres::start(folder.options()).await.unwrap();
    let mut state = server.state();
    let pid = server.pid();
    signal("-STOP", pid);
    wait_for(&mut state, |state| *state == ServerState::Suspended).await;
    signal("-CONT", pid);
    wait_for(&mut state, |state| *state == ServerState::Running).await;
    assert_eq!(server.pid(), pid, "it was left alone");
    signal("-STOP", pid);
    wait_for(&mut state, |state| *state == ServerState::Suspended).await;
    let began = Instant::now();
    server.stop().await.unwrap();
    assert!(began.elapsed() < Duration::from_secs(10), "the program has ten seconds in all: {:?}", began.elapsed());

    let server = EmbeddedPostgres::start(folder.options()).await.unwrap();
    assert_eq!(number(&server.connect_options("postgres"), "select 1").await, 1);
    server.stop().await.unwrap();
}
