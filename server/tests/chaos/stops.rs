//! A program is suspended in the middle of its run for longer than its lease, like on a paused machine, while another one takes over.

use std::time::{Duration, Instant};

use tokio::process::Command;

use crate::{
    cluster::Database,
    program::{Ended, ingest_once, mooncoon, signal},
    stage::Stage,
};

/// The duration of a lease, and an allowance for a slow machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// Returns whether a process is suspended.
async fn is_stopped(id: u32) -> bool {
    let output = Command::new("ps").args(["-o", "stat=", "-p", &id.to_string()]).output().await.expect("there is a ps");
    output.stdout.starts_with(b"T")
}

/// Suspends a program at a point, lets another one take over the lease, and continues it; returns its log at the end.
async fn lose_lease_while_suspended(point: &str) -> String {
    let stage = Stage::open(8).await;
    let database = Database::create().await;
    assert!(ingest_once(&database.url(), &stage.url()).await.status.success());
    stage.show(89);
    let before = database.content().await;

    let sleeper = mooncoon(&database.url(), &stage.url())
        .args(["ingest", "--once"])
        .env("MOONCOON_FAILPOINT", format!("{point}=stop"))
        .spawn()
        .expect("the program was built");
    let id = sleeper.id().expect("it has not been waited for");
    let started = Instant::now();
    while !is_stopped(id).await {
        assert!(started.elapsed() < PATIENCE, "no run reached {point}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(database.content().await, before);

    // A program that starts during the lease exits at once; after that the lease is free, although its holder's session still exists.
    let succeeded = "select count(*) from ingest_run where state = 'succeeded'";
    let stopped = Instant::now();
    while database.count(succeeded).await < 2 {
        assert!(stopped.elapsed() < PATIENCE, "{point}: no replica took over: {:?}", database.sessions().await);
        let other = tokio::time::timeout(PATIENCE, ingest_once(&database.url(), &stage.url())).await;
        let other = other.unwrap_or_else(|_| panic!("{point}: the one that took over does not end"));
        assert!(other.status.success() || other.log.contains("another run is in progress"), "{point}: {}", other.log);
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let after = database.content().await;
    assert_ne!(after, before);

    signal("-CONT", id).await;
    let output = tokio::time::timeout(PATIENCE, sleeper.wait_with_output()).await;
    let output = output.expect("it exits after it is resumed").expect("it was started");
    let ended = Ended { status: output.status, log: String::from_utf8_lossy(&output.stderr).into_owned() };
    assert_eq!(ended.status.code(), Some(1), "{point}: {}", ended.log);
    assert!(!ended.panicked(), "{point}: {}", ended.log);
    assert_eq!(database.content().await, after, "{point}");
    assert_eq!(database.count(succeeded).await, 2, "{point}");
    assert_eq!(database.violations().await, [], "{point}");
    database.drop().await;
    ended.log
}

/// It has no open transaction, so that only the lease keeps it from publishing.
#[tokio::test(flavor = "multi_thread")]
async fn a_program_that_lost_its_lease_is_refused() {
    let log = lose_lease_while_suspended("landing.after").await;
    assert!(log.contains("lease"), "{log}");
}

/// Its open transaction has locks that its successor needs, before and after its own check of the lease.
#[tokio::test(flavor = "multi_thread")]
async fn a_program_suspended_while_it_publishes_blocks_no_other() {
    tokio::join!(lose_lease_while_suspended("publication.check"), lose_lease_while_suspended("publication.commit"));
}
