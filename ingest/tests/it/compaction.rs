//! Landed bodies in segments: the same bytes, in less space, whatever happens meanwhile.

use std::{num::NonZeroU32, time::Duration};

use ingest::{CompactionOptions, Error, ReplayScope, UpkeepOptions, invariants};
use serde_json::{Value, json};
use sqlx::{AssertSqlSafe, PgPool};

use crate::{
    fixture::{count, import, launch, list, with},
    replay::{hash, replay},
    upkeep::{NOTHING, upkeep},
};

fn compaction(segment_bytes: u64) -> UpkeepOptions {
    UpkeepOptions { compaction: Some(CompactionOptions { segment_bytes, min_age: Duration::ZERO }), ..NOTHING }
}

/// The list of a day: every day one of thirty launches has moved.
fn day(number: u32) -> Value {
    let launches: Vec<Value> = (1..=30)
        .map(|id| {
            let moves = (number + 30 - id) / 30;
            with(
                launch(id),
                &[
                    ("/net", json!(format!("2026-06-{:02}T12:00:00Z", 1 + moves))),
                    ("/window_start", json!(format!("2026-06-{:02}T12:00:00Z", 1 + moves))),
                    ("/window_end", json!(format!("2026-06-{:02}T12:00:00Z", 1 + moves))),
                ],
            )
        })
        .collect();
    list(&launches)
}

/// Ten different lists, and then the third one again.
async fn recorded(pool: &PgPool) -> String {
    for number in 1..=10 {
        import(pool, &format!("2026-01-{number:02}T00:00"), &day(number)).await.expect("imports");
    }
    import(pool, "2026-01-20T00:00", &day(3)).await.expect("imports");
    hash(pool).await
}

/// The bytes that fill a segment with three lists.
fn three_lists() -> u64 {
    let bytes = day(1).to_string().len() + day(2).to_string().len() + day(3).to_string().len();
    bytes as u64
}

/// Checks that every body matches its hash, and that each of its launches is known.
async fn assert_landing_is_whole(pool: &PgPool) {
    let mut connection = pool.acquire().await.expect("connects");
    assert_eq!(invariants::landing_violations(&mut connection).await.expect("reads"), []);
    assert_eq!(invariants::violations(&mut connection, NonZeroU32::MIN).await.expect("reads"), []);
}

const PACKED: &str = "select count(*) from raw_ll2_page where raw_ll2_segment_id is not null";
const STORED: &str = "select
    (select coalesce(sum(octet_length(body_zstd)), 0) from raw_ll2_page)
    + (select coalesce(sum(octet_length(bodies_zstd)), 0) from raw_ll2_segment)";

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn compaction_keeps_every_byte_and_a_replay_the_content(pool: PgPool) {
    let before = recorded(&pool).await;
    assert_eq!(count(&pool, "select count(*) from raw_ll2_page").await, 10);
    let stored = count(&pool, STORED).await;

    assert_eq!(upkeep(&pool, NOTHING).await.bodies_compacted, 0);
    let report = upkeep(&pool, compaction(three_lists())).await;
    assert_eq!(report.bodies_compacted, 9, "one list does not fill a segment");
    assert_eq!(count(&pool, PACKED).await, 9);
    assert_eq!(count(&pool, "select count(*) from raw_ll2_segment").await, 3);
    assert_eq!(count(&pool, "select count(*) from raw_ll2_segment where page_count = 3").await, 3);
    let lengths = "select count(*) from raw_ll2_segment where body_bytes <> (
        select sum(raw_ll2_page.body_bytes) from raw_ll2_page where raw_ll2_page.raw_ll2_segment_id = raw_ll2_segment.raw_ll2_segment_id
    )";
    assert_eq!(count(&pool, lengths).await, 0);
    let newest = "select count(*) from raw_ll2_page where body_zstd is not null and observed_at = '2026-01-10Z'";
    assert_eq!(count(&pool, newest).await, 1);
    let (packed, rest) = (report.compacted_bytes, count(&pool, STORED).await);
    assert_eq!(rest, stored - packed.0 + packed.1);
    assert!(packed.1 * 2 < packed.0, "{packed:?}");
    assert_landing_is_whole(&pool).await;
    assert_eq!(upkeep(&pool, compaction(three_lists())).await.bodies_compacted, 0);

    // Known bytes are not landed again; new ones are.
    import(&pool, "2026-01-21T00:00", &day(5)).await.unwrap();
    import(&pool, "2026-01-22T00:00", &day(11)).await.unwrap();
    assert_eq!(count(&pool, "select count(*) from raw_ll2_page").await, 11);
    let now = hash(&pool).await;
    assert_ne!(now, before);
    let report = replay(&pool, ReplayScope::Everything).await.unwrap();
    assert_eq!(report.bodies, 13);
    assert_eq!(report.hashes, (now.clone(), now));
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn recent_and_large_bodies_stay_where_they_are(pool: PgPool) {
    recorded(&pool).await;
    let days = |days: u64| {
        let min_age = Duration::from_secs(days * 24 * 3600);
        UpkeepOptions { compaction: Some(CompactionOptions { segment_bytes: three_lists(), min_age }), ..NOTHING }
    };
    sqlx::query("update raw_ll2_page set observed_at = now() - (date '2026-01-11' - observed_at::date) * interval '1 day' + interval '1 hour'")
        .execute(&pool)
        .await
        .unwrap();
    assert_eq!(upkeep(&pool, days(8)).await.bodies_compacted, 0, "two lists are older than that");
    assert_eq!(upkeep(&pool, days(7)).await.bodies_compacted, 3);
    // The default, with which these few bytes fill no segment.
    assert_eq!(
        upkeep(&pool, UpkeepOptions { compaction: Some(CompactionOptions::default()), ..NOTHING })
            .await
            .bodies_compacted,
        0
    );
    // Each would take a segment of its own.
    assert_eq!(upkeep(&pool, compaction(1000)).await.bodies_compacted, 0);
    assert_landing_is_whole(&pool).await;
}

