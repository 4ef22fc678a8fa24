//! Injects every fault of the catalogue at every request of a run. The published data is then the same as before, or, launch by launch,
//! the expected new data; and the next run without a fault publishes all of it.

use std::{sync::Arc, time::Duration};

use futures::{StreamExt as _, stream};
use ingest::invariants::Content;
use simulator::{Fault, FaultKind};

use crate::{
    cluster::Database,
    program::{Ended, finish, ingest_once, mooncoon, variable},
    stage::Stage,
};

/// Four pages, like LL2's own list.
const UPCOMING: usize = 360;
/// Days between the two moments: enough for launches to fly and leave the list.
const DAYS: i64 = 6;
/// One of this many cases is run, unless `CHAOS_SHARE` is set; 1 runs all.
const SHARE: usize = 5;
/// A case that takes longer than this has failed: four runs, one of which waits for its timeouts.
const PATIENCE: Duration = Duration::from_secs(150);
/// Concurrent cases; most of a case is waiting.
const AT_A_TIME: usize = 4;

/// The data before, and the expected data after.
struct Expected {
    /// Has the data before.
    database: Database,
    before: Content,
    after: Content,
    /// The path of each request of a run without faults.
    requests: Vec<String>,
}

impl Expected {
    /// Returns whether a row belongs to a launch that such a run requests by id.
    fn is_followed_up(&self, row: &str) -> bool {
        let id = row.rsplit(' ').next().unwrap_or_default();
        self.requests.iter().any(|path| path.contains(id))
    }
}

async fn expected() -> Expected {
    let stage = Stage::open(UPCOMING).await;
    let database = Database::create().await;
    let first = ingest_once(&database.url(), &stage.url()).await;
    assert!(first.status.success(), "{}", first.log);
    let before = database.content().await;
    let asked = stage.requests().len();
    let later = database.copy().await;
    stage.show(DAYS);
    let second = ingest_once(&later.url(), &stage.url()).await;
    assert!(second.status.success(), "{}", second.log);
    let after = later.content().await;
    assert_eq!(later.violations().await, []);
    later.drop().await;
    Expected { database, before, after, requests: stage.requests().into_iter().skip(asked).map(|it| it.path).collect() }
}

/// A damaged record may be quarantined, or lose the damaged part, until it is received intact.
fn damages_a_record(kind: FaultKind) -> bool {
    matches!(
        kind,
        FaultKind::Deep | FaultKind::Nul | FaultKind::Overflow | FaultKind::DuplicateKeys | FaultKind::InvalidUtf8
    )
}

/// Runs one case; returns a list of the failures.
async fn strike(expected: &Expected, fault: Fault) -> Vec<String> {
    let stage = Stage::open(UPCOMING).await;
    stage.show(DAYS);
    stage.set_faults(vec![fault]);
    let database = expected.database.copy().await;
    let sent = "select count(*) from ingest_request where purpose not in ('throttle', 'resumed')";
    let sent_before = database.count(sent).await;
    let mut wrong = Vec::new();

    let struck = ingest_once(&database.url(), &stage.url()).await;
    check_end(&struck, &mut wrong);
    let published = database.content().await;
    let mut unexpected = published.unexpected(&expected.before, &expected.after);
    if struck.status.success() {
        // A launch that left the list is closed by the list; its outcome needs a separate request, which the next run repeats.
        unexpected.retain(|row| !expected.is_followed_up(row));
    }
    if !struck.status.success() && published != expected.before {
        wrong.push(format!("failed, and yet published {:?}", published.differences(&expected.before)));
    }
    if !(unexpected.is_empty() || damages_a_record(fault.kind) && unexpected.len() <= 3) {
        wrong.push(format!("neither as before nor as after: {unexpected:?}"));
    }

    stage.set_faults(Vec::new());
    let throttled = "select count(*) from ingest_request where outcome = 'throttled' and retry_after_seconds > 0";
    if database.count(throttled).await > 0 {
        let asked = stage.requests().len();
        let early = ingest_once(&database.url(), &stage.url()).await;
        check_end(&early, &mut wrong);
        if stage.requests().len() > asked {
            wrong.push("asked again before Retry-After".to_owned());
        }
        // Simulates that this time has passed.
        database
            .execute(
                "update ingest_request set sent_at = sent_at - interval '9 days', finished_at = finished_at - interval '9 days';
                update ingest_run set deferred_until = deferred_until - interval '9 days'",
            )
            .await;
    }
    // Simulates that half an hour has passed, too: a launch whose request failed is not requested again before that.
    database
        .execute(
            "update ingest_request set sent_at = sent_at - interval '1 hour' where purpose = 'follow_up';
            update fact_launch
            set last_seen_at = last_seen_at - interval '1 hour'
            where not is_upcoming and not is_final(status_id)",
        )
        .await;
    let clean = ingest_once(&database.url(), &stage.url()).await;
    check_end(&clean, &mut wrong);
    if !clean.status.success() {
        wrong.push(format!("the run without a fault failed: {}", clean.log));
    }
    let published = database.content().await;
    // Data from a damaged record, or from a launch before its outcome was known, stays in its history, as it should.
    let mut differences = if damages_a_record(fault.kind) {
        published.current().differences(&expected.after.current())
    } else {
        published.differences(&expected.after)
    };
    differences.retain(|row| !(row.starts_with("history ") && expected.is_followed_up(row)));
    if !differences.is_empty() {
        wrong.push(format!("the run without a fault left {differences:?}"));
    }
    wrong.extend(database.violations().await.into_iter().map(|violation| format!("{violation:?}")));
    let noted = database.count(sent).await - sent_before;
    if noted != stage.requests().len() as i64 {
        wrong.push(format!("{noted} requests noted, {} received", stage.requests().len()));
    }
    database.drop().await;
    wrong
}

