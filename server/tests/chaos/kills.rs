//! The program is killed repeatedly: at random moments and at every failpoint. It is restarted each time, while the simulated world
//! continues; the invariants are checked meanwhile. At the end no data from LL2 is lost or duplicated.

#![expect(clippy::disallowed_methods, reason = "the time of a kill is compared with what the program wrote")]

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    fs::File,
    num::NonZeroU32,
    path::Path,
    process::Stdio,
    time::{Duration, SystemTime},
};

use chrono::{DateTime, Utc};
use ingest::{failpoint::POINTS, invariants::Violation};
use rand::{Rng as _, SeedableRng as _, rngs::StdRng};
use simulator::{Fault, FaultKind, RequestLog};
use tokio::process::{Child, Command};

use crate::{
    cluster::Database,
    program::{bare_site, finish, ingest_once, mooncoon, signal, spread, variable},
    stage::Stage,
};

/// Upcoming launches: enough for changes in every run, few enough for a run of a fraction of a second.
const UPCOMING: usize = 40;
/// The `Retry-After` of a 429 in this test.
const RETRY_AFTER: Duration = Duration::from_secs(1);
/// If a run does not reach a point within this time, it will not reach it.
const PATIENCE: Duration = Duration::from_secs(6);
/// LL2's own limit: a program reaches it in the middle of its work.
const BUDGET: NonZeroU32 = NonZeroU32::new(15).unwrap();
/// A program starts with budget for two requests at least: without any request it reaches no failpoint, and if a sweep of two pages is
/// due, no other request may use the last one.
const SPENT: i64 = 14;
/// Number of kills, unless `CHAOS_KILLS` is set.
const KILLS: usize = 25;
/// Slows even a short response down to several seconds, for points that are reached only while a run waits.
const BYTES_PER_SECOND: u32 = 2_000;

/// How a program ends.
#[derive(Clone, Debug, PartialEq, Eq)]
enum End {
    /// By SIGKILL, this long after its start.
    Kill(Duration),
    /// By SIGTERM, this long after its start.
    Term(Duration),
    /// At a failpoint.
    Point(String),
}

impl End {
    /// Returns the points in turn, so that none is left out, alternating with random moments.
    fn draw(number: usize, chance: &mut StdRng) -> Self {
        let moment = Duration::from_millis(chance.random_range(20..900));
        match number % 4 {
            0 | 2 => {
                let point = POINTS[number / 2 % POINTS.len()];
                let most = match point {
                    "publication.statement" => 26,
                    "publication.check" => 18,
                    _ => 1,
                };
                Self::Point(format!("{point}@{}", chance.random_range(1..=most)))
            }
            1 => Self::Kill(moment),
            _ if number % 8 == 3 => Self::Term(moment),
            _ => Self::Kill(moment),
        }
    }

    /// Returns the LL2 faults that are needed for a run to reach the point.
    fn faults(&self) -> Option<Vec<Fault>> {
        let Self::Point(point) = self else { return None };
        match point.split('@').next()? {
            "lease.renew" => Some(vec![Fault::always(FaultKind::Drip(BYTES_PER_SECOND))]),
            "run.failing" => Some(vec![Fault::always(FaultKind::Html)]),
            _ => None,
        }
    }
}

/// The results of a test.
#[derive(Debug, Default)]
struct Figures {
    at_points: BTreeSet<String>,
    point_kills: usize,
    random_kills: usize,
    terms: usize,
    violations: Vec<String>,
    take_overs: Vec<Duration>,
}

/// Returns `serve` with an empty site.
fn serve(database: &Database, stage: &Stage, folder: &Path, log: &File) -> Command {
    let mut command = mooncoon(&database.url(), &stage.url());
    command
        .arg("serve")
        .env("MOONCOON_ADDR", "127.0.0.1:0")
        .env("MOONCOON_DATA_DIR", folder)
        .env("MOONCOON_SITE_DIR", folder)
        .env("MOONCOON_POLL_SECONDS", "1")
        .env("MOONCOON_LL2_BUDGET", BUDGET.to_string())
        .stdout(Stdio::null())
        .stderr(log.try_clone().expect("a file may be shared"));
    command
}

