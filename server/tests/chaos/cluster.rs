//! Databases of a test's own on the server that `DATABASE_URL` names.

#![expect(clippy::disallowed_methods, reason = "what the tests are to work with is said in the environment")]

use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU32, Ordering};

use chrono::{DateTime, Utc};
use ingest::invariants::{self, Content, Violation};
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use tokio::sync::{MappedMutexGuard, Mutex, MutexGuard};
use url::Url;

use crate::program::BUDGET;

/// A database for simulated launches; dropped by [`Database::drop`], which a failed test never reaches.
#[derive(Debug)]
pub(crate) struct Database {
    name: String,
    session: Mutex<Option<PgConnection>>,
}

impl Database {
    /// An empty one, without even the schema that `cargo xtask test` puts into `template1`: a fresh start is part of what is broken here.
    pub(crate) async fn create() -> Self {
        Self::make("template0", "_simulated").await
    }

    /// An empty one for launches that are not simulated.
    pub(crate) async fn create_live() -> Self {
        Self::make("template0", "").await
    }

    /// A copy, to which nobody may be connected.
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
        // `create database` wants the template to itself; a session that has just been closed takes a moment to go.
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
        panic!("somebody stays connected to {template}");
    }

    /// What `DATABASE_URL` must be for it.
    pub(crate) fn url(&self) -> String {
        url(&self.name)
    }

    /// The session of the questions below: opened once, since most of a short question's time is planning it.
    async fn session(&self) -> MappedMutexGuard<'_, PgConnection> {
        let mut session = self.session.lock().await;
        if session.is_none() {
            *session = Some(PgConnection::connect(&self.url()).await.expect("the database was made"));
        }
        MutexGuard::map(session, |session| session.as_mut().expect("it was opened just now"))
    }

    /// What is published in it.
    pub(crate) async fn content(&self) -> Content {
        Content::read(&mut *self.session().await).await.expect("the database is migrated")
    }

    /// Every invariant that does not hold.
    pub(crate) async fn violations(&self) -> Vec<Violation> {
        let mut violations = self.violations_beside(BUDGET).await;
        let mut session = self.session().await;
        violations.extend(invariants::landing_violations(&mut session).await.expect("the queries are right"));
        violations
    }

    /// The invariants that are queries, all at one moment: while a program is at work, too.
    pub(crate) async fn violations_beside(&self, budget: NonZeroU32) -> Vec<Violation> {
        let mut session = self.session().await;
        let mut moment =
            session.begin_with("begin isolation level repeatable read").await.expect("the session is idle");
        let violations = invariants::violations(&mut moment, budget).await.expect("the queries are right");
        moment.rollback().await.expect("nothing was written");
        violations
    }

    /// The one number a query asks for.
    pub(crate) async fn count(&self, sql: &'static str) -> i64 {
        sqlx::query_scalar(sql).fetch_one(&mut *self.session().await).await.expect("the query is right")
    }

    /// Remembers every row, for [`Database::reset`].
    pub(crate) async fn remember(&self) {
        // The calendar and the migrations do not change, and the first is larger than all the rest.
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

    /// Waits until no program is connected any more, then puts every row back.
    pub(crate) async fn reset(&self) {
        self.wait_for_quiet().await;
        self.execute("select remembered.restore()").await;
    }

    /// Waits until the server has noticed that a program's connections are gone.
    pub(crate) async fn wait_for_quiet(&self) {
        let others = "select count(*) from pg_stat_activity
            where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'";
        while self.count(others).await > 0 {
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
    }

    /// What others do in this database, asked on a session of its own: the usual one may be in the middle of a question.
    pub(crate) async fn sessions(&self) -> Vec<String> {
        let sql = "select concat_ws(' ', pid, state, wait_event_type, wait_event, pg_blocking_pids(pid)::text, left(query, 100))
            from pg_stat_activity
            where datname = $1 and backend_type = 'client backend'";
        sqlx::query_scalar(sql).bind(&self.name).fetch_all(&mut admin().await).await.expect("the query is right")
    }

    /// The run that is at work.
    pub(crate) async fn running(&self) -> Option<i64> {
        let sql = "select ingest_run_id from ingest_run where state = 'running'";
        sqlx::query_scalar(sql).fetch_optional(&mut *self.session().await).await.expect("the query is right")
    }

    /// The name of the sessions of whoever is at work, and its run.
    pub(crate) async fn holder(&self) -> Option<(String, i64)> {
        let sql = "select application_name, ingest_run_id
            from ingest_lease
            inner join pg_stat_activity on pid = backend_pid and backend_start = backend_started_at
            inner join ingest_run using (epoch)
            where ingest_run.state = 'running'";
        sqlx::query_as(sql).fetch_optional(&mut *self.session().await).await.expect("the query is right")
    }

    /// Whether a later run has published.
    pub(crate) async fn has_published_since(&self, run_id: i64) -> bool {
        let sql = "select exists (select from ingest_run where ingest_run_id > $1 and state = 'succeeded')";
        sqlx::query_scalar(sql).bind(run_id).fetch_one(&mut *self.session().await).await.expect("the query is right")
    }

    /// Whether a run lost its program.
    pub(crate) async fn is_abandoned(&self, run_id: i64) -> bool {
        let sql = "select state = 'failed' from ingest_run where ingest_run_id = $1";
        sqlx::query_scalar(sql).bind(run_id).fetch_one(&mut *self.session().await).await.expect("the query is right")
    }

    /// When each request was sent that came back as a 429, and when that was noted; by its number.
    pub(crate) async fn throttled(&self) -> Vec<(i64, DateTime<Utc>, DateTime<Utc>)> {
        let sql = "select ingest_request_id, sent_at, finished_at from ingest_request where outcome = 'throttled'";
        sqlx::query_as(sql).fetch_all(&mut *self.session().await).await.expect("the query is right")
    }

    /// Lets the budget forget so much that fewer than so many requests were sent within the hour, as if twenty minutes had passed, and twenty
    /// more. What was observed when, and how long a 429 lasts, stays.
    pub(crate) async fn make_room(&self, count: i64) {
        let sent = "select count(*) from ingest_request
            where purpose not in ('import', 'throttle', 'resumed') and sent_at > clock_timestamp() - interval '1 hour'";
        while self.count(sent).await >= count {
            self.execute("update ingest_request set sent_at = sent_at - interval '20 minutes'").await;
        }
    }

    /// The hash of everything that is published.
    pub(crate) async fn content_hash(&self) -> String {
        let sql = "select content_hash()";
        sqlx::query_scalar(sql).fetch_one(&mut *self.session().await).await.expect("the query is right")
    }

    /// When the first run after that one began.
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
