//! The two feeds with a cursor: changes and history.

#![expect(clippy::disallowed_methods, reason = "the database uses the clock of the machine")]

use std::{num::NonZeroU32, time::Duration};

use chrono::{DateTime, TimeDelta, Utc};
use ingest::{
    Error, Interruption, RunOptions, RunReport, Source, Task, Trigger, checks,
    ll2::{Client, ClientOptions},
};
use serde_json::json;
use simulator::{
    ApiVersion, Clock, Fault, FaultKind, InventedOptions, Options, Position, Running, Simulator, WorldSource,
};
use sqlx::{PgConnection, PgPool};

use crate::fixture::{self, Files, at, count, id, launch, list, status, with};

async fn serve(source: WorldSource) -> Running {
    let options = Options { source, clock: Clock::Fixed(at("2026-02-01T00:00")), ..Options::default() };
    Simulator::bind("127.0.0.1:0".parse().expect("an address"), options).await.expect("a free port").spawn()
}

async fn perform(
    pool: &PgPool,
    running: &Running,
    budget: u32,
    source: Source,
    task: Task,
) -> Result<RunReport, Error> {
    let options =
        ClientOptions { backoff: Duration::from_millis(1), ..ClientOptions::new(running.base_url(ApiVersion::V220)) };
    let client = Client::new(options).expect("the simulator's base URL is a good one");
    let budget = NonZeroU32::new(budget).expect("a budget");
    let options = RunOptions { budget, poll_interval: Duration::from_secs(3600), source, world_now: None };
    ingest::perform(pool, &client, &options, Trigger::Command, task).await
}

async fn ask(pool: &PgPool, running: &Running, task: Task) -> RunReport {
    perform(pool, running, 1000, Source::Simulated, task).await.expect("the run succeeds")
}

async fn cursor(pool: &PgPool, feed: &str) -> Option<DateTime<Utc>> {
    sqlx::query_scalar("select position_at from ingest_cursor where feed = $1")
        .bind(feed)
        .fetch_one(pool)
        .await
        .expect("the feed has a cursor")
}