/// Returns what a failed upkeep says.
async fn failed(pool: &PgPool) -> Error {
    ingest::upkeep(pool, &compaction(three_lists())).await.expect_err("it cannot be compacted")
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn a_compaction_that_fails_at_any_point_moves_nothing(pool: PgPool) {
    let before = recorded(&pool).await;
    let faults = [
        // The last of the bodies, after the segment was stored.
        "create function fault() returns trigger language plpgsql as $$
            begin
                if new.observed_at = '2026-01-03Z' then raise 'out of space'; end if;
                return new;
            end $$;
        create trigger fault before update on raw_ll2_page for each row execute function fault()",
        // Another replica takes the lease meanwhile.
        "create function fault() returns trigger language plpgsql as $$
            begin
                update ingest_lease set epoch = epoch + 1;
                return new;
            end $$;
        create trigger fault before insert on raw_ll2_segment for each row execute function fault()",
        // A body is gone meanwhile.
        "create function fault() returns trigger language plpgsql as $$
            begin
                delete from ingest_request where page_sha256 = (select sha256 from raw_ll2_page where observed_at = '2026-01-02Z');
                delete from raw_ll2_page where observed_at = '2026-01-02Z';
                return new;
            end $$;
        create trigger fault before insert on raw_ll2_segment for each row execute function fault()",
    ];
    for fault in faults {
        sqlx::raw_sql(fault).execute(&pool).await.unwrap();
        let error = failed(&pool).await;
        assert!(
            matches!(error, Error::Statement { .. } | Error::LeaseLost { .. } | Error::Compaction { .. }),
            "{error:?}"
        );
        let table = if fault.contains("update on raw_ll2_page") { "raw_ll2_page" } else { "raw_ll2_segment" };
        sqlx::raw_sql(AssertSqlSafe(format!("drop trigger fault on {table}; drop function fault")))
            .execute(&pool)
            .await
            .unwrap();
        assert_eq!(count(&pool, PACKED).await, 0, "{fault}");
        assert_eq!(count(&pool, "select count(*) from raw_ll2_segment").await, 0, "{fault}");
        assert_landing_is_whole(&pool).await;
    }
    assert_eq!(upkeep(&pool, compaction(three_lists())).await.bodies_compacted, 9, "and it can continue");
    assert_eq!(replay(&pool, ReplayScope::Everything).await.unwrap().hashes.1, before);
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn a_damaged_body_is_not_moved(pool: PgPool) {
    recorded(&pool).await;
    sqlx::query(
        "update raw_ll2_page set body_zstd = (select body_zstd from raw_ll2_page where observed_at = '2026-01-05Z')
        where observed_at = '2026-01-02Z'",
    )
    .execute(&pool)
    .await
    .unwrap();
    let error = failed(&pool).await;
    assert!(matches!(error, Error::Landing { .. }), "{error:?}");
    assert_eq!(count(&pool, PACKED).await, 0);
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn a_damaged_segment_ends_a_replay_with_an_error_that_names_the_page(pool: PgPool) {
    let before = recorded(&pool).await;
    upkeep(&pool, compaction(three_lists())).await;
    sqlx::query("create table saved as select * from raw_ll2_segment").execute(&pool).await.unwrap();
    let damages = [
        "update raw_ll2_segment set bodies_zstd = substr(bodies_zstd, 1, length(bodies_zstd) - 40)",
        "update raw_ll2_segment set bodies_zstd = overlay(bodies_zstd placing '\\x0000000000' from length(bodies_zstd) / 2)",
        "update raw_ll2_segment set bodies_zstd = '\\x00'",
        // A good segment, and not the one of these pages.
        "update raw_ll2_segment set bodies_zstd = (select bodies_zstd from saved order by raw_ll2_segment_id desc limit 1)",
    ];
    for damage in damages {
        sqlx::raw_sql(damage).execute(&pool).await.unwrap();
        let error = replay(&pool, ReplayScope::Everything).await.expect_err(damage);
        let Error::Landing { page, reason } = &error else { panic!("{damage}: {error:?}") };
        assert_eq!(page.len(), 64);
        assert!(["is in a segment that is damaged", "does not match its hash"].contains(reason), "{damage}: {reason}");
        assert_eq!(hash(&pool).await, before, "the published state stays");
        let mut connection = pool.acquire().await.unwrap();
        let violations = invariants::landing_violations(&mut connection).await.unwrap();
        assert_eq!(violations[0].invariant, "landed_bodies_are_what_their_key_says", "{damage}");
        sqlx::query(
            "update raw_ll2_segment set bodies_zstd = saved.bodies_zstd from saved
            where saved.raw_ll2_segment_id = raw_ll2_segment.raw_ll2_segment_id",
        )
        .execute(&pool)
        .await
        .unwrap();
    }
    assert_eq!(replay(&pool, ReplayScope::Everything).await.unwrap().hashes.1, before);
}
