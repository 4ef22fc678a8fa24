//! The retention of landed bodies: what was learnt from them stays, and replays start after them.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use ingest::{CompactionOptions, Error, ReplayReport, ReplayScope, Retention, UpkeepOptions, UpkeepReport, invariants};
use serde_json::{Value, json};
use sqlx::{AssertSqlSafe, PgPool};

use crate::{
    fixture::{at, count, import, launch, list, published, with},
    replay::{hash, replay},
    upkeep::NOTHING,
};

const MONTH: UpkeepOptions = UpkeepOptions { raw_retention: Retention::Days(30), ..NOTHING };

/// Moves the clock of the job to thirty days after a time, so that what was received before it is old.
async fn upkeep_at(pool: &PgPool, time: &str, options: UpkeepOptions) -> Result<UpkeepReport, Error> {
    set_clock(pool, &format!("timestamptz '{}'", at(time) + TimeDelta::days(30))).await;
    let report = ingest::upkeep(pool, &options).await;
    set_clock(pool, "clock_timestamp()").await;
    report
}

async fn set_clock(pool: &PgPool, expression: &str) {
    let sql = format!(
        "create or replace function ingest_now() returns timestamptz language sql volatile as $$ select {expression} $$"
    );
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(pool).await.expect("the function is there");
}

fn moved(number: u32, net: &str) -> Value {
    with(launch(number), &[("/net", json!(net)), ("/window_start", json!(net)), ("/window_end", json!(net))])
}

/// Launch 2, the only one of its pad.
fn leaving(pad: &str) -> Value {
    with(launch(2), &[("/pad/id", json!(77)), ("/pad/name", json!(pad))])
}

/// The complete list of a day: 1 moves on days 3 and 8, 2 leaves after day 3, 3 is listed from day 7 on, 4 leaves after
/// day 5, which only the list of day 6 tells, and 5 moves on day 5 and back on day 6.
fn day(number: u32) -> Value {
    let one = match number {
        ..3 => "2026-06-01T12:00:00Z",
        3..8 => "2026-06-04T12:00:00Z",
        8.. => "2026-07-20T12:00:00Z",
    };
    let mut launches = vec![moved(1, one), launch(10)];
    launches.extend((number <= 3).then(|| leaving("South Pad")));
    launches.extend((number >= 7).then(|| launch(3)));
    launches.extend((number <= 5).then(|| launch(4)));
    launches.push(moved(5, if number == 5 { "2026-06-09T12:00:00Z" } else { "2026-06-01T12:00:00Z" }));
    launches.extend((11..20 + number).map(launch));
    list(&launches)
}

async fn recorded(pool: &PgPool) -> String {
    for number in 1..=10 {
        import(pool, &format!("2026-01-{number:02}T00:00"), &day(number)).await.expect("imports");
    }
    hash(pool).await
}

async fn replayed(pool: &PgPool) -> ReplayReport {
    replay(pool, ReplayScope::Everything).await.expect("a replay works")
}