fn flown(number: u32, edited: &str) -> serde_json::Value {
    let net = json!("2025-06-01T12:00:00Z");
    with(
        launch(number),
        &[
            ("/net", net.clone()),
            ("/window_start", net.clone()),
            ("/window_end", net),
            ("/status", status(3)),
            ("/last_updated", json!(edited)),
        ],
    )
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn an_edited_past_launch_is_picked_up_and_the_cursor_moves(pool: PgPool) {
    let files = Files::new();
    let upcoming = files.write("upcoming1.json", &list(&[launch(1)]));
    let first = serve(WorldSource::Replay(vec![upcoming.clone()])).await;
    ask(&pool, &first, Task::Sweep).await;
    let begun = cursor(&pool, "changed").await.expect("a sweep starts the feed");
    assert!(begun <= at("2026-01-01T00:00"), "by LL2's clock: {begun}");

    let edited = flown(2, "2026-01-20T08:00:00Z");
    let second = serve(WorldSource::Replay(vec![upcoming, files.write("previous2.json", &json!([edited]))])).await;
    ask(&pool, &second, Task::Changed).await;
    assert_eq!(
        count(&pool, "select count(*) from fact_launch where not is_upcoming and status_id = 3").await,
        1,
        "a launch that no sweep contains"
    );
    assert_eq!(cursor(&pool, "changed").await, Some(at("2026-01-20T07:45")), "the edit less the overlap");
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn a_time_in_the_year_2999_hides_no_edit(pool: PgPool) {
    let files = Files::new();
    let upcoming = files.write("upcoming1.json", &list(&[launch(1)]));
    let first = serve(WorldSource::Replay(vec![upcoming.clone()])).await;
    ask(&pool, &first, Task::Sweep).await;
    sqlx::query("update ingest_cursor set position_at = '2999-01-01' where feed = 'changed'")
        .execute(&pool)
        .await
        .unwrap();
    let now = Utc::now().to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
    let past = json!([flown(2, &now), flown(3, "2999-01-01T00:00:00Z")]);
    let second = serve(WorldSource::Replay(vec![upcoming, files.write("previous2.json", &past)])).await;
    ask(&pool, &second, Task::Changed).await;
    assert_eq!(count(&pool, "select count(*) from fact_launch where not is_upcoming").await, 2);
    let healed = cursor(&pool, "changed").await.unwrap();
    assert!(healed <= Utc::now(), "{healed}");
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn more_edits_of_one_second_than_fit_on_a_page_are_all_read(pool: PgPool) {
    let files = Files::new();
    let upcoming = files.write("upcoming1.json", &list(&[launch(1)]));
    let first = serve(WorldSource::Replay(vec![upcoming.clone()])).await;
    ask(&pool, &first, Task::Sweep).await;
    let past: Vec<_> = (1000..1150).map(|number| flown(number, "2026-01-20T08:00:00Z")).collect();
    let second = serve(WorldSource::Replay(vec![upcoming, files.write("previous2.json", &json!(past))])).await;
    ask(&pool, &second, Task::Changed).await;
    assert_eq!(count(&pool, "select count(*) from fact_launch where status_id = 3").await, 150);
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn an_interrupted_read_of_changes_continues_where_it_stopped(pool: PgPool) {
    let files = Files::new();
    let upcoming = files.write("upcoming1.json", &list(&[launch(1)]));
    let first = serve(WorldSource::Replay(vec![upcoming.clone()])).await;
    ask(&pool, &first, Task::Sweep).await;
    // Two and a half pages, all within the overlap.
    let past: Vec<_> = (0..250)
        .map(|number| flown(1000 + number, &format!("2026-01-20T08:{:02}:{:02}Z", number / 60, number % 60)))
        .collect();
    let second = serve(WorldSource::Replay(vec![upcoming, files.write("previous2.json", &json!(past))])).await;
    for _ in 0..4 {
        sqlx::query("delete from ingest_request").execute(&pool).await.unwrap();
        perform(&pool, &second, 1, Source::Simulated, Task::Changed).await.unwrap();
    }
    assert_eq!(count(&pool, "select count(*) from fact_launch where status_id = 3").await, 250);
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn history_is_read_to_its_beginning_one_page_per_run(pool: PgPool) {
    let invented =
        InventedOptions { upcoming: 20, past: 330, start: at("2026-02-01T00:00"), ..InventedOptions::default() };
    let running = serve(WorldSource::Invented(invented)).await;
    ask(&pool, &running, Task::Sweep).await;
    let mut positions = Vec::new();
    for _ in 0..10 {
        ask(&pool, &running, Task::Backfill).await;
        positions.push(cursor(&pool, "history").await.expect("a page was read"));
        if count(&pool, "select count(*) from ingest_cursor where feed = 'history' and finished_at is not null").await
            == 1
        {
            break;
        }
    }
    assert!(positions.len() >= 4 && positions.is_sorted_by(|one, other| one > other), "{positions:?}");
    let (total, held): (i64, i64) = sqlx::query_as(
        "select
            (select total_count from ingest_cursor where feed = 'history'),
            (select count(*) from fact_launch where is_final(status_id))",
    )
    .fetch_one(&pool)
    .await
    .unwrap();
    assert!(total >= 330);
    assert_eq!(held, total, "all launches that LL2 counts");

    // LL2's own counters of flights say the same, until flights are missing.
    let mut connection = pool.acquire().await.unwrap();
    let miscounted = async |connection: &mut PgConnection| -> i64 {
        let findings = checks::run_over_everything(connection).await.unwrap();
        let is_it = |finding: &&checks::Finding| finding.check.name == "assert_flights_are_counted_as_by_ll2";
        findings.iter().find(is_it).unwrap().offending_count
    };
    assert_eq!(miscounted(&mut connection).await, 0);
    let missing = sqlx::query(
        "update fact_launch
        set deleted_at = now()
        where provider_id = (select mode() within group (order by provider_id) from fact_launch where is_final(status_id))
            and is_final(status_id)
            and right(launch_id::text, 1) < '8'",
    )
    .execute(&mut *connection)
    .await
    .unwrap();
    assert!(missing.rows_affected() > 10, "{missing:?}");
    assert!(miscounted(&mut connection).await > 0);
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn launches_that_share_a_net_across_a_page_boundary_are_all_read(pool: PgPool) {
    let files = Files::new();
    // All with the same NET: the keyset cannot advance, only the server's own link leads on.
    let past: Vec<_> = (1000..1250).map(|number| flown(number, "2025-06-02T00:00:00Z")).collect();
    let running = serve(WorldSource::Replay(vec![
        files.write("upcoming1.json", &list(&[launch(1)])),
        files.write("previous2.json", &json!(past)),
    ]))
    .await;
    ask(&pool, &running, Task::Sweep).await;
    ask(&pool, &running, Task::Backfill).await;
    ask(&pool, &running, Task::Backfill).await;
    assert_eq!(count(&pool, "select count(*) from fact_launch where not is_upcoming").await, 250);
    assert_eq!(count(&pool, "select count(*) from ingest_cursor where finished_at is not null").await, 1);
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn simulated_responses_are_rejected_in_a_live_run(pool: PgPool) {
    let files = Files::new();
    let running = serve(WorldSource::Replay(vec![files.write("upcoming1.json", &list(&[launch(1)]))])).await;
    let error = perform(&pool, &running, 15, Source::Live, Task::Sweep).await.unwrap_err();
    assert!(matches!(error, Error::WrongSource { .. }), "{error}");
    assert_eq!(count(&pool, "select count(*) from fact_launch").await, 0);
    assert_eq!(count(&pool, "select count(*) from raw_ll2_page").await, 0);
    assert_eq!(count(&pool, "select count(*) from ingest_run where state = 'failed'").await, 1);
    assert_eq!(
        count(&pool, "select count(*) from ingest_request where outcome = 'rejected'").await,
        1,
        "it counts against the budget"
    );
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn an_interrupted_sweep_continues_from_landed_pages(pool: PgPool) {
    let invented =
        InventedOptions { upcoming: 350, past: 10, start: at("2026-02-01T00:00"), ..InventedOptions::default() };
    let running = serve(WorldSource::Invented(invented)).await;
    let report = perform(&pool, &running, 2, Source::Simulated, Task::Sweep).await.unwrap();
    assert!(!report.is_complete && report.interruption.is_some());
    let asked = fixture::asked(&running).len();
    let report = ask(&pool, &running, Task::Sweep).await;
    assert!(report.is_complete);
    let repeated = fixture::asked(&running)
        .into_iter()
        .skip(asked)
        .filter(|request| fixture::asked(&running)[..asked].iter().any(|earlier| earlier.path == request.path));
    assert_eq!(repeated.count(), 0, "no page was requested twice");
    assert_eq!(count(&pool, "select count(*) from ingest_request where purpose = 'resumed'").await, 2);
    // After a complete sweep, the next one starts from the beginning.
    let asked = fixture::asked(&running).len();
    ask(&pool, &running, Task::Sweep).await;
    assert!(fixture::asked(&running).len() >= asked + 4);
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn the_cursor_stays_if_nothing_changed(pool: PgPool) {
    let files = Files::new();
    let running = serve(WorldSource::Replay(vec![files.write("upcoming1.json", &list(&[launch(1)]))])).await;
    ask(&pool, &running, Task::Sweep).await;
    sqlx::query("update ingest_cursor set position_at = '2026-01-15' where feed = 'changed'")
        .execute(&pool)
        .await
        .unwrap();
    let report = ask(&pool, &running, Task::Changed).await;
    assert_eq!(report.counts.launches_seen, 0, "{} was edited before", id(1));
    assert_eq!(cursor(&pool, "changed").await, Some(at("2026-01-15T00:00")));
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn a_read_of_changes_that_a_failing_server_ends_keeps_its_pages(pool: PgPool) {
    let files = Files::new();
    let upcoming = files.write("upcoming1.json", &list(&[launch(1)]));
    let first = serve(WorldSource::Replay(vec![upcoming.clone()])).await;
    ask(&pool, &first, Task::Sweep).await;
    let past: Vec<_> = (0..250)
        .map(|number| flown(1000 + number, &format!("2026-01-20T08:{:02}:{:02}Z", number / 60, number % 60)))
        .collect();
    let second = serve(WorldSource::Replay(vec![upcoming, files.write("previous2.json", &json!(past))])).await;
    second.set_faults(vec![Fault { kind: FaultKind::ServerError(503), at: Position::From(2) }]);
    let report = ask(&pool, &second, Task::Changed).await;
    assert!(matches!(report.interruption, Some(Interruption::Failure { .. })), "{:?}", report.interruption);
    // The launch of the upcoming list is on the page, too.
    assert_eq!(count(&pool, "select count(*) from fact_launch where status_id = 3").await, 99);
    assert_eq!(
        cursor(&pool, "changed").await,
        Some(at("2026-01-20T08:01") + TimeDelta::seconds(38)),
        "without the overlap"
    );

    // No page at all is a failure, and moves nothing.
    second.set_faults(vec![Fault::always(FaultKind::ServerError(503))]);
    let error = perform(&pool, &second, 1000, Source::Simulated, Task::Changed).await.unwrap_err();
    assert!(matches!(error, Error::Fetch { .. }), "{error}");
    second.set_faults(Vec::new());
    let report = ask(&pool, &second, Task::Changed).await;
    assert!(report.interruption.is_none());
    assert_eq!(count(&pool, "select count(*) from fact_launch where status_id = 3").await, 250);
}
