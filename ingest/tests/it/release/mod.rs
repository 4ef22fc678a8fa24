//! Databases of older releases: each is loaded from its dump, migrated, and must still contain and show everything it
//! did before.
//!
//! The dumps and the command that writes one are described in `tests/releases/README.md`.

mod contents;
mod write;

use std::collections::BTreeMap;

use ingest::ReplayScope;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection, PgPool};
use warehouse::{Logins, MIGRATOR};

use self::contents::{Contents, Reading};
use crate::{
    fixture::{Files, count, import, import_files, launch, list},
    replay::replay,
};

/// A dump and its recorded contents: `<release>.sql.zst` and `<release>.json`.
macro_rules! release {
    ($release:literal) => {
        (
            $release,
            include_bytes!(concat!("../../releases/", $release, ".sql.zst")).as_slice(),
            include_str!(concat!("../../releases/", $release, ".json")),
        )
    };
}

#[sqlx::test(migrations = false)]
async fn a_database_of_release_30_keeps_everything_through_the_migrations(pool: PgPool) {
    keeps_everything(&pool, release!("30")).await;
    let unreadable: i64 =
        sqlx::query_scalar("select count(*) from model_forecast where unreadable_content is not null")
            .fetch_one(&pool)
            .await
            .expect("the column is there");
    assert_eq!(unreadable, 0, "forecasts that release 30 could read");
}

/// Release 30 stored a row for each test of a run, of which most had found nothing.
#[sqlx::test(migrations = false)]
async fn the_test_results_of_release_30_are_summarised(pool: PgPool) {
    let (_, dump, _) = release!("30");
    load(&pool, dump).await;
    let of_runs = "select string_agg(concat_ws(' ', ingest_run_id, test_count, warned_count, blocked_count), ', ' order by ingest_run_id)
        from mart_run";
    let before: String = sqlx::query_scalar(of_runs).fetch_one(&pool).await.expect("there are runs");
    let found =
        "select jsonb_agg(to_jsonb(data_test_result) - array['data_test_acknowledgement_id', 'tested_at'] order by ingest_run_id, test)
        from data_test_result where offending_count > 0";
    let rows: serde_json::Value = sqlx::query_scalar(found).fetch_one(&pool).await.expect("tests found rows");
    let all: i64 = sqlx::query_scalar("select count(*) from data_test_result").fetch_one(&pool).await.expect("reads");

    warehouse::migrate(&Logins::same(&pool.connect_options())).await.expect("every migration applies to data");
    assert_eq!(sqlx::query_scalar::<_, String>(of_runs).fetch_one(&pool).await.expect("reads"), before);
    assert_eq!(sqlx::query_scalar::<_, serde_json::Value>(found).fetch_one(&pool).await.expect("reads"), rows);
    let stored: i64 =
        sqlx::query_scalar("select count(*) from data_test_result").fetch_one(&pool).await.expect("reads");
    let kept = rows.as_array().map_or(0, Vec::len);
    assert!(kept > 0 && stored == kept as i64 && stored * 10 < all, "{stored} of {all} rows, {kept} with a finding");
    let sets: i64 = sqlx::query_scalar("select count(distinct data_test_set_id) from data_test_set")
        .fetch_one(&pool)
        .await
        .expect("reads");
    assert_eq!(sets, 1, "every run of a release has the same tests");
}