/// Waits for the planned moment, ends the program, and waits until it has ended.
async fn wait_for(end: &End, program: &mut Child) -> Result<(), String> {
    match end {
        End::Kill(moment) => {
            tokio::time::sleep(*moment).await;
            program.kill().await.map_err(|error| error.to_string())
        }
        End::Term(moment) => {
            tokio::time::sleep(*moment).await;
            let Some(id) = program.id() else { return Err("ended by itself".to_owned()) };
            signal("-TERM", id).await;
            match tokio::time::timeout(Duration::from_secs(10), program.wait()).await {
                Ok(_) => Ok(()),
                Err(_) => {
                    program.kill().await.map_err(|error| error.to_string())?;
                    Err("did not stop within ten seconds of SIGTERM".to_owned())
                }
            }
        }
        // The exit status shows whether it reached the point.
        End::Point(_) => match tokio::time::timeout(PATIENCE, program.wait()).await {
            Ok(_) => Ok(()),
            Err(_) => program.kill().await.map_err(|error| error.to_string()),
        },
    }
}

/// The recorded times of each 429, by request id.
type Noted = BTreeMap<i64, (DateTime<Utc>, DateTime<Utc>)>;

/// Returns requests that were sent before a 429 allowed them. If a program was killed before it could record a 429, that 429 does not
/// count.
fn too_early(requests: &[RequestLog], noted: &Noted) -> Vec<String> {
    let is_noted = |told: &RequestLog| {
        let at: DateTime<Utc> = (SystemTime::now() - told.received.elapsed()).into();
        noted.values().any(|(sent_at, finished_at)| (*sent_at..=*finished_at).contains(&at))
    };
    let throttled = requests.iter().filter(|request| request.status == 429 && is_noted(request));
    let early = throttled.flat_map(|told| {
        requests
            .iter()
            .filter(move |request| request.received > told.received && request.received < told.received + RETRY_AFTER)
    });
    early.map(|request| format!("{} came before Retry-After", request.path)).collect()
}

