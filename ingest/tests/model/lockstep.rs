//! Compares the model's store with the SQL that it stands for: the same writes to both must give the same reads from
//! both.
//!
//! Without this, a model proves something only about itself.

use chrono::{DateTime, Utc};
use ingest::Task;
use sqlx::{PgConnection, PgPool, Row as _};

use crate::{
    ll2::{Address, HOUR, MINUTE, Millis, SECOND},
    store::{LEASE_LIFETIME, Outcome, Purpose, Store, time},
    world::{Random, START},
};

const SEQUENCES: u64 = 60;
const STEPS: usize = 50;
/// The error text of an abandoned run.
const ABANDONED: &str = "the program ended";

struct Bench<'a> {
    connection: &'a mut PgConnection,
    store: Store,
    now: Millis,
    random: Random,
    /// Unsettled requests: the store's number and Postgres's.
    open: Vec<(usize, i64)>,
    /// The current run: the store's number, Postgres's, and its task.
    run: Option<(u32, i64, Task)>,
    was_throttled: bool,
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn the_model_and_the_sql_give_equal_results(pool: PgPool) {
    let mut connection = pool.acquire().await.unwrap();
    sqlx::raw_sql(
        "create or replace function ingest_now() returns timestamptz language sql volatile
        as $$ select current_setting('test.now')::timestamptz $$",
    )
    .execute(&mut *connection)
    .await
    .unwrap();
    let mut met = [0_u32; 4];
    for seed in 0..SEQUENCES {
        let mut random = Random(seed);
        let configured = 3 + u32::try_from(random.below(12)).unwrap();
        let store = Store::new(configured, HOUR, 100);
        let mut bench = Bench {
            connection: &mut connection,
            store,
            now: START,
            random,
            open: Vec::new(),
            run: None,
            was_throttled: false,
        };
        bench.begin().await;
        for step in 0..STEPS {
            bench.step().await;
            let seen = bench.compare(&format!("seed {seed}, step {step}")).await;
            met.iter_mut().zip(seen).for_each(|(met, seen)| *met += u32::from(seen));
        }
    }
    // Each of these cases must have occurred often enough in the comparisons.
    assert!(met.iter().all(|&met| met > 20), "throttled, queried, doubted, resumed: {met:?}");
}