/// The content hash of release 30 covered LL2's counters.
#[sqlx::test(migrations = false)]
async fn the_first_poll_of_a_database_of_release_30_changes_no_launch(pool: PgPool) {
    let (_, dump, _) = release!("30");
    load(&pool, dump).await;
    warehouse::migrate(&Logins::same(&pool.connect_options())).await.expect("every migration applies to data");
    let pages: Vec<Vec<u8>> = sqlx::query_scalar(
        "select raw_ll2_page.body_zstd
        from ingest_request
        inner join raw_ll2_page on raw_ll2_page.sha256 = ingest_request.page_sha256
        where ingest_request.ingest_run_id = (
            select max(ingest_run_id) from ingest_run where kind = 'sweep' and state = 'succeeded' and is_complete
        ) and ingest_request.purpose = 'upcoming'
        order by ingest_request.ingest_request_id",
    )
    .fetch_all(&pool)
    .await
    .expect("there was a sweep");
    let files = Files::new();
    let pages: Vec<_> = (0..)
        .zip(&pages)
        .map(|(number, page)| {
            let body = zstd::decode_all(page.as_slice()).expect("it was landed as a zstd frame");
            files.write_bytes(&format!("upcoming{number}.json"), &body)
        })
        .collect();
    for hour in ["00", "01"] {
        let report = import_files(&pool, &format!("2026-03-04T{hour}:00"), pages.clone()).await.expect("publishes");
        let counts = report.counts;
        assert!(counts.launches_unchanged >= 20, "{counts:?}");
        assert_eq!((counts.launches_changed, counts.launches_late), (0, 0), "{counts:?}");
    }
    let replays = "select count(*) from ingest_rebuild
        inner join ingest_run using (ingest_run_id)
        where ingest_run.kind = 'replay' and ingest_run.state = 'succeeded' and ingest_rebuild.attempt_count = 1";
    assert_eq!(count(&pool, replays).await, 1, "one replay fills what the migrations added, before the first poll");
    let unread = "select count(*) from launch_booster where stage_id < 0 or launcher_id is null";
    assert_eq!(count(&pool, unread).await, 0);
    assert!(count(&pool, "select count(*) from launch_booster").await > 5, "there are boosters");
}

/// Release 30 stored forecasts in hours, and no scores.
#[sqlx::test(migrations = false)]
async fn the_forecasts_of_release_30_are_scored(pool: PgPool) {
    let (_, dump, _) = release!("30");
    load(&pool, dump).await;
    let days =
        "select count(distinct (launch_id, (made_at at time zone 'UTC')::date)) from forecast where p50_at is not null";
    let before = (count(&pool, "select count(*) from forecast").await, count(&pool, days).await);
    warehouse::migrate(&Logins::same(&pool.connect_options())).await.expect("every migration applies to data");
    let rows = "select count(*) from model_forecast_score where next_at = made_at";
    assert_eq!((count(&pool, "select count(*) from forecast").await, count(&pool, rows).await), before);
    assert!(before.1 > 20, "{before:?}");
    let unread = "select count(*) from model_forecast where content -> 'date' ? 'hours_after_net'";
    assert!(count(&pool, unread).await > 20, "forecasts in hours");

    import(&pool, "2026-09-01T00:00", &list(&[launch(1)])).await.expect("publishes");
    let scored = "select count(*) from model_forecast_score where integrated_brier_days is not null";
    let left_out = "select count(*) from model_forecast_score where left_out <> 'unreadable'";
    let waiting = "select count(*) from model_forecast_score where next_at is not null and made_at < '2026-09-01'";
    let (scored, left_out) = (count(&pool, scored).await, count(&pool, left_out).await);
    assert_eq!((scored + left_out, count(&pool, waiting).await), (before.1, 0));
    assert!(scored > 20, "{scored} of {before:?}");
}

