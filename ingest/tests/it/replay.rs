#![expect(clippy::disallowed_methods, reason = "the database uses the clock of the machine")]

use std::{num::NonZeroU32, time::Duration};

use chrono::{DateTime, TimeDelta, Utc};
use ingest::{
    Error, ReplayOptions, ReplayReport, ReplayScope, RunOptions, Source, Trigger,
    ll2::{Client, ClientOptions},
};
use serde_json::json;
use simulator::{ApiVersion, Clock, InventedOptions, ManualClock, Options, Running, Simulator, WorldSource};
use sqlx::PgPool;

use crate::fixture::{self, at, count, import, launch, list, partial, published, status, with};

pub(crate) async fn replay(pool: &PgPool, scope: ReplayScope) -> Result<ReplayReport, Error> {
    let options = ReplayOptions { scope, source: Source::Simulated, poll_interval: Duration::from_secs(1) };
    ingest::replay(pool, &options).await
}

pub(crate) async fn hash(pool: &PgPool) -> String {
    sqlx::query_scalar("select content_hash()").fetch_one(pool).await.expect("the function is there")
}

/// Starts a simulated world with a manual clock.
async fn world(upcoming: usize, start: DateTime<Utc>) -> (Running, ManualClock) {
    let clock = ManualClock::new(start);
    let source = WorldSource::Invented(InventedOptions { upcoming, past: 20, start, ..InventedOptions::default() });
    let options = Options { source, clock: Clock::Manual(clock.clone()), ..Options::default() };
    let address = "127.0.0.1:0".parse().expect("an address");
    (Simulator::bind(address, options).await.expect("a free port").spawn(), clock)
}