impl Bench<'_> {
    async fn begin(&mut self) {
        let emptied = "truncate ingest_run, ingest_request, ingest_allowance, raw_ll2_page cascade;
            update ingest_lease set holder = null, expires_at = null, backend_pid = null, backend_started_at = null, epoch = 0";
        sqlx::raw_sql(emptied).execute(&mut *self.connection).await.expect("the database is ours");
        // The cascade also emptied the table of cursors, which the migrations fill.
        let feeds = "insert into ingest_cursor (feed) values ('changed'), ('history') on conflict do nothing";
        sqlx::raw_sql(feeds).execute(&mut *self.connection).await.expect("the database is ours");
        self.set_time().await;
    }

    async fn set_time(&mut self) {
        sqlx::query("select set_config('test.now', $1, false)")
            .bind(time(self.now).to_rfc3339())
            .execute(&mut *self.connection)
            .await
            .expect("a setting of our own");
    }

    async fn step(&mut self) {
        match self.random.below(20) {
            0..=4 => self.pass(3_000).await,
            5..=7 => self.pass(1_500_000).await,
            8 => {
                self.now += self.random.below(4 * HOUR) - 2 * HOUR;
                self.set_time().await;
            }
            9 => self.open_run().await,
            10 => self.end_run().await,
            11 => self.note_throttle().await,
            12 => self.take_lease().await,
            13..=16 => self.reserve().await,
            _ => self.settle().await,
        }
    }

    async fn pass(&mut self, at_most: Millis) {
        self.now += self.random.below(at_most);
        self.set_time().await;
    }

    async fn open_run(&mut self) {
        let tasks = [Task::Sweep, Task::Sweep, Task::Changed, Task::FollowUp, Task::Backfill];
        let task = tasks[usize::try_from(self.random.below(5)).expect("few")];
        sqlx::query(
            "update ingest_run set state = 'failed', error = $1, finished_at = ingest_now() where state = 'running'",
        )
        .bind(ABANDONED)
        .execute(&mut *self.connection)
        .await
        .expect("the database is ours");
        let number = self.store.open_run(self.now);
        // The process that could have settled them is gone.
        self.open.clear();
        let id = sqlx::query_scalar(
            "insert into ingest_run (kind, trigger, source, base_url, api_version, started_at)
            values ($1, 'schedule', 'simulated', 'http://127.0.0.1/2.3.0/', '2.3.0', ingest_now())
            returning ingest_run_id",
        )
        .bind(task.as_str())
        .fetch_one(&mut *self.connection)
        .await
        .expect("the database is ours");
        self.run = Some((number, id, task));
        self.was_throttled = false;
    }

    async fn end_run(&mut self) {
        let Some((number, id, task)) = self.run.take() else { return };
        self.open.clear();
        let is_resumable = self.random.below(2) == 0;
        if self.random.below(2) == 0 {
            self.store.succeed(self.now, number, task, is_resumable);
            self.close_run(id, "succeeded", None, false, is_resumable).await;
        } else {
            let is_deferred = self.random.below(2) == 0;
            self.store.fail(self.now, number, task, is_resumable, !is_deferred || self.was_throttled);
            self.close_run(id, "failed", Some("LL2 was away"), is_deferred, is_resumable).await;
        }
    }

    async fn close_run(&mut self, id: i64, state: &str, error: Option<&str>, is_deferred: bool, is_resumable: bool) {
        sqlx::query(
            "update ingest_run
            set
                state = $2,
                error = $3,
                deferred_until = case when $4 then ingest_now() + interval '1 minute' end,
                is_resumable = $5,
                finished_at = ingest_now()
            where ingest_run_id = $1",
        )
        .bind(id)
        .bind(state)
        .bind(error)
        .bind(is_deferred)
        .bind(is_resumable)
        .execute(&mut *self.connection)
        .await
        .expect("the database is ours");
    }

    async fn reserve(&mut self) {
        let Some((number, id, _)) = self.run else { return };
        let index = self.random.below(3);
        let (purpose, address) = match self.random.below(4) {
            0 | 1 => (Purpose::Upcoming, Address::Upcoming { offset: usize::try_from(index).expect("few") }),
            2 => (Purpose::Changed, Address::Changed { since: index, offset: 0 }),
            _ => (Purpose::History, Address::History { until: None, offset: 0 }),
        };
        let Ok(request) = self.store.reserve(self.now, number, purpose, address) else { return };
        let row = sqlx::query_scalar(
            "insert into ingest_request (ingest_run_id, purpose, url, sent_at) values ($1, $2, $3, ingest_now())
            returning ingest_request_id",
        )
        .bind(id)
        .bind(word(purpose))
        .bind(format!("{address:?}"))
        .fetch_one(&mut *self.connection)
        .await
        .expect("the database is ours");
        self.open.push((request, row));
    }

    async fn settle(&mut self) {
        let Some((request, row)) = self.open.pop() else { return };
        let outcome = match self.random.below(5) {
            0..=2 => Outcome::Accepted(self.random.next()),
            3 => Outcome::Failed,
            _ => Outcome::Throttled(self.random.below(40) * MINUTE),
        };
        self.store.settle(self.now, request, outcome);
        let (outcome, page, pause) = match outcome {
            Outcome::Accepted(sha) => ("accepted", Some(self.land(sha).await), None),
            Outcome::Throttled(pause) => {
                self.was_throttled |= self
                    .run
                    .is_some_and(|(number, ..)| self.store.requests[request - self.store.first_request].run == number);
                ("throttled", None, i32::try_from(pause / SECOND).ok())
            }
            Outcome::Failed | Outcome::Gone | Outcome::Sent => ("failed", None, None),
        };
        sqlx::query(
            "update ingest_request set finished_at = ingest_now(), outcome = $2, page_sha256 = $3, retry_after_seconds = $4
            where ingest_request_id = $1",
        )
        .bind(row)
        .bind(outcome)
        .bind(page)
        .bind(pause)
        .execute(&mut *self.connection)
        .await
        .expect("the database is ours");
    }

    async fn land(&mut self, sha: u64) -> Vec<u8> {
        let page = sha_bytes(sha);
        sqlx::query(
            "insert into raw_ll2_page (sha256, ingest_run_id, url, api_version, observed_at, body_bytes, body_zstd)
            select $1, max(ingest_run_id), '', '2.3.0', ingest_now(), 0, '' from ingest_run",
        )
        .bind(&page)
        .execute(&mut *self.connection)
        .await
        .expect("the database is ours");
        let body = crate::ll2::Page { launches: Vec::new(), count: 0, next: None, sha };
        self.store.landed.insert(sha, body.into());
        page
    }

    async fn note_throttle(&mut self) {
        let Some((_, id, _)) = self.run else { return };
        let (used, limit) = (self.random.below(18), 1 + self.random.below(20));
        let was_clock_set = self.random.below(3) == 0;
        let small = |number: Millis| u32::try_from(number).expect("few");
        self.store.note_throttle(self.now, small(limit), small(used), was_clock_set);
        sqlx::query(include_str!("../../sql/note_throttle.sql"))
            .bind(id)
            .bind("http://127.0.0.1/2.3.0/api-throttle/")
            .bind(i32::try_from(limit).expect("few"))
            .bind(3600)
            .bind(i32::try_from(used).expect("few"))
            .bind(was_clock_set)
            .execute(&mut *self.connection)
            .await
            .expect("the statement is good");
    }

    /// Takes the lease with a live session: this one.
    async fn take_lease(&mut self) {
        let taken: Option<i64> = sqlx::query_scalar(include_str!("../../sql/take_lease.sql"))
            .bind(sqlx::types::Uuid::from_u128(self.random.next().into()))
            .bind(LEASE_LIFETIME as f64 / 1000.0)
            .fetch_optional(&mut *self.connection)
            .await
            .expect("the statement is good");
        let lease = &mut self.store.lease;
        assert_eq!(taken.is_some(), lease.is_free(self.now, false), "whether the lease may be taken");
        if let Some(epoch) = taken {
            lease.epoch += 1;
            lease.holder = Some(1);
            lease.expires_at = self.now + LEASE_LIFETIME;
            assert_eq!(u64::try_from(epoch).ok(), Some(lease.epoch));
        }
    }

    /// Compares everything that a decision reads, from both sides. Returns which cases occurred.
    async fn compare(&mut self, at: &str) -> [bool; 4] {
        let row = sqlx::query(include_str!("../../sql/allowance.sql"))
            .fetch_one(&mut *self.connection)
            .await
            .expect("the statement is good");
        let allowance = self.store.allowance(self.now);
        assert_eq!(row.get::<Vec<DateTime<Utc>>, _>("sent"), allowance.sent, "{at}: sent");
        assert_eq!(row.get::<Option<DateTime<Utc>>, _>("silent_until"), allowance.silent_until, "{at}: silent_until");
        let told = allowance.told.map(|told| {
            let number = |number: u32| i32::try_from(number).expect("few");
            (told.at, told.request_limit.map(number), number(told.foreign_use))
        });
        let in_sql = row
            .get::<Option<DateTime<Utc>>, _>("told_at")
            .map(|told_at| (told_at, row.get("request_limit"), row.get::<i32, _>("foreign_use")));
        assert_eq!(in_sql, told, "{at}: told");

        let mut is_doubted = false;
        for is_unsure in [false, true] {
            let should: bool = sqlx::query_scalar(include_str!("../../sql/should_consult.sql"))
                .bind(is_unsure)
                .fetch_one(&mut *self.connection)
                .await
                .expect("the statement is good");
            assert_eq!(should, self.store.should_consult(self.now, is_unsure), "{at}: consult, unsure {is_unsure}");
            is_doubted |= should && !is_unsure;
        }

        let situation = self.store.situation(self.now);
        let row = sqlx::query(include_str!("../../sql/situation.sql"))
            .bind(ABANDONED)
            .fetch_one(&mut *self.connection)
            .await
            .expect("the statement is good");
        let moments = ["swept_at", "looked_at", "history_asked_at", "failed_at", "ended_at"];
        let in_sql = moments.map(|name| row.get::<Option<DateTime<Utc>>, _>(name));
        let in_model = [
            situation.swept_at,
            situation.looked_at,
            // Only the newest day's value matters to the plan.
            situation.history_asked_at.filter(|asked_at| *asked_at > time(self.now - 24 * HOUR)),
            situation.failed_at.filter(|_| situation.failures > 0),
            situation.ended_at,
        ];
        assert_eq!(in_sql, in_model, "{at}: {moments:?}");
        let counts = ["landed_page_count", "failure_count"].map(|name| row.get::<i64, _>(name));
        let in_model = [situation.landed_pages.unwrap_or(0), situation.failures].map(i64::from);
        assert_eq!(counts, in_model, "{at}: landed pages, failures");
        let resumed = self.resume(at).await;
        [allowance.silent_until.is_some(), told.is_some(), is_doubted, resumed]
    }

    /// Runs in a transaction that is rolled back, because reading a landed page also adds it to the run's log.
    async fn resume(&mut self, at: &str) -> bool {
        let Some((number, id, _)) = self.run else { return false };
        let mut is_there = false;
        for offset in 0..3 {
            let address = Address::Upcoming { offset };
            sqlx::raw_sql("begin").execute(&mut *self.connection).await.expect("a transaction");
            let found: Option<(Vec<u8>, DateTime<Utc>)> = sqlx::query_as(include_str!("../../sql/resume_page.sql"))
                .bind(id)
                .bind(format!("{address:?}"))
                .fetch_optional(&mut *self.connection)
                .await
                .expect("the statement is good");
            sqlx::raw_sql("rollback").execute(&mut *self.connection).await.expect("a transaction");
            let in_model = self.store.resume(self.now, number, address);
            let in_model = in_model.map(|(page, observed_at)| (sha_bytes(page.sha), time(observed_at)));
            is_there |= found.is_some();
            assert_eq!(found, in_model, "{at}: page {offset} of an earlier sweep");
        }
        is_there
    }
}

fn word(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Upcoming => "upcoming",
        Purpose::Changed => "changed",
        Purpose::FollowUp => "follow_up",
        Purpose::History => "history",
    }
}

fn sha_bytes(sha: u64) -> Vec<u8> {
    sha.to_be_bytes().repeat(4)
}
