//! The lease, and what it prevents.

use std::{num::NonZeroU32, time::Duration};

use ingest::{
    Error, Outcome, RunOptions, RunReport, Source, Trigger,
    ll2::{Client, ClientOptions},
};
use simulator::{ApiVersion, Clock, Fault, FaultKind, Options, Running, Simulator, WorldSource};
use sqlx::{Connection, PgConnection, PgPool};

use crate::fixture::{self, Files, at, count, launch, list, published};

async fn serve(files: &Files, numbers: &[u32]) -> Running {
    let launches: Vec<_> = numbers.iter().map(|&number| launch(number)).collect();
    let options = Options {
        source: WorldSource::Replay(vec![files.write("upcoming1.json", &list(&launches))]),
        clock: Clock::Fixed(at("2026-02-01T00:00")),
        ..Options::default()
    };
    Simulator::bind("127.0.0.1:0".parse().expect("an address"), options).await.expect("a free port").spawn()
}

async fn run(pool: &PgPool, running: &Running) -> Result<RunReport, Error> {
    let client = Client::new(ClientOptions::new(running.base_url(ApiVersion::V220))).expect("a good base URL");
    let budget = NonZeroU32::new(1000).expect("a budget");
    let options =
        RunOptions { budget, poll_interval: Duration::from_secs(3600), source: Source::Simulated, world_now: None };
    ingest::run(pool, &client, &options, Trigger::Command).await
}

/// Simulates another process that holds the lease and never renews it.
async fn other(pool: &PgPool, expires_in: &str) -> PgConnection {
    let mut session = PgConnection::connect_with(&pool.connect_options()).await.expect("the database is ours");
    sqlx::query(
        "update ingest_lease
        set
            epoch = epoch + 1,
            holder = gen_random_uuid(),
            backend_pid = pg_backend_pid(),
            backend_started_at = (select backend_start from pg_stat_activity where pid = pg_backend_pid()),
            expires_at = ingest_now() + $1::interval",
    )
    .bind(expires_in)
    .execute(&mut session)
    .await
    .expect("the database is ours");
    session
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn a_lease_is_taken_when_it_expires_and_not_before(pool: PgPool) {
    let files = Files::new();
    let running = serve(&files, &[1]).await;
    let _session = other(&pool, "5 seconds").await;
    assert_eq!(run(&pool, &running).await.unwrap().outcome, Outcome::Busy);
    assert!(fixture::asked(&running).is_empty());
    sqlx::query("update ingest_lease set expires_at = ingest_now()").execute(&pool).await.unwrap();
    assert_eq!(run(&pool, &running).await.unwrap().outcome, Outcome::Published);
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn a_lease_whose_session_is_gone_is_not_waited_for(pool: PgPool) {
    let files = Files::new();
    let running = serve(&files, &[1]).await;
    let session = other(&pool, "5 seconds").await;
    assert_eq!(run(&pool, &running).await.unwrap().outcome, Outcome::Busy);
    session.close().await.unwrap();
    // The backend ends some time after its client.
    while count(&pool, "select count(*) from pg_stat_activity where pid = (select backend_pid from ingest_lease)").await
        > 0
    {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert_eq!(run(&pool, &running).await.unwrap().outcome, Outcome::Published);
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn a_lease_far_in_the_future_counts_as_a_clock_set_back(pool: PgPool) {
    let files = Files::new();
    let running = serve(&files, &[1]).await;
    let _session = other(&pool, "2 hours").await;
    assert_eq!(run(&pool, &running).await.unwrap().outcome, Outcome::Published);
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn a_run_that_lost_its_lease_publishes_nothing(pool: PgPool) {
    let files = Files::new();
    let running = serve(&files, &[1]).await;
    run(&pool, &running).await.unwrap();
    let (before, runs) = (published(&pool).await, count(&pool, "select max(ingest_run_id) from ingest_run").await);
    let more = serve(&files, &[1, 2]).await;
    // The lease changes hands at the last statement before the fence, so the renewal task cannot have noticed it.
    sqlx::raw_sql(
        "create function lose_lease() returns trigger language plpgsql as $$
        begin
            update ingest_lease set epoch = epoch + 1, holder = gen_random_uuid();
            return new;
        end
        $$;
        create trigger lose_lease after update of record_count on ingest_run for each row execute function lose_lease()",
    )
    .execute(&pool)
    .await
    .unwrap();
    let error = run(&pool, &more).await.unwrap_err();
    assert!(matches!(error, Error::LeaseLost { .. }), "{error}");
    assert_eq!(published(&pool).await, before);
    assert_eq!(count(&pool, "select max(ingest_run_id) from ingest_run where state = 'failed'").await, runs + 1);
    assert_eq!(count(&pool, "select count(*) from raw_ll2_page").await, 2, "the responses of LL2 are kept");

    sqlx::raw_sql("drop trigger lose_lease on ingest_run").execute(&pool).await.unwrap();
    let asked = fixture::asked(&more).len();
    more.set_faults(vec![Fault::always(FaultKind::Html)]);
    run(&pool, &more).await.unwrap();
    assert_eq!(fixture::asked(&more).len(), asked, "landed pages are not requested again");
    assert_eq!(count(&pool, "select count(*) from fact_launch").await, 2);
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn an_epoch_is_never_shared(pool: PgPool) {
    let files = Files::new();
    let running = serve(&files, &[1]).await;
    for _ in 0..3 {
        let (one, two, three) = tokio::join!(run(&pool, &running), run(&pool, &running), run(&pool, &running));
        let outcomes = [one.unwrap().outcome, two.unwrap().outcome, three.unwrap().outcome];
        assert!(outcomes.contains(&Outcome::Published), "{outcomes:?}");
    }
    let (runs, epochs) = (
        count(&pool, "select count(*) from ingest_run").await,
        count(&pool, "select count(distinct epoch) from ingest_run").await,
    );
    assert_eq!(runs, epochs);
}
