use std::{num::NonZeroU32, time::Duration};

use chrono::{DateTime, TimeDelta, Utc};
use ingest::{
    Error, RunOptions, RunReport, Source, Task, Trigger,
    ll2::{Client, ClientOptions},
};
use simulator::{ApiVersion, Clock, InventedOptions, ManualClock, Options, Running, Simulator, WorldSource};
use sqlx::{AssertSqlSafe, PgPool};

/// An invented world and a database whose clocks are advanced together.
pub(crate) struct Stage {
    pool: PgPool,
    pub(crate) running: Running,
    clock: ManualClock,
}

impl Stage {
    /// Starts the world with so many upcoming and past launches.
    pub(crate) async fn new(pool: PgPool, start: DateTime<Utc>, upcoming: usize, past: usize) -> Self {
        let clock = ManualClock::new(start);
        let source = WorldSource::Invented(InventedOptions { upcoming, past, start, ..InventedOptions::default() });
        let options = Options { source, clock: Clock::Manual(clock.clone()), ..Options::default() };
        let running =
            Simulator::bind("127.0.0.1:0".parse().expect("an address"), options).await.expect("a free port").spawn();
        let stage = Self { pool, running, clock };
        stage.advance(TimeDelta::zero()).await;
        stage
    }

    pub(crate) async fn advance(&self, by: TimeDelta) {
        self.clock.advance(by);
        // The clock keeps running, so that later events of a run have a later time.
        #[expect(clippy::disallowed_methods, reason = "the database's clock is set relative to this one")]
        let behind = (Utc::now() - self.clock.now()).num_milliseconds();
        let clock = format!(
            "create or replace function ingest_now() returns timestamptz language sql volatile
            as $$ select clock_timestamp() - interval '{behind} milliseconds' $$"
        );
        sqlx::raw_sql(AssertSqlSafe(clock)).execute(&self.pool).await.expect("the schema is ours");
    }

    pub(crate) async fn perform(&self, version: ApiVersion, task: Task) -> Result<RunReport, Error> {
        let options =
            ClientOptions { backoff: Duration::from_millis(1), ..ClientOptions::new(self.running.base_url(version)) };
        let client = Client::new(options).expect("a good base URL");
        let options = RunOptions {
            budget: NonZeroU32::new(1000).expect("a budget"),
            poll_interval: Duration::from_secs(3600),
            source: Source::Simulated,
            world_now: None,
        };
        ingest::perform(&self.pool, &client, &options, Trigger::Command, task).await
    }
}
