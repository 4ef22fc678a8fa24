//! Every SQL statement of a run fails once in every way that Postgres can fail. Afterwards there is no partial state, and the next run
//! publishes the same data as an undisturbed one.

use std::{
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use futures::{StreamExt as _, stream};
use ingest::{
    RunOptions, RunReport, Source, Trigger,
    invariants::Content,
    ll2::{Client, ClientOptions},
};
use sqlx::postgres::PgPoolOptions;

use crate::{
    cluster::Database,
    program::{BUDGET, ingest_once, variable},
    proxy::{Proxy, Statement, Strike},
    stage::Stage,
};

/// One page, so that a run is short; some of the launches fly within [`DAYS`] and are requested by id.
const UPCOMING: usize = 8;
const DAYS: i64 = 89;
/// Failure types for each statement, unless `CHAOS_WAYS` is set. All 19 for each of 215 statements take half an hour.
const WAYS: usize = 1;
/// One of this many statements of a run fails, unless `CHAOS_STATEMENTS` is set; 1 tests all.
const STATEMENTS: usize = 5;
/// For the whole program the step is this many times larger, because each statement costs two starts.
const PROGRAM_SAMPLE: usize = 5;
/// Concurrent statements.
const AT_A_TIME: usize = 4;
/// Time limit for each failure of a case, including the run after it.
const PATIENCE: Duration = Duration::from_secs(20);

/// The failures that reliability requires (serialization, deadlock, lock, cancel, shutdown, crash, starting, disk, memory, connections,
/// aborted transaction, idle transaction, read-only, lost connection, cached plan, unknown statement, duplicate, bad character), and a
/// lost response.
const STRIKES: [Strike; 19] = [
    Strike::State("40001"),
    Strike::State("40P01"),
    Strike::State("55P03"),
    Strike::State("57014"),
    Strike::Fatal("57P01"),
    Strike::Fatal("57P02"),
    Strike::Fatal("57P03"),
    Strike::State("53100"),
    Strike::State("53200"),
    Strike::State("53300"),
    Strike::State("25P02"),
    Strike::Fatal("25P03"),
    Strike::State("25006"),
    Strike::Fatal("08006"),
    Strike::State("0A000"),
    Strike::State("26000"),
    Strike::State("23505"),
    Strike::State("22P05"),
    Strike::LoseAnswer,
];

/// Runs the job in this process, on new connections like those of a freshly started program.
async fn run(database_url: &str, stage: &Stage) -> Result<RunReport, ingest::Error> {
    let pool = PgPoolOptions::new()
        .max_connections(12)
        .acquire_timeout(Duration::from_secs(2))
        .connect_lazy(database_url)
        .expect("the URL is right");
    let client = ClientOptions { backoff: Duration::from_millis(1), ..ClientOptions::new(stage.url()) };
    let client = Client::new(client).expect("the simulator's base URL is a good one");
    let options = RunOptions {
        budget: BUDGET,
        poll_interval: Duration::from_secs(3600),
        source: Source::Simulated,
        world_now: None,
    };
    let report = ingest::run(&pool, &client, &options, Trigger::Command).await;
    pool.close().await;
    report
}

/// The data before, the expected data after, and the statements in between.
struct Expected {
    database: Database,
    before: Content,
    after: Content,
    statements: Vec<Statement>,
}

async fn expected() -> Expected {
    let stage = Stage::open(UPCOMING).await;
    let database = Database::create().await;
    let first = ingest_once(&database.url(), &stage.url()).await;
    assert!(first.status.success(), "{}", first.log);
    let before = database.content().await;
    stage.show(DAYS);
    let asked = stage.requests().len();
    let later = database.copy().await;
    let proxy = Proxy::open(None).await;
    run(&proxy.url(&later.url()), &stage).await.expect("nothing is in the way");
    assert!(stage.requests().len() >= asked + 2, "a page and a launch by id");
    let after = later.content().await;
    assert_ne!(before, after);
    later.drop().await;
    database.remember().await;
    Expected { database, before, after, statements: proxy.statements() }
}

/// The progress of a case.
#[derive(Debug, Default)]
struct Case {
    /// The current step, for a case that does not end.
    place: Mutex<String>,
    /// How often the statement was sent and failed.
    struck: AtomicUsize,
}

impl Case {
    fn came_to(&self, place: impl Into<String>) {
        *self.place.lock().unwrap_or_else(PoisonError::into_inner) = place.into();
    }
}

/// Makes one statement fail in each of these ways, then runs without a failure.
async fn strike(
    expected: &Expected,
    database: &Database,
    statement: &Statement,
    strikes: &[Strike],
    case: &Case,
) -> Vec<String> {
    let stage = Stage::open(UPCOMING).await;
    stage.show(DAYS);
    let mut wrong = Vec::new();
    for (turn, strike) in strikes.iter().enumerate() {
        if turn > 0 {
            case.came_to(format!("{strike:?}: reset"));
            database.reset().await;
        }
        case.came_to(format!("{strike:?}: run"));
        let proxy = Proxy::open(Some((statement.clone(), *strike))).await;
        let outcome = run(&proxy.url(&database.url()), &stage).await;
        if proxy.has_struck() {
            case.struck.fetch_add(1, Ordering::Relaxed);
        }
        case.came_to(format!("{strike:?}: quiet"));
        database.wait_for_quiet().await;
        case.came_to(format!("{strike:?}: questions"));
        let content = database.content().await;
        let is_published = content == expected.after;
        if outcome.is_ok() && !is_published {
            wrong.push(format!("{strike:?}: reported a publication that did not happen"));
        }
        if content != expected.before && !is_published {
            wrong
                .push(format!("{strike:?}: half a state: {:?}", content.unexpected(&expected.before, &expected.after)));
        }
        wrong.extend(violations(database, strike).await);
    }
    case.came_to("the run after");
    if let Err(error) = run(&database.url(), &stage).await {
        wrong.push(format!("the run after failed: {}", error.chain()));
    }
    case.came_to("questions after");
    let content = database.content().await;
    if content != expected.after {
        wrong.push(format!("the run after left {:?}", content.differences(&expected.after)));
    }
    wrong.extend(violations(database, "afterwards").await);
    wrong
}

/// Tests one statement in each of these ways, with a time limit: a case that does not end is a failure like any other, and is reported
/// with the state of its sessions. Returns the number of failures that occurred, and what went wrong.
async fn attempt(expected: &Expected, number: usize, strikes: &[Strike]) -> (usize, Vec<String>) {
    let case = Case::default();
    let database = expected.database.copy().await;
    let patience = PATIENCE * u32::try_from(strikes.len()).unwrap_or(u32::MAX);
    let statement = &expected.statements[number - 1];
    let ended = tokio::time::timeout(patience, strike(expected, &database, statement, strikes, &case)).await;
    let wrong = match ended {
        Ok(wrong) => wrong,
        Err(_) => vec![format!("does not end: {:?}: {:?}", case.place, database.sessions().await)],
    };
    database.drop().await;
    (case.struck.into_inner(), wrong)
}

fn sample() -> usize {
    variable("CHAOS_STATEMENTS").unwrap_or(STATEMENTS).max(1)
}

/// Returns the failure types for one statement: the configured number, different for each statement, so that each type is used for many.
fn strikes(number: usize) -> Vec<Strike> {
    let ways = variable("CHAOS_WAYS").unwrap_or(WAYS).min(STRIKES.len());
    (0..ways).map(|turn| STRIKES[(number * ways + turn) % STRIKES.len()]).collect()
}

async fn violations(database: &Database, when: impl std::fmt::Debug) -> Vec<String> {
    database.violations().await.into_iter().map(|violation| format!("{when:?}: {violation:?}")).collect()
}

#[tokio::test(flavor = "multi_thread")]
#[expect(clippy::print_stdout, reason = "failures are printed as they occur")]
async fn a_run_survives_any_failure_of_any_statement() {
    let expected = expected().await;
    let count = expected.statements.len();
    assert!(count > 50, "a run has only {count} statements");
    let first: usize = variable("CHAOS_FROM").unwrap_or(1);
    let cases: Vec<(usize, Vec<Strike>)> =
        (first..=count).step_by(sample()).map(|number| (number, strikes(number))).collect();
    let case_count = cases.len();
    let meant: usize = cases.iter().map(|(_, strikes)| strikes.len()).sum();
    let (struck, failures) = stream::iter(cases)
        .map(|(number, strikes)| {
            let expected = &expected;
            async move {
                let (struck, wrong) = attempt(expected, number, &strikes).await;
                let Statement { said, time } = &expected.statements[number - 1];
                let failure = (!wrong.is_empty()).then(|| format!("{number} ({said}, {time}): {}", wrong.join("; ")));
                if let Some(failure) = &failure {
                    println!("chaos: statement {failure}");
                }
                (struck, failure)
            }
        })
        .buffer_unordered(AT_A_TIME)
        .fold((0, Vec::new()), |(sum, mut failures), (struck, failure)| async move {
            failures.extend(failure);
            (sum + struck, failures)
        })
        .await;
    println!("chaos: {struck} failures of {case_count} of {count} statements, {} ended badly", failures.len());
    // What a pool prepares, and on which of its connections, differs between runs; nothing else does.
    assert!(struck * 10 >= meant * 9, "{struck} of {meant} failures were met");
    assert!(failures.is_empty(), "{} of {count} statements:\n{}", failures.len(), failures.join("\n"));
    expected.database.drop().await;
}

/// The same with the real program, for a sample of its statements, including those at startup: one failure each.
#[tokio::test(flavor = "multi_thread")]
async fn the_program_survives_a_failure_of_any_statement() {
    let expected = expected().await;
    let stage = Stage::open(UPCOMING).await;
    stage.show(DAYS);
    let database = expected.database.copy().await;
    let counting = Proxy::open(None).await;
    assert!(ingest_once(&counting.url(&database.url()), &stage.url()).await.status.success());
    let statements = counting.statements();
    let count = statements.len();
    database.drop().await;
    let expected = &expected;
    let stage = &stage;
    let failures: Vec<String> = stream::iter(statements.into_iter().enumerate().step_by(PROGRAM_SAMPLE * sample()))
        .map(|(number, statement)| async move {
            let strike = STRIKES[number % STRIKES.len()];
            let database = expected.database.copy().await;
            let proxy = Proxy::open(Some((statement.clone(), strike))).await;
            let struck = ingest_once(&proxy.url(&database.url()), &stage.url()).await;
            let mut wrong = Vec::new();
            if struck.panicked() || struck.status.code().is_none() {
                wrong.push(struck.log.clone());
            }
            let content = database.content().await;
            if content != expected.before && content != expected.after {
                wrong.push(format!("half a state: {:?}", content.unexpected(&expected.before, &expected.after)));
            }
            if struck.status.success() && content != expected.after {
                wrong.push("reported a publication that did not happen".to_owned());
            }
            let clean = ingest_once(&database.url(), &stage.url()).await;
            if !clean.status.success() || database.content().await != expected.after {
                wrong.push(format!("the run after: {}", clean.log));
            }
            wrong.extend(violations(&database, strike).await);
            database.drop().await;
            (!wrong.is_empty()).then(|| format!("{statement:?} {strike:?}: {}", wrong.join("; ")))
        })
        .buffer_unordered(AT_A_TIME)
        .filter_map(|failure| async move { failure })
        .collect()
        .await;
    assert!(failures.is_empty(), "{} of {count}:\n{}", failures.len(), failures.join("\n"));
}
