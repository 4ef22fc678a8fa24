use domain::Source;
use sqlx::postgres::PgListener;
use warehouse::{Db, PgPool};

/// Ends a run as the job does: the row exists before it ends.
async fn end_run(pool: &PgPool, state: &str) {
    let run: i64 = sqlx::query_scalar(
        "insert into ingest_run (kind, trigger, source, base_url, api_version)
        values ('sweep', 'schedule', 'simulated', 'http://localhost', '2.3.0')
        returning ingest_run_id",
    )
    .fetch_one(pool)
    .await
    .expect("starts a run");
    sqlx::query(
        "update ingest_run
        set state = $2, finished_at = now(), observed_at = now(), error = case when $2 = 'failed' then 'for a reason' end
        where ingest_run_id = $1",
    )
    .bind(run)
    .bind(state)
    .execute(pool)
    .await
    .expect("ends the run");
}

/// Sessions of this database that listen.
const LISTENERS: &str = "from pg_stat_activity where datname = current_database() and query ilike 'listen %'";

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn the_end_of_a_run_is_announced_for_every_outcome(pool: PgPool) {
    let db = Db::new(pool.clone(), Source::Simulated, 3600);
    let mut news = db.news().await.expect("listens");
    end_run(&pool, "succeeded").await;
    news.next().await.expect("receives news");
    end_run(&pool, "failed").await;
    news.next().await.expect("receives news");
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn a_running_or_rolled_back_run_is_not_announced(pool: PgPool) {
    let mut listener = PgListener::connect_with(&pool).await.expect("listens");
    listener.listen("mooncoon_news").await.expect("listens");
    let begin = "insert into ingest_run (kind, trigger, source, base_url, api_version, state, finished_at)
        values ('sweep', 'schedule', 'simulated', 'http://localhost', '2.3.0', $1, case when $1 = 'succeeded' then now() end)";
    sqlx::query(begin).bind("running").execute(&pool).await.expect("starts a run");
    let mut transaction = pool.begin().await.expect("begins");
    sqlx::query(begin).bind("succeeded").execute(&mut *transaction).await.expect("ends a run");
    transaction.rollback().await.expect("rolls back");
    // This must be the first notification, with none before it: notifications keep their order.
    sqlx::query("select pg_notify('mooncoon_news', 'from the test')").execute(&pool).await.expect("tells");
    assert_eq!(listener.recv().await.expect("receives news").payload(), "from the test");
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn a_lost_connection_is_detected_and_replaced(pool: PgPool) {
    let db = Db::new(pool.clone(), Source::Simulated, 3600);
    let mut news = db.news().await.expect("listens");
    let ended: Vec<bool> =
        sqlx::query_scalar(sqlx::AssertSqlSafe(format!("select pg_terminate_backend(pid) {LISTENERS}")))
            .fetch_all(&pool)
            .await
            .expect("ends the session");
    assert_eq!(ended, [true]);
    // Either the listener has reconnected by itself, or it reports that it has not.
    if news.next().await.is_err() {
        news = db.news().await.expect("listens again");
    }
    end_run(&pool, "succeeded").await;
    news.next().await.expect("receives news");
}
