//! A program that stands still in the middle of its run, as a machine does that is paused, while another one takes its place.

use std::time::Duration;

use tokio::process::Command;

use crate::{
    cluster::Database,
    program::{Ended, ingest_once, mooncoon},
    stage::Stage,
};

/// Tells a process something.
async fn signal(signal: &str, id: u32) {
    let sent = Command::new("kill").args([signal, &id.to_string()]).status().await;
    assert!(sent.is_ok_and(|status| status.success()), "kill {signal} {id}");
}

/// Whether a process stands still.
async fn is_stopped(id: u32) -> bool {
    let output = Command::new("ps").args(["-o", "stat=", "-p", &id.to_string()]).output().await.expect("there is a ps");
    output.stdout.starts_with(b"T")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_that_lost_its_turn_while_it_stood_still_publishes_nothing() {
    let stage = Stage::open(8).await;
    let database = Database::create().await;
    assert!(ingest_once(&database.url(), &stage.url()).await.status.success());
    stage.show(89);
    let before = database.content().await;

    let sleeper = mooncoon(&database.url(), &stage.url())
        .args(["ingest", "--once"])
        .env("MOONCOON_FAILPOINT", "publication.commit=stop")
        .spawn()
        .expect("the program was built");
    let id = sleeper.id().expect("it has not been waited for");
    while !is_stopped(id).await {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(database.content().await, before);
    // Its turn lives on its session, which the server ends as it does when the network is gone.
    database
        .execute(
            "select pg_terminate_backend(pid) from pg_stat_activity
            where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'",
        )
        .await;
    let other = ingest_once(&database.url(), &stage.url()).await;
    assert!(other.status.success(), "{}", other.log);
    let after = database.content().await;
    assert_ne!(after, before);

    signal("-CONT", id).await;
    let output = sleeper.wait_with_output().await.expect("it ends");
    let ended = Ended { status: output.status, log: String::from_utf8_lossy(&output.stderr).into_owned() };
    assert_eq!(ended.status.code(), Some(1), "{}", ended.log);
    assert!(!ended.panicked(), "{}", ended.log);
    assert_eq!(database.content().await, after);
    assert_eq!(database.count("select count(*) from ingest_run where state = 'succeeded'").await, 2);
    assert_eq!(database.violations().await, []);
    database.drop().await;
}
