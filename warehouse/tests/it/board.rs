use domain::{MoonTier, Source};
use uuid::Uuid;
use warehouse::{Db, PgPool};

#[sqlx::test(migrator = "warehouse::MIGRATOR", fixtures("board"))]
async fn the_board_lists_upcoming_launches_in_net_order(pool: PgPool) {
    let db = Db::new(pool, Source::Live, 3600);
    let launches = db.upcoming().await.expect("reads");
    let ids: Vec<_> = launches.iter().map(|launch| launch.id).collect();
    assert_eq!(ids, [Uuid::from_u128(1), Uuid::from_u128(2)], "the flown and the deleted one are not on it");

    let lander = &launches[0];
    assert_eq!(lander.title(), "Lander One");
    assert_eq!(lander.moon.tier, MoonTier::LunarOrbit);
    assert_eq!(lander.location.timezone.as_deref(), Some("America/New_York"));
    assert_eq!(lander.crewed, Some(false), "its record was detailed and named no crew");
    let programs: Vec<_> = lander.programs.iter().map(|program| program.name.as_str()).collect();
    assert_eq!(programs, ["Artemis", "CLPS"]);

    let vague = &launches[1];
    assert_eq!(vague.title(), "Unknown Payload");
    assert_eq!((vague.mission.as_ref(), vague.orbit.as_ref(), vague.crewed), (None, None, None));
    assert_eq!(vague.moon.tier, MoonTier::Unknown);
}

#[sqlx::test(migrator = "warehouse::MIGRATOR", fixtures("board"))]
async fn a_launch_is_read_with_its_own_children_only(pool: PgPool) {
    let db = Db::new(pool, Source::Live, 3600);
    let detail = db.launch_detail(Uuid::from_u128(1)).await.expect("reads").expect("exists");
    let updates: Vec<_> = detail.updates.iter().map(|update| update.id).collect();
    assert_eq!(updates, [32, 31], "newest first; 33 belongs to another launch");
    assert!(detail.crew.is_empty());
    let revisions: Vec<_> = detail.revisions.iter().map(|revision| revision.number).collect();
    assert_eq!(revisions, [2, 1]);
    assert_eq!(detail.changes.len(), 1);
    assert_eq!(detail.changes[0].net_precision_before.as_ref().map(|precision| precision.id), Some(7));
    assert_eq!(detail.pad.total_launch_count, None);

    assert!(db.launch_detail(Uuid::from_u128(3)).await.expect("reads").is_some(), "a flown launch keeps its page");
    assert!(db.launch_detail(Uuid::from_u128(9)).await.expect("reads").is_none());
}

#[sqlx::test(migrator = "warehouse::MIGRATOR", fixtures("board"))]
async fn each_picture_is_listed_once(pool: PgPool) {
    let mut urls = Db::new(pool, Source::Live, 3600).image_urls().await.expect("reads");
    urls.sort();
    assert_eq!(urls, ["https://media.example/a.jpg", "https://media.example/b.jpg"]);
}

#[sqlx::test(migrator = "warehouse::MIGRATOR", fixtures("board"))]
async fn the_board_is_read_once_per_run_and_again_after_the_next(pool: PgPool) {
    let db = Db::new(pool.clone(), Source::Live, 3600);
    assert_eq!(db.board().await.expect("reads").launches.len(), 2);
    let leave = "update fact_launch set is_upcoming = false where launch_id = '00000000-0000-0000-0000-000000000002'";
    sqlx::query(leave).execute(&pool).await.expect("updates");
    assert_eq!(db.board().await.expect("reads").launches.len(), 2, "no run has published that");
    let publish =
        "insert into ingest_run (kind, trigger, source, base_url, api_version, state, finished_at, observed_at)
                   values ('sweep', 'schedule', 'live', 'https://ll2.example/2.3.0', '2.3.0', 'succeeded',
                           '2026-03-23 10:46:00+00', '2026-03-23 10:45:00+00')";
    sqlx::query(publish).execute(&pool).await.expect("inserts");
    assert_eq!(db.board().await.expect("reads").launches.len(), 1);
}

#[sqlx::test(migrator = "warehouse::MIGRATOR", fixtures("board"))]
async fn without_the_database_the_last_board_read_is_served(pool: PgPool) {
    let db = Db::new(pool.clone(), Source::Live, 3600);
    db.keep_published().await.expect("reads");
    let before = db.board().await.expect("reads");
    assert_eq!(before.freshness.unreachable_since, None);
    let ids: Vec<_> = before.launches.iter().map(|launch| launch.id).collect();
    let marks = db.revision_marks(&ids, None).await.expect("reads");
    let deleted = db.lately_deleted().await.expect("reads");

    pool.close().await;
    let after = db.board().await.expect("is remembered");
    assert_eq!(after.launches, before.launches);
    assert!(after.freshness.unreachable_since.is_some());
    assert_eq!(after.freshness.as_of, before.freshness.as_of);
    assert!(after.now >= before.now, "the clock advances");
    assert_eq!(db.revision_marks(&ids, None).await.expect("are remembered"), marks);
    assert_eq!(db.lately_deleted().await.expect("are remembered"), deleted);
    for (what, error) in [
        ("the past", db.whole_board().await.err()),
        ("another time", db.board_as_of(before.now).await.err()),
        ("a launch", db.launch_detail(ids[0]).await.err()),
        ("the pipeline", db.pipeline(None).await.err()),
        ("marks of then", db.revision_marks(&ids, Some(before.now)).await.err()),
        ("who has read nothing", Db::new(pool, Source::Live, 3600).board().await.err()),
    ] {
        assert!(error.is_some_and(|error| error.is_unavailable()), "{what}");
    }
}
