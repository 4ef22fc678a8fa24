use chrono::{DateTime, Utc};
use domain::Source;
use uuid::Uuid;
use warehouse::{Db, PgPool};

fn at(time: &str) -> DateTime<Utc> {
    time.parse().expect("a valid time")
}

#[sqlx::test(migrator = "warehouse::MIGRATOR", fixtures("board"))]
async fn a_mark_shows_what_the_newest_revision_replaced(pool: PgPool) {
    let db = Db::new(pool, Source::Live, 3600);
    let ids = [1, 2, 9].map(Uuid::from_u128);
    let marks = db.revision_marks(&ids, None).await.expect("reads");
    assert_eq!(marks.len(), 1, "the others have no revisions: {marks:?}");
    let mark = &marks[&ids[0]];
    assert_eq!((mark.observed_at, mark.closed_count), (at("2026-03-19T00:00:00Z"), 1));
    let before = mark.before.as_ref().expect("it has changed");
    assert_eq!((before.net, before.status.as_str()), (at("2026-03-31T00:00:00Z"), "To Be Determined"));
    assert_eq!(before.net_precision.as_ref().map(|precision| precision.id), Some(7));
}

#[sqlx::test(migrator = "warehouse::MIGRATOR", fixtures("board"))]
async fn a_mark_at_a_past_time_ignores_later_revisions(pool: PgPool) {
    let db = Db::new(pool, Source::Live, 3600);
    let id = Uuid::from_u128(1);
    let then = async |time: &str| db.revision_marks(&[id], Some(at(time))).await.expect("reads").remove(&id);
    assert_eq!(then("2026-02-28T23:59:59Z").await, None, "not observed yet");
    let first = then("2026-03-18T23:59:59Z").await.expect("observed");
    assert_eq!((first.observed_at, first.closed_count, first.before), (at("2026-03-01T00:00:00Z"), 0, None));
    let second = then("2026-03-19T00:00:00Z").await.expect("observed");
    assert_eq!((second.closed_count, second.before.is_some()), (1, true), "a revision holds from its first instant");
}

#[sqlx::test(migrator = "warehouse::MIGRATOR", fixtures("board"))]
async fn a_deleted_launch_is_reported_for_a_month(pool: PgPool) {
    let deleted_at: DateTime<Utc> =
        sqlx::query_scalar("select deleted_at from fact_launch where deleted_at is not null")
            .fetch_one(&pool)
            .await
            .expect("one is deleted");
    let db = Db::new(pool, Source::Live, 3600);
    let called_off = async |days: i64| {
        let db = db.clone().frozen_at(deleted_at + chrono::TimeDelta::days(days));
        db.lately_deleted().await.expect("reads").len()
    };
    assert_eq!((called_off(29).await, called_off(31).await), (1, 0));
}
