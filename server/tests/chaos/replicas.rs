//! Two programs over one database: the active one ends, and the other one publishes in its place.

use std::{
    fs::File,
    path::Path,
    process::Stdio,
    time::{Duration, Instant},
};

use simulator::{Fault, FaultKind};
use tokio::process::Child;

use crate::{
    cluster::Database,
    program::{bare_site, ingest_once, mooncoon, signal, spread, variable},
    stage::Stage,
};

const UPCOMING: usize = 40;
/// Number of take-overs for each way to end, unless `CHAOS_TAKE_OVERS` is set.
const TAKE_OVERS: usize = 3;
/// Within this time the other one must have published, even on a busy machine; an idle one needs less than a second.
const PATIENCE: Duration = Duration::from_secs(30);
/// Slows each response down to about half a second, so that a run lasts long enough to be interrupted.
const BYTES_PER_SECOND: u32 = 400_000;

/// How the active program ends.
#[derive(Clone, Copy, Debug)]
enum Going {
    Killed,
    Told,
}

/// One of the two programs; its sessions have its name.
struct Replica {
    name: &'static str,
    program: Child,
}

impl Replica {
    fn start(name: &'static str, database: &Database, stage: &Stage, folder: &Path) -> Self {
        let log = File::create(folder.join(name)).expect("the folder is ours");
        let mut url = url::Url::parse(&database.url()).expect("a URL");
        url.query_pairs_mut().append_pair("application_name", name);
        let program = mooncoon(url.as_str(), &stage.url())
            .arg("serve")
            .env("MOONCOON_ADDR", "127.0.0.1:0")
            .env("MOONCOON_DATA_DIR", folder)
            .env("MOONCOON_SITE_DIR", folder)
            .env("MOONCOON_POLL_SECONDS", "1")
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .expect("the program was built");
        Self { name, program }
    }
}

/// Waits until one of the two is active; returns its index and its run.
async fn at_work(database: &Database, replicas: &[Replica; 2]) -> (usize, i64) {
    let started = Instant::now();
    loop {
        if let Some((name, run_id)) = database.holder().await
            && let Some(index) = replicas.iter().position(|replica| replica.name == name)
        {
            return (index, run_id);
        }
        assert!(started.elapsed() < PATIENCE, "no replica runs the job: {:?}", database.sessions().await);
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

/// Ends the active program, and measures the time until the other one has published.
async fn take_over(
    going: Going,
    database: &Database,
    stage: &Stage,
    replicas: &mut [Replica; 2],
    folder: &Path,
) -> Option<Duration> {
    stage.go_on(6);
    stage.set_faults(vec![Fault::always(FaultKind::Drip(BYTES_PER_SECOND))]);
    let (index, run_id) = at_work(database, replicas).await;
    let gone = Instant::now();
    let replica = &mut replicas[index];
    match going {
        Going::Killed => replica.program.start_kill().expect("it is still there"),
        Going::Told => signal("-TERM", replica.program.id().expect("it is still there")).await,
    }
    stage.set_faults(Vec::new());
    let mut published = None;
    while published.is_none() && gone.elapsed() < PATIENCE {
        tokio::time::sleep(Duration::from_millis(5)).await;
        published = database.has_published_since(run_id).await.then(|| gone.elapsed());
    }
    let ended = tokio::time::timeout(PATIENCE, replica.program.wait()).await;
    assert!(ended.is_ok(), "{} does not end: {going:?}", replica.name);
    assert!(published.is_some(), "{going:?}: no replica took over from run {run_id}: {:?}", database.sessions().await);
    // A program that published just before it ended has left nothing to take over.
    let took_over = database.is_abandoned(run_id).await;
    *replica = Replica::start(replica.name, database, stage, folder);
    published.filter(|_| took_over)
}

#[tokio::test(flavor = "multi_thread")]
#[expect(clippy::print_stdout, reason = "the test prints figures")]
async fn the_other_replica_takes_over_the_lease() {
    let count: usize = variable("CHAOS_TAKE_OVERS").unwrap_or(TAKE_OVERS);
    let folder = bare_site();
    let stage = Stage::open(UPCOMING).await;
    let database = Database::create().await;
    assert!(ingest_once(&database.url(), &stage.url()).await.status.success());
    let mut replicas = ["replica-a", "replica-b"].map(|name| Replica::start(name, &database, &stage, folder.path()));
    for (going, what) in [(Going::Killed, "killed"), (Going::Told, "told to stop")] {
        let mut took = Vec::new();
        let mut tries = 0;
        while took.len() < count {
            tries += 1;
            assert!(tries <= 3 * count, "{what}: only {} of {tries} were running the job", took.len());
            took.extend(take_over(going, &database, &stage, &mut replicas, folder.path()).await);
        }
        took.sort();
        println!("chaos: from a replica that was {what} to the publication by the other one: {}", spread(&took));
    }
    for replica in &mut replicas {
        replica.program.kill().await.expect("it is still there");
        let log = std::fs::read_to_string(folder.path().join(replica.name)).expect("the folder is ours");
        assert!(!log.contains("panicked at"), "{log}");
    }
    database.wait_for_quiet().await;
    assert_eq!(database.violations().await, []);
    database.drop().await;
}