#[tokio::test(flavor = "multi_thread")]
#[expect(clippy::print_stdout, reason = "`cargo xtask chaos` prints figures")]
async fn kills_neither_lose_nor_duplicate_data() {
    let kills: usize = variable("CHAOS_KILLS").unwrap_or(KILLS);
    let seed: u64 = variable("CHAOS_SEED").unwrap_or(1969);
    println!("chaos: seed {seed}, {kills} kills");
    let mut chance = StdRng::seed_from_u64(seed);
    let folder = bare_site();
    let log = File::create(folder.path().join("log")).expect("the folder is ours");
    let stage = Stage::open(UPCOMING).await;
    let database = Database::create().await;
    let first = ingest_once(&database.url(), &stage.url()).await;
    assert!(first.status.success(), "{}", first.log);

    let mut figures = Figures::default();
    // The newest run when the program was last killed, and the time of the kill; only if it was in progress.
    let mut killed: Option<(i64, SystemTime)> = None;
    let mut noted = Noted::new();
    let mut ends: VecDeque<End> = (0..kills).map(|number| End::draw(number, &mut chance)).collect();
    let mut number = 0;
    while let Some(end) = ends.pop_front() {
        remember(&mut noted, &database).await;
        database.make_room(if number < kills { SPENT } else { 1 }).await;
        stage.go_on(chance.random_range(6..72));
        let by_chance = match chance.random_range(0..6) {
            _ if number >= kills => Vec::new(),
            0 => vec![Fault::at(FaultKind::Throttled(1), chance.random_range(1..4))],
            1 => vec![Fault::at(FaultKind::ServerError(503), chance.random_range(1..4))],
            _ => Vec::new(),
        };
        let faults = end.faults().unwrap_or(by_chance);
        stage.set_faults(faults);
        let mut command = serve(&database, &stage, folder.path(), &log);
        if let End::Point(point) = &end {
            command.env("MOONCOON_FAILPOINT", point);
        }
        let mut program = command.spawn().expect("the program was built");
        let (ended, violations) = tokio::join!(wait_for(&end, &mut program), database.violations_beside(BUDGET));
        note(&mut figures, number, &end, violations);
        if let Err(error_text) = ended {
            figures.violations.push(format!("{number} {end:?}: {error_text}"));
        }
        match &end {
            End::Kill(_) => figures.random_kills += 1,
            End::Term(_) => figures.terms += 1,
            End::Point(point) => {
                let status = program.try_wait().ok().flatten();
                if status.is_some_and(|status| status.to_string().contains("SIGABRT")) {
                    figures.at_points.extend(point.split('@').next().map(str::to_owned));
                    figures.point_kills += 1;
                } else {
                    figures.random_kills += 1;
                }
            }
        }
        if let Some((run_id, at)) = killed
            && let Some(taken_at) = database.run_after(run_id).await
        {
            let killed_at: DateTime<Utc> = at.into();
            figures.take_overs.push((taken_at - killed_at).to_std().unwrap_or_default());
            killed = None;
        }
        // Only a program with a run in progress leaves something to take over.
        if let Some(run_id) = database.running().await {
            killed.get_or_insert((run_id, SystemTime::now()));
        }
        number += 1;
        if number == kills && kills >= 2 * POINTS.len() {
            // A missed point gets a second try: the cause, a 429 or a slow machine, will not recur for it.
            let missed = POINTS.iter().filter(|point| !figures.at_points.contains(**point));
            ends.extend(missed.map(|point| End::Point((*point).to_owned())));
        }
    }

    // The world is frozen: one run without faults, and the same data loaded into an empty database.
    stage.set_faults(Vec::new());
    tokio::time::sleep(RETRY_AFTER).await;
    remember(&mut noted, &database).await;
    database.make_room(1).await;
    let last = ingest_once(&database.url(), &stage.url()).await;
    assert!(last.status.success(), "{}", last.log);
    let fresh = Database::create().await;
    let told = ingest_once(&fresh.url(), &stage.url()).await;
    assert!(told.status.success(), "{}", told.log);
    let lost = fresh.content().await.current().missing_from(&database.content().await.current());
    let violations = database.violations().await;
    note(&mut figures, kills, &End::Kill(Duration::ZERO), violations);
    let rationed = database
        .count(
            "select count(*)
            from ingest_run
            where deferred_until is not null
                and not exists (
                    select
                    from ingest_request
                    where ingest_request.ingest_run_id = ingest_run.ingest_run_id and outcome = 'throttled'
                )",
        )
        .await;
    let hash = database.content_hash().await;
    let replayed = finish(mooncoon(&database.url(), &stage.url()).arg("replay")).await;
    if !replayed.status.success() || database.content_hash().await != hash {
        figures.violations.push(format!("repeated, it differs: {}", replayed.log));
    }
    figures.violations.extend(too_early(&stage.requests(), &noted));
    let sent = "select count(*) from ingest_request where purpose not in ('throttle', 'resumed')";
    let reserved = database.count(sent).await + fresh.count(sent).await;
    let received = stage.requests().len() as i64;
    if reserved < received {
        figures.violations.push(format!("{received} requests received, {reserved} noted"));
    }
    let log = std::fs::read_to_string(folder.path().join("log")).expect("the folder is ours");
    if let Some(panic) = log.lines().find(|line| line.contains("panicked at")) {
        figures.violations.push(panic.to_owned());
    }
    let duplicates = figures.violations.iter().filter(|it| it.contains("equal_neighbours")).count();

    figures.take_overs.sort();
    println!(
        "chaos: {} killed at failpoints ({} of {} points), {} at random moments, {} stopped by SIGTERM",
        figures.point_kills,
        figures.at_points.len(),
        POINTS.len(),
        figures.random_kills,
        figures.terms
    );
    println!("chaos: {rationed} runs were cut short or put off by the budget");
    println!(
        "chaos: lost {}, duplicates {duplicates}, violations {}; {} runs, {received} requests; take-over {}",
        lost.len(),
        figures.violations.len(),
        database.count("select count(*) from ingest_run").await,
        spread(&figures.take_overs)
    );
    assert!(lost.is_empty(), "seed {seed}: lost {lost:?}");
    assert!(figures.violations.is_empty(), "seed {seed}:\n{}", figures.violations.join("\n"));
    if kills >= 2 * POINTS.len() {
        let missed: Vec<_> = POINTS.iter().filter(|point| !figures.at_points.contains(**point)).collect();
        assert!(missed.is_empty(), "seed {seed}: no run reached {missed:?}");
    }
    fresh.drop().await;
    database.drop().await;
}

fn note(figures: &mut Figures, number: usize, end: &End, violations: Vec<Violation>) {
    for violation in violations {
        // A violation persists once it has occurred.
        if !figures.violations.iter().any(|known| known.contains(violation.invariant)) {
            figures.violations.push(format!("{number} {end:?}: {violation:?}"));
        }
    }
}

/// Records the times of each 429, before [`Database::make_room`] changes them.
async fn remember(noted: &mut Noted, database: &Database) {
    for (id, sent_at, finished_at) in database.throttled().await {
        noted.entry(id).or_insert((sent_at, finished_at));
    }
}
