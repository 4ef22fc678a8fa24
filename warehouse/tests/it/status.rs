//! The rules about statuses, in SQL and in Rust: both must agree.

use domain::{Granularity, StatusKind};
use warehouse::PgPool;

use crate::definitions::list_tests;

/// All known statuses, and some that LL2 may add.
fn statuses() -> impl Iterator<Item = i32> {
    StatusKind::KNOWN.into_iter().map(StatusKind::id).chain([-1, 0, 10, 34, 77, 346, i32::MAX])
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn sql_and_the_domain_agree_on_every_status(pool: PgPool) {
    for id in statuses() {
        let kind = StatusKind::of(id);
        let (is_final, has_left_pad): (bool, bool) =
            sqlx::query_as("select is_final($1), has_left_pad($1)").bind(id).fetch_one(&pool).await.unwrap();
        assert_eq!((is_final, has_left_pad), (kind.is_final(), kind.has_left_the_pad()), "{kind:?}");
    }
    let unknown: (Option<bool>, Option<bool>) =
        sqlx::query_as("select is_final(null), has_left_pad(null)").fetch_one(&pool).await.unwrap();
    assert_eq!(unknown, (None, None), "as `in` has it");
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn the_columns_of_a_status_follow_from_its_id(pool: PgPool) {
    for id in statuses() {
        let kind = StatusKind::of(id);
        let found: (Option<String>, bool, bool, bool) = sqlx::query_as(
            "insert into dim_status (status_id, name, abbrev) values ($1, 'A status', 'S')
            returning kind, is_final, has_left_pad, has_flown",
        )
        .bind(id)
        .fetch_one(&pool)
        .await
        .unwrap();
        let has_flown = kind.has_left_the_pad() && kind != StatusKind::InFlight;
        let slug = kind.slug().map(str::to_owned);
        assert_eq!(found, (slug, kind.is_final(), kind.has_left_the_pad(), has_flown), "{kind:?}");
    }
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn the_columns_of_a_precision_follow_from_its_id(pool: PgPool) {
    let mut units = Vec::new();
    for id in -1..=17 {
        let (unit, rank, is_dated): (Option<String>, Option<i16>, Option<bool>) = sqlx::query_as(
            "insert into dim_net_precision (net_precision_id, name, abbrev) values ($1, 'A precision', 'P')
            returning unit, rank, is_dated",
        )
        .bind(id)
        .fetch_one(&pool)
        .await
        .unwrap();
        let granularity = Granularity::of(Some(id));
        let is_known = granularity != Granularity::Unlisted;
        assert_eq!(is_dated, is_known.then(|| granularity.names_a_day()), "{granularity:?}");
        assert_eq!((unit.is_some(), rank.is_some()), (is_known, is_known), "{granularity:?}");
        units.extend(rank.zip(unit));
    }
    units.sort();
    units.dedup();
    let expected =
        ["second", "minute", "hour", "half_day", "day", "week", "month", "quarter", "half_year", "year", "decade"];
    assert_eq!(units, (0..).zip(expected.map(str::to_owned)).collect::<Vec<_>>());
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn postgres_inlines_the_functions(pool: PgPool) {
    for function in ["is_final", "has_left_pad"] {
        let explained = format!("explain (verbose) select count(*) from fact_launch where {function}(status_id)");
        let plan: Vec<String> = sqlx::query_scalar(sqlx::AssertSqlSafe(explained)).fetch_all(&pool).await.unwrap();
        let plan = plan.join("\n");
        assert!(plan.contains("ANY") && !plan.contains(function), "{plan}");
    }
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn each_set_of_statuses_is_defined_once(pool: PgPool) {
    let found: Vec<_> = list_tests(&pool)
        .await
        .into_iter()
        .filter(|test| test.column.contains("status") && test.column.contains("id"))
        .collect();
    let found: Vec<_> = found.iter().map(|test| (test.place.as_str(), test.items.join(", "))).collect();
    assert_eq!(found, [("has_left_pad", "6, 9".to_owned()), ("is_final", "3, 4, 7".to_owned())]);
}