async fn sweep(pool: &PgPool, running: &Running, version: ApiVersion, budget: u32) {
    let client =
        Client::new(ClientOptions { ..ClientOptions::new(running.base_url(version)) }).expect("a good base URL");
    let options = RunOptions {
        budget: NonZeroU32::new(budget).expect("a budget"),
        poll_interval: Duration::from_secs(3600),
        source: Source::Simulated,
        world_now: None,
    };
    ingest::run(pool, &client, &options, Trigger::Command).await.expect("the simulator works");
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn a_replay_has_the_same_content_twice(pool: PgPool) {
    let start = at("2026-02-01T00:00");
    let (running, clock) = world(110, start).await;
    sweep(&pool, &running, ApiVersion::V220, 1000).await;
    for week in 1..=5 {
        clock.set(start + TimeDelta::weeks(week));
        sweep(&pool, &running, if week % 2 == 0 { ApiVersion::V220 } else { ApiVersion::V230 }, 1000).await;
    }
    // A list that is cut short by the budget.
    clock.advance(TimeDelta::weeks(1));
    let spent = fixture::asked(&running).len() as u32;
    sweep(&pool, &running, ApiVersion::V230, spent + 1).await;
    let before = hash(&pool).await;
    assert_eq!(replay(&pool, ReplayScope::Everything).await.unwrap().hashes, (before.clone(), before.clone()));

    // Archives that are older than all of that, with launches that the world does not contain. The sweeps that were
    // published before did not contain them, which the first replay takes into account.
    let report = import(&pool, "2026-01-05T00:00", &json!([launch(1), with(launch(2), &[("/status", status(3))])]))
        .await
        .unwrap();
    assert!(report.is_late);
    import(&pool, "2026-01-06T00:00", &partial(&[with(launch(1), &[("/net", json!("2026-09-01T00:00:00Z"))])]))
        .await
        .unwrap();
    let listed = "select count(*) from fact_launch where is_upcoming and name like 'Made-up Rocket%'";
    assert_eq!(count(&pool, listed).await, 2);
    let before = hash(&pool).await;
    assert_ne!(replay(&pool, ReplayScope::Everything).await.unwrap().hashes.1, before);
    assert_eq!(count(&pool, listed).await, 0);

    assert!(count(&pool, "select count(*) from fact_net_change").await > 10, "the world has changed");
    assert!(count(&pool, "select count(*) from fact_launch where not is_upcoming").await > 2);
    assert_eq!(count(&pool, "select count(*) from ingest_run where kind = 'sweep' and not is_complete").await, 1);
    assert!(count(&pool, "select count(*) from ingest_request where purpose = 'follow_up'").await > 0);

    let (rows, before) = (published(&pool).await, hash(&pool).await);
    let freshness = "select row(observed_at, is_complete, upcoming_count)::text from mart_freshness";
    let fresh: String = sqlx::query_scalar(freshness).fetch_one(&pool).await.unwrap();
    let publication = count(&pool, "select publication_id from mart_freshness").await;
    for _ in 0..2 {
        let report = replay(&pool, ReplayScope::Everything).await.unwrap();
        assert_eq!(report.runs, 9);
        assert_eq!(report.hashes, (before.clone(), before.clone()));
        assert_eq!(hash(&pool).await, before);
        assert_eq!(published(&pool).await, rows, "run ids, too");
    }
    assert_eq!(sqlx::query_scalar::<_, String>(freshness).fetch_one(&pool).await.unwrap(), fresh, "nothing is fresher");
    assert_eq!(count(&pool, "select publication_id from mart_freshness").await, publication + 2);

    let unaccounted = "select count(*) from ingest_run where record_count
        <> launch_changed_count + launch_unchanged_count + launch_late_count + quarantined_count + duplicate_count";
    assert_eq!(count(&pool, unaccounted).await, 0, "replays, too");

    // Rows that do not come from landing do not survive.
    sqlx::query("update fact_launch set name = 'Tampered'").execute(&pool).await.unwrap();
    replay(&pool, ReplayScope::Everything).await.unwrap();
    assert_eq!(hash(&pool).await, before);

    // Ordinary runs continue from there.
    clock.advance(TimeDelta::weeks(1));
    sweep(&pool, &running, ApiVersion::V230, 1000).await;
    let after = hash(&pool).await;
    assert_ne!(after, before);
    replay(&pool, ReplayScope::Everything).await.unwrap();
    assert_eq!(hash(&pool).await, after);
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn archives_imported_in_any_order_have_one_history_after_a_replay(pool: PgPool) {
    let moved = |number, net: &str, counted: i64| {
        let provider = json!(counted);
        with(
            launch(number),
            &[
                ("/net", json!(net)),
                ("/window_start", json!(net)),
                ("/window_end", json!(net)),
                ("/launch_service_provider/total_launch_count", provider),
                ("/last_updated", json!(format!("2026-01-0{}T00:00:00Z", counted - 6))),
            ],
        )
    };
    // 1 slips twice, 2 is missing on the second day only, 3 is listed on the second day only, 4 slips and returns, 5
    // has flown when the third day begins.
    let days = [
        ("2026-01-01T00:00", list(&[launch(1), launch(2), launch(4), launch(5)])),
        (
            "2026-01-02T00:00",
            list(&[
                moved(1, "2026-06-03T12:00:00Z", 8),
                launch(3),
                moved(4, "2026-07-01T12:00:00Z", 8),
                moved(5, "2026-01-02T12:00:00Z", 8),
            ]),
        ),
        (
            "2026-01-03T00:00",
            list(&[
                moved(1, "2026-06-05T12:00:00Z", 9),
                launch(2),
                moved(4, "2026-06-01T12:00:00Z", 9),
                with(moved(5, "2026-01-02T12:00:00Z", 9), &[("/status", status(3))]),
            ]),
        ),
    ];
    let mut hashes = Vec::new();
    for order in [[0, 1, 2], [0, 2, 1], [2, 1, 0], [1, 2, 0]] {
        let mut newest = 0;
        for day in order {
            let (observed_at, content) = &days[day];
            let report = import(&pool, observed_at, content).await.unwrap();
            assert_eq!(report.is_late, day < newest, "{order:?}, day {day}");
            newest = newest.max(day);
        }
        let told = hash(&pool).await;
        let report = replay(&pool, ReplayScope::Everything).await.unwrap();
        assert_eq!(report.hashes.0 == report.hashes.1, order.is_sorted(), "{order:?}: {told}");
        hashes.push(report.hashes.1);

        let ledger: Vec<(String, String)> = sqlx::query_as(
            "select right(launch_id::text, 1), kind from fact_net_change order by launch_id, observed_at",
        )
        .fetch_all(&pool)
        .await
        .unwrap();
        let ledger: Vec<(&str, &str)> = ledger.iter().map(|(launch, kind)| (launch.as_str(), kind.as_str())).collect();
        let expected = [("1", "slip"), ("1", "slip"), ("4", "slip"), ("4", "pull_in"), ("5", "pull_in")];
        assert_eq!(ledger, expected, "{order:?}");
        let revisions: Vec<(String, i64)> = sqlx::query_as(
            "select right(launch_id::text, 1), count(*) from fact_launch_revision group by launch_id order by launch_id",
        )
        .fetch_all(&pool)
        .await
        .unwrap();
        let revisions: Vec<i64> = revisions.into_iter().map(|(_, count)| count).collect();
        // 3 was listed on the second day, and had left on the third.
        assert_eq!(revisions, [3, 3, 2, 3, 3], "{order:?}");
        empty(&pool).await;
    }
    assert!(hashes.iter().all(|hash| *hash == hashes[0]), "{hashes:?}");
}

/// Empties the star schema and the run log, for another history in the same database.
async fn empty(pool: &PgPool) {
    sqlx::raw_sql(
        "set session_replication_role = replica;
        delete from ingest_run;
        delete from model_forecast;
        delete from fact_launch;
        delete from fact_launch_revision;
        delete from fact_net_change;
        delete from launch_update;
        delete from launch_agency;
        delete from launch_program;
        delete from dim_status where status_id >= 0;
        delete from dim_net_precision;
        delete from dim_orbit where orbit_id >= 0;
        delete from dim_agency where agency_id >= 0;
        delete from dim_rocket_config where rocket_config_id >= 0;
        delete from dim_pad where pad_id >= 0;
        delete from dim_location where location_id >= 0;
        delete from dim_mission;
        set session_replication_role = default",
    )
    .execute(pool)
    .await
    .expect("the tables are there");
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn deleted_and_missing_launches_are_replayed(pool: PgPool) {
    let long_ago = "2020-01-01T00:00:00Z";
    let past = |number| {
        with(
            launch(number),
            &[("/net", json!(long_ago)), ("/window_start", json!(long_ago)), ("/window_end", json!(long_ago))],
        )
    };
    // 404: launch 2 is known to us but not to the simulated world.
    import(&pool, "2026-01-01T00:00", &list(&[launch(1), past(2)])).await.unwrap();
    let (running, _clock) = world(5, at("2026-02-01T00:00")).await;
    sweep(&pool, &running, ApiVersion::V220, 1000).await;
    assert_eq!(count(&pool, "select count(*) from fact_launch where deleted_at is not null").await, 2);
    // When many launches vanish at once, they are not closed yet.
    let many: Vec<_> = (100..140).map(launch).collect();
    let now = Utc::now() + TimeDelta::minutes(1);
    let minute = |minutes: i64| (now + TimeDelta::minutes(minutes)).format("%Y-%m-%dT%H:%M").to_string();
    import(&pool, &minute(0), &list(&many)).await.unwrap();
    import(&pool, &minute(1), &list(&many[..21])).await.unwrap();
    assert!(count(&pool, "select count(*) from fact_launch where missed_at is not null and is_upcoming").await >= 19);

    let before = hash(&pool).await;
    assert_eq!(replay(&pool, ReplayScope::Everything).await.unwrap().hashes.1, before);
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn a_replay_without_a_body_fails_and_one_without_a_request_differs(pool: PgPool) {
    import(&pool, "2026-01-01T00:00", &list(&[launch(1), launch(2)])).await.unwrap();
    import(&pool, "2026-01-02T00:00", &list(&[launch(1), with(launch(2), &[("/status", status(8))])])).await.unwrap();
    let before = hash(&pool).await;

    sqlx::query("create table saved as select * from raw_ll2_page").execute(&pool).await.unwrap();
    sqlx::query("update raw_ll2_page set body_zstd = substr(body_zstd, 1, 40)").execute(&pool).await.unwrap();
    let error = replay(&pool, ReplayScope::Everything).await.unwrap_err();
    assert!(matches!(error, Error::Landing { .. }), "{error}");
    assert_eq!(hash(&pool).await, before, "the published data is kept");
    assert_eq!(count(&pool, "select count(*) from ingest_run where kind = 'replay' and state = 'failed'").await, 1);

    sqlx::query(
        "update raw_ll2_page set body_zstd = saved.body_zstd from saved where saved.sha256 = raw_ll2_page.sha256",
    )
    .execute(&pool)
    .await
    .unwrap();
    assert_eq!(replay(&pool, ReplayScope::Everything).await.unwrap().hashes.1, before);

    // Without the second page, the data that only it contained is lost, and the result is different.
    sqlx::raw_sql(
        "delete from ingest_request where ingest_run_id = 2;
        delete from raw_ll2_page where ingest_run_id = 2",
    )
    .execute(&pool)
    .await
    .unwrap();
    let report = replay(&pool, ReplayScope::Everything).await.unwrap();
    assert_ne!(report.hashes.1, before);
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn a_blocking_test_keeps_the_published_data(pool: PgPool) {
    import(&pool, "2026-01-01T00:00", &list(&[launch(1), launch(2)])).await.unwrap();
    // According to the run log, everything was observed in the future.
    sqlx::query("update ingest_run set observed_at = now() + interval '1 year'").execute(&pool).await.unwrap();
    let before = hash(&pool).await;
    let error = replay(&pool, ReplayScope::Everything).await.unwrap_err();
    assert!(error.to_string().contains("assert_nothing_is_from_the_future"), "{error}");
    assert_eq!(hash(&pool).await, before);
    assert_eq!(
        count(&pool, "select count(*) from data_test_result where offending_count > 0 and severity = 'block'").await,
        1
    );
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn an_empty_landing_cannot_be_replayed(pool: PgPool) {
    assert!(matches!(replay(&pool, ReplayScope::Everything).await, Err(Error::NothingLanded)));
}
