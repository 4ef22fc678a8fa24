//! Separate databases for each test on the server in `DATABASE_URL`.

#![expect(clippy::disallowed_methods, reason = "the environment configures the tests")]

use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU32, Ordering};

use chrono::{DateTime, Utc};
use ingest::invariants::{self, Content, Violation};
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use tokio::sync::{MappedMutexGuard, Mutex, MutexGuard};
use url::Url;

use crate::program::BUDGET;

/// A database for simulated launches; removed by [`Database::drop`], which a failed test never reaches.
#[derive(Debug)]
pub(crate) struct Database {
    name: String,
    session: Mutex<Option<PgConnection>>,
}

impl Database {
    /// Creates an empty database, even without the schema that `cargo xtask test` puts into `template1`: these tests also break a fresh
    /// start.
    pub(crate) async fn create() -> Self {
        Self::make("template0", "_simulated").await
    }

    /// Creates an empty database for launches that are not simulated.
    pub(crate) async fn create_live() -> Self {
        Self::make("template0", "").await
    }

    /// Creates a copy; no other session may be connected to the original.
    pub(crate) async fn copy(&self) -> Self {
        if let Some(session) = self.session.lock().await.take() {
            session.close().await.expect("the session is idle");
        }
        Self::make(&self.name, "_simulated").await
    }

    async fn make(template: &str, ending: &str) -> Self {
        static MADE: AtomicU32 = AtomicU32::new(0);
        let number = MADE.fetch_add(1, Ordering::SeqCst);
        let name = format!("mooncoon_test_{}_{number}{ending}", std::process::id());
        // `create database` needs exclusive access to the template; a session that was just closed takes a moment to end.
        for _ in 0..50 {
            let statement = format!("create database {name} template {template}");
            match sqlx::query(AssertSqlSafe(statement)).execute(&mut admin().await).await {
                Ok(_) => return Self { name, session: Mutex::new(None) },
                Err(error) if error.as_database_error().and_then(|it| it.code()).as_deref() == Some("55006") => {
                    tokio::time::sleep(std::time::Duration::from_millis(100)).await;
                }
                Err(error) => panic!("could not make {name}: {error}"),
            }
        }
        panic!("a connection to {template} stays open");
    }

    /// Returns its `DATABASE_URL`.
    pub(crate) fn url(&self) -> String {
        url(&self.name)
    }