async fn keeps_everything(pool: &PgPool, (release, dump, recorded): (&str, &[u8], &str)) {
    load(pool, dump).await;
    let mut recorded: Contents = serde_json::from_str(recorded).expect("the dump's contents are JSON of ours");
    let applied: i64 =
        sqlx::query_scalar("select max(version) from _sqlx_migrations").fetch_one(pool).await.expect("it was migrated");
    assert_eq!(applied.to_string(), release, "the dump is of another release");

    // Fails if the text of a migration of that release has changed.
    warehouse::migrate(&Logins::same(&pool.connect_options())).await.expect("every migration applies to data");
    let newest = MIGRATOR.iter().map(|migration| migration.version).max();
    let applied: Option<i64> =
        sqlx::query_scalar("select max(version) from _sqlx_migrations").fetch_one(pool).await.expect("still there");
    assert_eq!(applied, newest);

    // Release 30 stored the day of the backfill.
    let unobserved: i64 =
        sqlx::query_scalar("select count(*) from fact_launch where is_final(status_id) and outcome_seen_at is null")
            .fetch_one(pool)
            .await
            .expect("reads");
    assert!(unobserved > 0, "launches that were first seen with their outcome");

    let steps: Vec<String> =
        sqlx::query_scalar("select distinct name from ingest_step").fetch_all(pool).await.expect("reads");
    let unknown: Vec<&String> = steps.iter().filter(|name| name.parse::<domain::StepName>().is_err()).collect();
    assert!(!steps.is_empty() && unknown.is_empty(), "no step has the name {unknown:?}");

    let published: String =
        sqlx::query_scalar("select content_hash()").fetch_one(pool).await.expect("the function is there");
    let lost = recorded.differences(pool).await;
    assert!(lost.is_empty(), "migrations lost or changed {lost:#?}");
    let mut now = Reading::read(pool, recorded.reading.launch_ids()).await;
    let (kinds, kinds_now) = (recorded.reading.take_kinds(), now.take_kinds());
    recorded.reading.assert_same(&now);
    assert_eq!(changed(&kinds, &kinds_now), []);

    // The comparison must detect a changed value in one row, and a missing row.
    sqlx::query(
        "update fact_launch_revision set name = name || ' '
        where (launch_id, revision_number) = (select launch_id, revision_number from fact_launch_revision order by 1, 2 limit 1)",
    )
    .execute(pool)
    .await
    .expect("the column is there");
    assert_eq!(recorded.differences(pool).await, ["fact_launch_revision.name"]);
    sqlx::query("delete from raw_quarantine where ctid = (select ctid from raw_quarantine limit 1)")
        .execute(pool)
        .await
        .expect("the table is there");
    let differences = recorded.differences(pool).await;
    assert!(differences.iter().any(|name| name == "raw_quarantine: 1 rows, 0 now"), "{differences:?}");

    let asked = "select count(*) from ingest_rebuild where finished_at is null";
    let is_asked_for = count(pool, asked).await > 0;
    // Every landed page can be unpacked and parsed; the replay restores what was tampered with above.
    let report = replay(pool, ReplayScope::Everything).await.expect("landing is complete");
    assert_eq!(report.bodies, recorded.replayed_bodies);
    // The replay is the first to fill a column that was added since the release. A tracked column may have had several
    // values, so that there are more revisions.
    let is_filled_anew = recorded.lacks_columns_of(pool, "fact_launch").await;
    let is_tracked_anew = recorded.lacks_columns_of(pool, "fact_launch_revision").await;
    if is_asked_for {
        assert_eq!(count(pool, asked).await, 0, "the replay fulfils the request of the migrations");
        let again = replay(pool, ReplayScope::Everything).await.expect("landing is complete");
        assert_eq!(again.hashes, (report.hashes.1.clone(), report.hashes.1), "the second replay has nothing to add");
    } else if !is_filled_anew && !is_tracked_anew {
        assert_eq!(report.hashes.1, published, "a replay has other launches, revisions or changes");
    }
    let rebuilt: Vec<String> = recorded
        .differences(pool)
        .await
        .into_iter()
        .filter(|name| ["dim_", "fact_", "launch_"].iter().any(|published| name.starts_with(published)))
        // Its rule is not that of the release.
        .filter(|name| name != "fact_launch.content_hash")
        .filter(|name| !(is_tracked_anew && name.starts_with("fact_launch_revision")))
        // Landing has the agency in other roles, too, and earlier.
        .filter(|name| {
            !["first_seen_at", "updated_at"].map(|at| format!("dim_launch_service_provider.{at}")).contains(name)
        })
        .collect();
    assert!(rebuilt.is_empty(), "a replay has other launches, revisions or changes: {rebuilt:#?}");
}

/// Returns how many changes had one kind and have another now.
fn changed(then: &BTreeMap<String, String>, now: &BTreeMap<String, String>) -> Vec<(String, usize)> {
    assert_eq!(then.keys().collect::<Vec<_>>(), now.keys().collect::<Vec<_>>());
    let mut counts = BTreeMap::new();
    for (change, kind) in then.iter().filter(|(change, kind)| now[*change] != **kind) {
        *counts.entry(format!("{kind} to {}", now[change])).or_insert(0) += 1;
    }
    counts.into_iter().collect()
}

/// Runs a dump in a separate session: `pg_dump` leaves the session with an empty search path.
async fn load(pool: &PgPool, dump: &[u8]) {
    let sql = zstd::decode_all(dump).expect("the dump is a zstd frame");
    let sql = String::from_utf8(sql).expect("the dump is text");
    let mut session = PgConnection::connect_with(&pool.connect_options()).await.expect("the server answers");
    // `cargo xtask test` creates every new database with the newest schema.
    sqlx::raw_sql("drop schema public cascade; create schema public")
        .execute(&mut session)
        .await
        .expect("the database is ours");
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut session).await.expect("the dump is SQL");
    session.close().await.expect("a session can be ended");
}
