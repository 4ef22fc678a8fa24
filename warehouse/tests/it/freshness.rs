#![expect(clippy::disallowed_methods, reason = "the database has the clock of the machine")]

use chrono::Utc;
use domain::{FreshnessState, Source};
use warehouse::{Db, PgPool};

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn before_the_first_run_freshness_is_empty(pool: PgPool) {
    let db = Db::new(pool, Source::Simulated, 3600);
    let freshness = db.freshness().await.expect("reads");
    assert_eq!((freshness.as_of, freshness.upcoming_count, freshness.source), (None, 0, Source::Simulated));
    assert_eq!(freshness.state(Utc::now()), FreshnessState::Empty);
    assert!(!db.has_published().await.expect("reads"));
    assert_eq!(db.first_run_at().await.expect("reads"), None);
    assert!(db.is_migrated().await.expect("reads"));
}

#[sqlx::test(migrator = "warehouse::MIGRATOR", fixtures("board"))]
async fn a_failed_run_is_reported_until_a_run_succeeds(pool: PgPool) {
    let db = Db::new(pool.clone(), Source::Live, 3600);
    let good = db.freshness().await.expect("reads");
    assert_eq!((good.upcoming_count, good.complete, good.failed_at), (2, Some(true), None));
    assert_eq!(db.first_run_at().await.expect("reads"), Some("2026-03-23T08:45:00Z".parse().expect("valid")));

    let fail = "insert into ingest_run (kind, trigger, source, base_url, api_version, state, finished_at, error)
                values ('sweep', 'schedule', 'live', 'https://ll2.example/2.3.0', '2.3.0', 'failed', '2026-03-23 09:46:00+00', 'no answer')";
    sqlx::query(fail).execute(&pool).await.expect("inserts");
    let failed = db.freshness().await.expect("reads");
    assert_eq!(failed.as_of, good.as_of, "the last good data stays");
    assert!(failed.failed_at.is_some());

    let succeed =
        "insert into ingest_run (kind, trigger, source, base_url, api_version, state, finished_at, observed_at)
                   values ('sweep', 'schedule', 'live', 'https://ll2.example/2.3.0', '2.3.0', 'succeeded',
                           '2026-03-23 10:46:00+00', '2026-03-23 10:45:00+00')";
    sqlx::query(succeed).execute(&pool).await.expect("inserts");
    assert_eq!(db.freshness().await.expect("reads").failed_at, None);
}