fn check_end(ended: &Ended, wrong: &mut Vec<String>) {
    if ended.panicked() || ended.status.code().is_none() {
        wrong.push(format!("ended with {}: {}", ended.status, ended.log));
    }
}

#[tokio::test(flavor = "multi_thread")]
#[expect(clippy::print_stdout, reason = "failures are printed as they occur")]
async fn no_fault_at_any_request_loses_or_duplicates_data() {
    let expected = Arc::new(expected().await);
    assert!(expected.requests.len() >= 5, "four pages and a launch that left the list: {:?}", expected.requests);
    assert_ne!(expected.before, expected.after);
    let positions = expected.requests.len();
    // Hostile texts are valid texts: `tests/it` tests their effect on pages.
    let all: Vec<Fault> = FaultKind::ALL
        .iter()
        .filter(|(_, kind, _)| *kind != FaultKind::HostileTexts)
        .enumerate()
        .flat_map(|(number, (_, kind, _))| {
            (0..positions).map(move |turn| Fault::at(*kind, ((number + turn) % positions + 1) as u64))
        })
        .collect();
    let share: usize = variable("CHAOS_SHARE").unwrap_or(SHARE);
    let cases: Vec<Fault> = all.into_iter().step_by(share).collect();
    let count = cases.len();
    let failures: Vec<String> = stream::iter(cases)
        .map(|fault| {
            let expected = Arc::clone(&expected);
            async move {
                let wrong = tokio::time::timeout(PATIENCE, strike(&expected, fault)).await;
                let wrong = wrong.unwrap_or_else(|_| vec!["does not end".to_owned()]);
                if !wrong.is_empty() {
                    println!("chaos: {fault}: {}", wrong.join("; "));
                }
                (fault, wrong)
            }
        })
        .buffer_unordered(AT_A_TIME)
        .filter_map(
            |(fault, wrong)| async move { (!wrong.is_empty()).then(|| format!("{fault}: {}", wrong.join("; "))) },
        )
        .collect()
        .await;
    assert!(failures.is_empty(), "{} of {count} cases:\n{}", failures.len(), failures.join("\n"));
    Arc::into_inner(expected).expect("every case has ended").database.drop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_cannot_be_reached_changes_nothing() {
    let stage = Stage::open(20).await;
    let database = Database::create().await;
    assert!(ingest_once(&database.url(), &stage.url()).await.status.success());
    let before = database.content().await;
    let port = stage.port();
    // A port that was free a moment ago and has no listener.
    let closed = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port").local_addr().expect("an address");
    for url in [
        format!("https://127.0.0.1:{port}/2.3.0"),
        "http://elsewhere.invalid/2.3.0".to_owned(),
        format!("http://{closed}/2.3.0"),
    ] {
        let ended = ingest_once(&database.url(), &url).await;
        assert_eq!(ended.status.code(), Some(1), "{url}: {}", ended.log);
        assert!(!ended.panicked() && ended.log.contains(&url), "{url}: {}", ended.log);
        assert_eq!(database.content().await, before, "{url}");
    }
    assert_eq!(database.violations().await, []);
    database.drop().await;
}

/// With a live source there is no request before the run itself, so the run meets the fault.
#[tokio::test(flavor = "multi_thread")]
async fn a_run_that_cannot_reach_its_server_is_closed_with_the_reason() {
    let database = Database::create_live().await;
    let closed = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port").local_addr().expect("an address");
    let stage = Stage::open(20).await;
    for url in [
        format!("https://127.0.0.1:{}/2.3.0", stage.port()),
        "http://elsewhere.invalid/2.3.0".to_owned(),
        format!("http://{closed}/2.3.0"),
    ] {
        let ended =
            finish(mooncoon(&database.url(), &url).args(["ingest", "--once"]).env("MOONCOON_SOURCE", "live")).await;
        assert_eq!(ended.status.code(), Some(1), "{url}: {}", ended.log);
        assert!(!ended.panicked(), "{}", ended.log);
    }
    assert_eq!(database.count("select count(*) from ingest_run where state = 'failed' and error is not null").await, 3);
    assert_eq!(database.count("select count(*) from ingest_request where outcome = 'failed'").await, 9);
    assert_eq!(database.count("select count(*) from fact_launch").await, 0);
    assert_eq!(database.violations().await, []);
    database.drop().await;
}
