use domain::Source;
use uuid::Uuid;
use warehouse::{Db, PgPool, Shown};

/// The run that saw the newest revision of launch 1, and the one before it.
async fn runs(pool: &PgPool) -> (i64, i64) {
    let newest: i64 = sqlx::query_scalar("select max(ingest_run_id) from fact_launch_revision")
        .fetch_one(pool)
        .await
        .expect("there are revisions");
    (newest, newest - 1)
}

#[sqlx::test(migrator = "warehouse::MIGRATOR", fixtures("board"))]
async fn only_launches_revised_by_a_later_run_have_changed(pool: PgPool) {
    let (newest, before) = runs(&pool).await;
    // Only revisions count here: no record has a later edit date.
    sqlx::query("update fact_launch set last_updated_at = '2000-01-01'").execute(&pool).await.expect("updates");
    let db = Db::new(pool, Source::Live, 3600);
    let ids = [1, 2, 9].map(Uuid::from_u128);
    let shown = Shown { launches: ids.to_vec(), ..Shown::default() };
    assert_eq!(db.changed_since(before, &shown).await.expect("reads"), [ids[0]]);
    assert_eq!(db.changed_since(newest, &shown).await.expect("reads"), Vec::<Uuid>::new());
    let others = Shown { launches: ids[1..].to_vec(), ..Shown::default() };
    assert_eq!(db.changed_since(before, &others).await.expect("reads"), Vec::<Uuid>::new());
    assert_eq!(db.changed_since(before, &Shown::default()).await.expect("reads"), Vec::<Uuid>::new());
}

#[sqlx::test(migrator = "warehouse::MIGRATOR", fixtures("board"))]
async fn an_edit_without_a_revision_is_a_change_and_is_found_by_provider(pool: PgPool) {
    let (newest, _) = runs(&pool).await;
    sqlx::query("update fact_launch set last_updated_at = '2000-01-01'").execute(&pool).await.expect("updates");
    let edited = Uuid::from_u128(2);
    let (provider, rocket, pad): (i32, i32, i32) = sqlx::query_as(
        "update fact_launch
         set last_updated_at = (select observed_at + interval '1 second' from ingest_run where ingest_run_id = $1)
         where launch_id = $2
         returning provider_id, rocket_config_id, pad_id",
    )
    .bind(newest)
    .bind(edited)
    .fetch_one(&pool)
    .await
    .expect("updates");
    let db = Db::new(pool, Source::Live, 3600);
    for shown in [
        Shown { provider: Some(provider), ..Shown::default() },
        Shown { rocket: Some(rocket), ..Shown::default() },
        Shown { pad: Some(pad), ..Shown::default() },
    ] {
        assert_eq!(db.changed_since(newest, &shown).await.expect("reads"), [edited], "{shown:?}");
    }
    let nobody = Shown { provider: Some(-1), ..Shown::default() };
    assert_eq!(db.changed_since(newest, &nobody).await.expect("reads"), Vec::<Uuid>::new());
}