const DELETED: &str = "select count(*) from raw_ll2_page
    where body_deleted_at is not null and body_zstd is null and raw_ll2_segment_id is null";

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn a_replay_after_the_deletion_has_the_same_content(pool: PgPool) {
    let before = recorded(&pool).await;
    // The fixture is what it says: with changes on both sides of day 6, and some that only both sides together tell.
    let moves = "select count(*) from fact_net_change where launch_id::text like '%1' and launch_id::text like '%001'";
    assert_eq!(count(&pool, moves).await, 2);
    assert_eq!(
        count(&pool, "select count(*) from fact_launch where not is_upcoming or missed_at is not null").await,
        2
    );
    let full = replayed(&pool).await;
    assert_eq!((full.hashes, full.bodies, full.settled_runs), ((before.clone(), before.clone()), 10, 0));
    let rows = published(&pool).await;

    assert_eq!(upkeep_at(&pool, "2026-01-01T00:00", MONTH).await.unwrap().bodies_deleted, 0, "none is as old");
    assert_eq!(count(&pool, "select count(*) from ingest_checkpoint").await, 0);
    assert_eq!(upkeep_at(&pool, "2026-01-06T00:00", NOTHING).await.unwrap().bodies_deleted, 0, "kept for ever");
    assert_eq!(upkeep_at(&pool, "2026-01-06T00:00", MONTH).await.unwrap().bodies_deleted, 5);
    assert_eq!(count(&pool, DELETED).await, 5);
    assert_eq!(published(&pool).await, rows, "nothing that is published changes");
    // The state of day 5, and not that of day 10: 19 launches, of which 1 and 5 have moved.
    let stored = "select row_count from ingest_checkpoint where table_name = ";
    for (table, row_count) in [("fact_launch", 19), ("fact_net_change", 2)] {
        let sql = AssertSqlSafe(format!("{stored}'{table}'"));
        assert_eq!(sqlx::query_scalar::<_, i64>(sql).fetch_one(&pool).await.unwrap(), row_count, "{table}");
    }

    let report = replayed(&pool).await;
    assert_eq!((report.settled_runs, report.runs, report.bodies), (5, 5, 5));
    assert_eq!(report.hashes, (before.clone(), before.clone()));
    assert_eq!(published(&pool).await, rows, "run ids, too");
    // From the checkpoint and not from the published tables.
    sqlx::raw_sql(
        "set session_replication_role = replica;
        update fact_launch set name = 'Tampered';
        delete from fact_launch_revision where valid_from < '2026-01-05Z';
        reset session_replication_role",
    )
    .execute(&pool)
    .await
    .unwrap();
    assert_eq!(replayed(&pool).await.hashes.1, before);

    // A second time, on top of the first checkpoint.
    assert_eq!(upkeep_at(&pool, "2026-01-06T00:00", MONTH).await.unwrap().bodies_deleted, 0);
    assert_eq!(upkeep_at(&pool, "2026-01-09T00:00", MONTH).await.unwrap().bodies_deleted, 3);
    let report = replayed(&pool).await;
    assert_eq!((report.settled_runs, report.bodies), (8, 2));
    assert_eq!(report.hashes, (before.clone(), before));
    assert_eq!(published(&pool).await, rows);
    // Everything is old: no run is left to read.
    assert_eq!(upkeep_at(&pool, "2026-02-09T00:00", MONTH).await.unwrap().bodies_deleted, 2);
    let report = replayed(&pool).await;
    assert_eq!((report.settled_runs, report.bodies), (10, 0));
    assert_eq!(published(&pool).await, rows);
    let mut connection = pool.acquire().await.unwrap();
    assert_eq!(invariants::landing_violations(&mut connection).await.unwrap(), []);
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn a_body_that_is_received_again_is_landed_again(pool: PgPool) {
    recorded(&pool).await;
    // Day 3 again, while its first body is still there; the newer run keeps it.
    import(&pool, "2026-01-15T00:00", &day(3)).await.unwrap();
    assert_eq!(upkeep_at(&pool, "2026-01-06T00:00", MONTH).await.unwrap().bodies_deleted, 4);
    // Day 2 again, after its body was deleted.
    import(&pool, "2026-01-16T00:00", &day(2)).await.unwrap();
    assert_eq!(count(&pool, DELETED).await, 3);
    assert_eq!(count(&pool, "select count(*) from raw_ll2_page").await, 10);
    assert_eq!(upkeep_at(&pool, "2026-01-06T00:00", MONTH).await.unwrap().bodies_deleted, 0);
    let before = hash(&pool).await;
    let report = replayed(&pool).await;
    assert_eq!((report.settled_runs, report.bodies), (5, 7));
    assert_eq!(report.hashes, (before.clone(), before));
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn segments_are_deleted_with_their_last_body(pool: PgPool) {
    let before = recorded(&pool).await;
    let segment_bytes = (1..=3).map(|number| day(number).to_string().len() as u64).sum();
    let compaction = Some(CompactionOptions { segment_bytes, min_age: Duration::ZERO });
    let report = ingest::upkeep(&pool, &UpkeepOptions { compaction, ..NOTHING }).await.unwrap();
    assert!(report.bodies_compacted >= 6, "{report:?}");
    let segments = "select count(*) from raw_ll2_segment";
    let all = count(&pool, segments).await;
    assert_eq!(upkeep_at(&pool, "2026-01-06T00:00", MONTH).await.unwrap().bodies_deleted, 5);
    let used = "select count(distinct raw_ll2_segment_id) from raw_ll2_page";
    assert_eq!(count(&pool, segments).await, count(&pool, used).await);
    assert_eq!(count(&pool, segments).await, all - 1);
    assert_eq!(replayed(&pool).await.hashes, (before.clone(), before));
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn nothing_is_deleted_if_the_runs_cannot_be_settled(pool: PgPool) {
    let before = recorded(&pool).await;
    let faults = [
        (
            "update raw_ll2_page set body_zstd = substr(body_zstd, 1, 40) where observed_at = '2026-01-02Z'",
            "update raw_ll2_page set body_zstd = saved.body_zstd from saved where saved.sha256 = raw_ll2_page.sha256",
        ),
        // Another replica takes the lease while the checkpoint is stored.
        (
            "create function fault() returns trigger language plpgsql as $$
            begin
                update ingest_lease set epoch = epoch + 1;
                return new;
            end $$;
            create trigger fault before insert on ingest_checkpoint for each row execute function fault()",
            "drop trigger fault on ingest_checkpoint; drop function fault",
        ),
    ];
    sqlx::query("create table saved as select * from raw_ll2_page").execute(&pool).await.unwrap();
    for (fault, repair) in faults {
        sqlx::raw_sql(fault).execute(&pool).await.unwrap();
        let error = upkeep_at(&pool, "2026-01-06T00:00", MONTH).await.expect_err(fault);
        assert!(matches!(error, Error::Landing { .. } | Error::LeaseLost { .. }), "{error:?}");
        sqlx::raw_sql(repair).execute(&pool).await.unwrap();
        assert_eq!(count(&pool, DELETED).await, 0);
        assert_eq!(count(&pool, "select count(*) from ingest_checkpoint").await, 0);
        assert_eq!(count(&pool, "select count(*) from ingest_run where settled_at is not null").await, 0);
        assert_eq!(hash(&pool).await, before);
    }
    assert_eq!(upkeep_at(&pool, "2026-01-06T00:00", MONTH).await.unwrap().bodies_deleted, 5, "and it can be repeated");
    assert_eq!(replayed(&pool).await.hashes, (before.clone(), before));
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn a_damaged_checkpoint_ends_a_replay_with_an_error(pool: PgPool) {
    let before = recorded(&pool).await;
    upkeep_at(&pool, "2026-01-06T00:00", MONTH).await.unwrap();
    sqlx::query("create table saved as select * from ingest_checkpoint").execute(&pool).await.unwrap();
    for (damage, expected) in [
        ("delete from ingest_checkpoint", "is missing"),
        ("update ingest_checkpoint set rows_zstd = '\\x00' where table_name = 'dim_pad'", "cannot be decompressed"),
        (
            "update ingest_checkpoint set rows_zstd = saved.rows_zstd from saved
            where ingest_checkpoint.table_name = 'dim_pad' and saved.table_name = 'dim_location'",
            "does not match its hash",
        ),
        (
            "update ingest_checkpoint set row_count = row_count + 1 where table_name = 'dim_pad'",
            "has another number of rows",
        ),
        (
            "update ingest_checkpoint set table_name = 'dim_planet' where table_name = 'dim_pad'",
            "is not a published table of this release",
        ),
    ] {
        sqlx::raw_sql(damage).execute(&pool).await.unwrap();
        let error = replay(&pool, ReplayScope::Everything).await.expect_err(damage);
        let Error::Checkpoint { reason, .. } = &error else { panic!("{damage}: {error:?}") };
        assert_eq!(*reason, expected, "{damage}");
        assert_eq!(hash(&pool).await, before, "the published state stays");
        sqlx::raw_sql("delete from ingest_checkpoint; insert into ingest_checkpoint select * from saved")
            .execute(&pool)
            .await
            .unwrap();
    }
    assert_eq!(replayed(&pool).await.hashes, (before.clone(), before));
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn a_column_that_was_added_after_the_checkpoint_has_its_default(pool: PgPool) {
    recorded(&pool).await;
    upkeep_at(&pool, "2026-01-06T00:00", MONTH).await.unwrap();
    sqlx::raw_sql(
        "alter table dim_pad add column wind_limit_metres_per_second integer not null default 7;
        alter table fact_launch add column crowd_count integer;",
    )
    .execute(&pool)
    .await
    .unwrap();
    let before = hash(&pool).await;
    assert_eq!(replayed(&pool).await.hashes, (before.clone(), before));
    assert_eq!(count(&pool, "select count(*) from dim_pad where wind_limit_metres_per_second <> 7").await, 0);

    // A column of the checkpoint that is gone would be lost silently.
    sqlx::raw_sql("alter table dim_orbit rename column name to title").execute(&pool).await.unwrap();
    let error = replay(&pool, ReplayScope::Everything).await.unwrap_err();
    assert_eq!(error.to_string(), "the checkpoint of replays: dim_orbit.name is not a column of this release");
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn a_late_archive_changes_nothing_before_the_checkpoint(pool: PgPool) {
    recorded(&pool).await;
    upkeep_at(&pool, "2026-01-06T00:00", MONTH).await.unwrap();
    let history =
        "select jsonb_agg(to_jsonb(fact_launch_revision) - 'valid_to' order by launch_id, revision_number)::text
        from fact_launch_revision where valid_from < '2026-01-06Z' and launch_id::text not like '%099'";
    let before: String = sqlx::query_scalar(history).fetch_one(&pool).await.unwrap();
    let archive = json!([moved(1, "2026-12-01T12:00:00Z"), leaving("Its name before"), launch(99)]);
    let report = import(&pool, "2026-01-02T12:00", &archive).await.unwrap();
    assert!(report.is_late);
    let report = replayed(&pool).await;
    assert_eq!((report.settled_runs, report.runs), (5, 6));
    assert_eq!(sqlx::query_scalar::<_, String>(history).fetch_one(&pool).await.unwrap(), before);
    assert_eq!(count(&pool, "select count(*) from dim_pad where pad_id = 77 and name = 'South Pad'").await, 1);
    let first_seen: DateTime<Utc> =
        sqlx::query_scalar("select first_seen_at from fact_launch where launch_id::text like '%099'")
            .fetch_one(&pool)
            .await
            .unwrap();
    assert_eq!(first_seen, at("2026-01-02T12:00"), "a launch that was unknown is added");
    let now = hash(&pool).await;
    assert_eq!(replayed(&pool).await.hashes, (now.clone(), now));
}