    /// Returns the session of the queries below. It is opened once, because most of the time of a short query is planning.
    async fn session(&self) -> MappedMutexGuard<'_, PgConnection> {
        let mut session = self.session.lock().await;
        if session.is_none() {
            *session = Some(PgConnection::connect(&self.url()).await.expect("the database was made"));
        }
        MutexGuard::map(session, |session| session.as_mut().expect("it was opened just now"))
    }

    /// Returns the published content.
    pub(crate) async fn content(&self) -> Content {
        Content::read(&mut *self.session().await).await.expect("the database is migrated")
    }

    /// Returns every violated invariant.
    pub(crate) async fn violations(&self) -> Vec<Violation> {
        let mut violations = self.violations_beside(BUDGET).await;
        let mut session = self.session().await;
        violations.extend(invariants::landing_violations(&mut session).await.expect("the queries are right"));
        violations
    }

    /// Returns the violated invariants that are queries, all in one snapshot; also usable while a program is running.
    pub(crate) async fn violations_beside(&self, budget: NonZeroU32) -> Vec<Violation> {
        let mut session = self.session().await;
        let mut moment =
            session.begin_with("begin isolation level repeatable read").await.expect("the session is idle");
        let violations = invariants::violations(&mut moment, budget).await.expect("the queries are right");
        moment.rollback().await.expect("nothing was written");
        violations
    }

    /// Returns the number that a query selects.
    pub(crate) async fn count(&self, sql: &'static str) -> i64 {
        sqlx::query_scalar(sql).fetch_one(&mut *self.session().await).await.expect("the query is right")
    }

    /// Saves every row, for [`Database::reset`].
    pub(crate) async fn remember(&self) {
        // The calendar and the migrations do not change, and the first is larger than all other tables together.
        self.execute(
            "create schema remembered;
            do $$
            declare
                relation record;
                restore text := '';
            begin
                for relation in
                    select table_name as name, string_agg(quote_ident(column_name), ', ') as columns
                    from information_schema.tables
                    inner join information_schema.columns using (table_schema, table_name)
                    where table_schema = 'public'
                        and table_type = 'BASE TABLE'
                        and is_generated = 'NEVER'
                        and table_name not in ('dim_date', '_sqlx_migrations')
                    group by table_name
                loop
                    execute format('create table remembered.%1$I as select %2$s from public.%1$I', relation.name, relation.columns);
                    restore := restore || format(
                        'delete from public.%1$I;
                        insert into public.%1$I (%2$s) overriding system value select %2$s from remembered.%1$I;',
                        relation.name,
                        relation.columns
                    );
                end loop;
                -- Foreign keys are triggers; the rows were right together before.
                execute format(
                    'create function remembered.restore() returns void language sql set session_replication_role = replica as %L', restore
                );
            end
            $$",
        )
        .await;
    }

    /// Waits until no program is connected, then restores every row.
    pub(crate) async fn reset(&self) {
        self.wait_for_quiet().await;
        self.execute("select remembered.restore()").await;
    }

    /// Waits until the server has noticed that a program's connections are closed.
    pub(crate) async fn wait_for_quiet(&self) {
        let others = "select count(*) from pg_stat_activity
            where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'";
        while self.count(others).await > 0 {
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
    }

    /// Returns what other sessions do in this database. Uses a separate session: the usual one may be in the middle of a query.
    pub(crate) async fn sessions(&self) -> Vec<String> {
        let sql = "select concat_ws(' ', pid, state, wait_event_type, wait_event, pg_blocking_pids(pid)::text, left(query, 100))
            from pg_stat_activity
            where datname = $1 and backend_type = 'client backend'";
        sqlx::query_scalar(sql).bind(&self.name).fetch_all(&mut admin().await).await.expect("the query is right")
    }

    /// Returns the run in progress.
    pub(crate) async fn running(&self) -> Option<i64> {
        let sql = "select ingest_run_id from ingest_run where state = 'running'";
        sqlx::query_scalar(sql).fetch_optional(&mut *self.session().await).await.expect("the query is right")
    }

    /// Returns the `application_name` of the lease holder's sessions, and its run.
    pub(crate) async fn holder(&self) -> Option<(String, i64)> {
        let sql = "select application_name, ingest_run_id
            from ingest_lease
            inner join pg_stat_activity on pid = backend_pid and backend_start = backend_started_at
            inner join ingest_run using (epoch)
            where ingest_run.state = 'running'";
        sqlx::query_as(sql).fetch_optional(&mut *self.session().await).await.expect("the query is right")
    }

    /// Returns whether a later run has published.
    pub(crate) async fn has_published_since(&self, run_id: i64) -> bool {
        let sql = "select exists (select from ingest_run where ingest_run_id > $1 and state = 'succeeded')";
        sqlx::query_scalar(sql).bind(run_id).fetch_one(&mut *self.session().await).await.expect("the query is right")
    }

    /// Returns whether a run was abandoned by its program.
    pub(crate) async fn is_abandoned(&self, run_id: i64) -> bool {
        let sql = "select state = 'failed' from ingest_run where ingest_run_id = $1";
        sqlx::query_scalar(sql).bind(run_id).fetch_one(&mut *self.session().await).await.expect("the query is right")
    }

    /// Returns for each request with a 429 its id, when it was sent, and when the response was recorded.
    pub(crate) async fn throttled(&self) -> Vec<(i64, DateTime<Utc>, DateTime<Utc>)> {
        let sql = "select ingest_request_id, sent_at, finished_at from ingest_request where outcome = 'throttled'";
        sqlx::query_as(sql).fetch_all(&mut *self.session().await).await.expect("the query is right")
    }

    /// Moves the requests in the budget back in steps of twenty minutes until fewer than `count` of them were sent within the hour. The
    /// observation times of the data and the duration of a 429 stay the same.
    pub(crate) async fn make_room(&self, count: i64) {
        let sent = "select count(*) from ingest_request
            where purpose not in ('import', 'throttle', 'resumed') and sent_at > clock_timestamp() - interval '1 hour'";
        while self.count(sent).await >= count {
            self.execute("update ingest_request set sent_at = sent_at - interval '20 minutes'").await;
        }
    }

    /// Returns the hash of everything that is published.
    pub(crate) async fn content_hash(&self) -> String {
        let sql = "select content_hash()";
        sqlx::query_scalar(sql).fetch_one(&mut *self.session().await).await.expect("the query is right")
    }

    /// Returns when the first run after that one started.
    pub(crate) async fn run_after(&self, run_id: i64) -> Option<DateTime<Utc>> {
        let sql = "select min(started_at) from ingest_run where ingest_run_id > $1";
        sqlx::query_scalar(sql).bind(run_id).fetch_one(&mut *self.session().await).await.expect("the query is right")
    }

    pub(crate) async fn execute(&self, sql: &'static str) {
        sqlx::raw_sql(sql).execute(&mut *self.session().await).await.expect("the statement is right");
    }

    /// Ends its sessions and removes it.
    pub(crate) async fn drop(self) {
        drop(self.session);
        let statement = format!("drop database if exists {} with (force)", self.name);
        sqlx::query(AssertSqlSafe(statement)).execute(&mut admin().await).await.expect("the database is ours");
    }
}

async fn admin() -> PgConnection {
    PgConnection::connect(&url("postgres")).await.expect("DATABASE_URL names a server")
}

fn url(name: &str) -> String {
    let url = std::env::var("DATABASE_URL").expect("DATABASE_URL names a server that may create databases");
    let mut url = Url::parse(&url).expect("DATABASE_URL is a URL");
    url.set_path(name);
    url.into()
}
