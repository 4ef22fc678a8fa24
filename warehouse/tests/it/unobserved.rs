//! The migration of times that were not observed: of outcomes, and of leaving the list.

use std::collections::BTreeMap;

use sqlx::migrate::Migrator;
use warehouse::{MIGRATOR, PgPool};

use crate::session::empty;

/// The last migration with times of a backfill.
const BACKFILLED: i64 = 58;

/// Launches as stored before: number, statuses on 1 March and the days after it, and the days of March on which it left
/// the list and its outcome was seen. All were first seen on 1 March.
const LAUNCHES: &[(&str, &str)] = &[
    ("first seen with its outcome", "(1, array[3], 1, 1)"),
    ("corrected since", "(2, array[3, 4], 1, 1)"),
    ("withdrawn and known again", "(3, array[3, 1, 4], 1, 1)"),
    ("withdrawn", "(4, array[3, 1], 1, 1)"),
    ("first seen in flight", "(5, array[6, 3], 1, 2)"),
    ("seen before it flew", "(6, array[1, 6, 3], 4, 3)"),
    ("upcoming", "(7, array[1], null, null)"),
    ("first seen as past, listed later", "(8, array[3], 5, 1)"),
];

#[sqlx::test(migrations = false)]
async fn times_of_a_backfill_become_unknown_and_observed_ones_stay(pool: PgPool) {
    empty(&pool).await;
    let mut old = Migrator::DEFAULT;
    old.migrations = MIGRATOR.iter().filter(|it| it.version <= BACKFILLED).cloned().collect::<Vec<_>>().into();
    old.run(&pool).await.unwrap();
    let rows = LAUNCHES.iter().map(|(_, row)| *row).collect::<Vec<_>>().join(", ");
    let stored = format!(
        "insert into ingest_run (kind, trigger, source, base_url, api_version) values ('sweep', 'start', 'live', '', '2.3.0');
        insert into dim_status (status_id, name, abbrev) select id, id::text, id::text from unnest(array[1, 3, 4, 6]) as id;
        insert into dim_launch_service_provider (provider_id, name, first_seen_at, updated_at) values (1, 'x', now(), now());
        insert into dim_rocket_config (rocket_config_id, name, full_name, first_seen_at, updated_at) values (1, 'x', 'x', now(), now());
        insert into dim_location (location_id, name, first_seen_at, updated_at) values (1, 'x', now(), now());
        insert into dim_pad (pad_id, name, location_id, first_seen_at, updated_at) values (1, 'x', 1, now(), now());
        create temporary table given as
        select ('00000000-0000-0000-0000-00000000000' || number)::uuid as launch_id, statuses, left_day, outcome_day
        from (values {rows}) as row (number, statuses, left_day, outcome_day);
        insert into fact_launch (
            launch_id, name, status_id, provider_id, rocket_config_id, pad_id, net_at, is_webcast_live, last_updated_at, is_upcoming,
            first_seen_at, last_seen_at, left_upcoming_at, outcome_seen_at, content_hash, has_detail
        )
        select
            launch_id, 'x', statuses[cardinality(statuses)], 1, 1, 1, '2026-02-01', false, now(), left_day is null,
            '2026-03-01 00:00Z', '2026-03-09 00:00Z', make_timestamptz(2026, 3, left_day, 0, 0, 0, 'UTC'),
            make_timestamptz(2026, 3, outcome_day, 0, 0, 0, 'UTC'), '', false
        from given;
        insert into fact_launch_revision (
            launch_id, revision_number, valid_from, valid_to, ingest_run_id, name, status_id, net_at, provider_id, rocket_config_id, pad_id,
            is_upcoming
        )
        select
            launch_id, number, make_timestamptz(2026, 3, number::integer, 0, 0, 0, 'UTC'),
            case when number < cardinality(statuses) then make_timestamptz(2026, 3, number::integer + 1, 0, 0, 0, 'UTC') end,
            1, 'x', status_id, '2026-02-01', 1, 1, 1, false
        from given, unnest(statuses) with ordinality as revision (status_id, number)"
    );
    sqlx::raw_sql(sqlx::AssertSqlSafe(stored)).execute(&pool).await.unwrap();

    MIGRATOR.run(&pool).await.unwrap();

    let rows: Vec<(i32, Option<i32>, Option<i32>)> = sqlx::query_as(
        "select
            right(launch_id::text, 1)::integer, extract(day from left_upcoming_at at time zone 'UTC')::integer,
            extract(day from outcome_seen_at at time zone 'UTC')::integer
        from fact_launch order by 1",
    )
    .fetch_all(&pool)
    .await
    .unwrap();
    let found: BTreeMap<&str, (Option<i32>, Option<i32>)> =
        rows.iter().zip(LAUNCHES).map(|((_, left, outcome), (what, _))| (*what, (*left, *outcome))).collect();
    let expected = BTreeMap::from([
        ("first seen with its outcome", (None, None)),
        ("corrected since", (None, None)),
        ("withdrawn and known again", (None, Some(3))),
        ("withdrawn", (None, None)),
        ("first seen in flight", (None, Some(2))),
        ("seen before it flew", (Some(4), Some(3))),
        ("upcoming", (None, None)),
        ("first seen as past, listed later", (Some(5), None)),
    ]);
    assert_eq!(found, expected);
}
