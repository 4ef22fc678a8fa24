mod row;

use chrono::{DateTime, Duration, Utc};
use domain::{
    Allowance, Backfill, Drift, PipelineState, PlannedTask, Quarantined, RecordDefect, Run, RunDetail, SentRequest,
};
use sqlx::{FromRow, postgres::PgRow};

use crate::{Db, Error, failure::in_public};

use self::row::{DefectRow, DriftRow, QuarantineRow, RequestRow, RunRow, StatementRow, StepRow, TaskRow, TestRow};

/// The largest number of runs on the page.
const HISTORY: i64 = 50;
/// The largest number of quarantined records and of drifted paths on the page, newest first.
const LISTED: i64 = 20;

/// A page of runs and the total number of runs.
#[derive(Clone, Debug)]
pub struct RunList {
    pub count: i64,
    pub runs: Vec<Run>,
}

impl Db {
    /// A page of runs, newest first.
    pub async fn runs(&self, limit: i64, offset: i64) -> Result<RunList, Error> {
        let count = sqlx::query_scalar("select count(*) from ingest_run");
        let (count, runs) = tokio::try_join!(
            async { count.fetch_one(self.pool()).await.map_err(Error::read("run_count")) },
            self.history(limit, offset)
        )?;
        Ok(RunList { count, runs })
    }

    async fn history(&self, limit: i64, offset: i64) -> Result<Vec<Run>, Error> {
        let rows: Vec<RunRow> = sqlx::query_as(include_str!("../../queries/run_list.sql"))
            .bind(limit)
            .bind(offset)
            .fetch_all(self.pool())
            .await
            .map_err(Error::read("run_list"))?;
        Ok(rows.into_iter().map(|row| row.run).collect())
    }

    /// Everything about one run for the public: failures by their kind, without text of the database. None when there is no such run.
    pub async fn run_detail(&self, id: i64) -> Result<Option<RunDetail>, Error> {
        let row: Option<RunRow> = sqlx::query_as("select * from mart_run where ingest_run_id = $1")
            .bind(id)
            .fetch_optional(self.pool())
            .await
            .map_err(Error::read("run"))?;
        let Some(RunRow { run, error }) = row else { return Ok(None) };
        let details_deleted_at =
            sqlx::query_scalar("select details_deleted_at from ingest_run where ingest_run_id = $1");
        let (steps, statements, tests, requests, details_deleted_at) = tokio::try_join!(
            self.of_run::<StepRow>(
                id,
                "select name, state, started_at, finished_at, row_count, detail
                from ingest_step where ingest_run_id = $1 order by step_number",
                "ingest_step",
            ),
            self.of_run::<StatementRow>(
                id,
                "select name, row_count, took_seconds
                from ingest_statement where ingest_run_id = $1 order by statement_number",
                "ingest_statement",
            ),
            self.of_run::<TestRow>(
                id,
                "select
                    test, severity, offending_count, sample::text as sample,
                    acknowledged_reason, acknowledged_row_count, acknowledged_at, acknowledged_until
                from mart_data_test where ingest_run_id = $1
                order by offending_count = 0, acknowledged_at is not null, severity, test",
                "mart_data_test",
            ),
            self.of_run::<RequestRow>(
                id,
                "select purpose, is_counted, url, sent_at, finished_at, http_status, outcome
                from ingest_request where ingest_run_id = $1 order by sent_at",
                "ingest_request",
            ),
            async { details_deleted_at.bind(id).fetch_optional(self.pool()).await.map_err(Error::read("ingest_run")) },
        )?;
        Ok(Some(RunDetail {
            run,
            error: error.map(|chain| in_public(&chain)),
            steps: steps.into_iter().map(|row| row.0).collect(),
            statements: statements.into_iter().map(|row| row.0).collect(),
            tests: tests.into_iter().map(|row| row.0).collect(),
            requests: requests.into_iter().map(|row| row.0).collect(),
            details_deleted_at: details_deleted_at.flatten(),
        }))
    }

    async fn of_run<Row>(&self, id: i64, sql: &'static str, query: &'static str) -> Result<Vec<Row>, Error>
    where
        Row: for<'row> FromRow<'row, PgRow> + Send + Unpin,
    {
        sqlx::query_as(sql).bind(id).fetch_all(self.pool()).await.map_err(Error::read(query))
    }

    /// The data of the pipeline page, with the requested run or the newest; none when there is no such run.
    pub async fn pipeline(&self, run: Option<i64>) -> Result<Option<PipelineState>, Error> {
        let (freshness, now, history) =
            tokio::try_join!(self.present_freshness(), self.now(), self.history(HISTORY, 0))?;
        let shown = match run.or(history.first().map(|run| run.id)) {
            Some(id) => self.run_detail(id).await?,
            None => None,
        };
        if run.is_some() && shown.is_none() {
            return Ok(None);
        }
        let (requests, allowance, paused, plan, backfill) = tokio::try_join!(
            self.requests_since(now - Duration::hours(1)),
            self.allowance(),
            self.paused(),
            self.plan(),
            self.backfill(now),
        )?;
        let (quarantine, quarantined_count, drift, defects, relations, view_reads, is_read_as_owner) = tokio::try_join!(
            self.quarantine(),
            self.quarantined_count(),
            self.drift(),
            self.defects(),
            self.relation_sizes(),
            self.view_reads(),
            self.is_read_as_owner(),
        )?;
        Ok(Some(PipelineState {
            freshness,
            now,
            shown,
            history,
            requests,
            allowance,
            paused,
            plan,
            backfill,
            quarantine,
            quarantined_count,
            drift,
            defects,
            relations,
            view_reads,
            is_read_as_owner,
        }))
    }

    /// Whether the connected role has the privileges of the tables' owner, or of a superuser.
    async fn is_read_as_owner(&self) -> Result<bool, Error> {
        sqlx::query_scalar("select pg_has_role(relowner, 'usage') from pg_class where oid = 'ingest_run'::regclass")
            .fetch_one(self.pool())
            .await
            .map_err(Error::read("is_read_as_owner"))
    }

    async fn requests_since(&self, since: DateTime<Utc>) -> Result<Vec<SentRequest>, Error> {
        let rows: Vec<RequestRow> = sqlx::query_as(
            "select purpose, is_counted, url, sent_at, finished_at, http_status, outcome
            from ingest_request where sent_at > $1 order by sent_at",
        )
        .bind(since)
        .fetch_all(self.pool())
        .await
        .map_err(Error::read("ingest_request"))?;
        Ok(rows.into_iter().map(|row| row.0).collect())
    }

    async fn allowance(&self) -> Result<Option<Allowance>, Error> {
        let row: Option<(DateTime<Utc>, i32, i32, i32, i32)> = sqlx::query_as(
            "select told_at, request_limit, window_seconds, current_use, foreign_use from ingest_allowance",
        )
        .fetch_optional(self.pool())
        .await
        .map_err(Error::read("ingest_allowance"))?;
        Ok(row.map(|(told_at, request_limit, window_seconds, current_use, foreign_use)| Allowance {
            told_at,
            request_limit,
            window_seconds,
            current_use,
            foreign_use,
        }))
    }

    async fn paused(&self) -> Result<Option<(DateTime<Utc>, Option<String>)>, Error> {
        sqlx::query_as("select paused_at, reason from ingest_pause where paused_at is not null")
            .fetch_optional(self.pool())
            .await
            .map_err(Error::read("ingest_pause"))
    }

    async fn plan(&self) -> Result<Vec<PlannedTask>, Error> {
        let rows: Vec<TaskRow> =
            sqlx::query_as("select task, due_at, request_count, reason from ingest_plan order by plan_position")
                .fetch_all(self.pool())
                .await
                .map_err(Error::read("ingest_plan"))?;
        Ok(rows.into_iter().map(|row| row.0).collect())
    }

    async fn backfill(&self, now: DateTime<Utc>) -> Result<Option<Backfill>, Error> {
        type Row = (Option<DateTime<Utc>>, i64, Option<i64>, Option<DateTime<Utc>>, Option<f64>);
        let row: Option<Row> = sqlx::query_as(include_str!("../../queries/backfill.sql"))
            .bind(now)
            .fetch_optional(self.pool())
            .await
            .map_err(Error::read("backfill"))?;
        Ok(row.map(|(position_at, seen_count, total_count, finished_at, launches_per_hour)| Backfill {
            position_at,
            seen_count,
            total_count,
            finished_at,
            launches_per_hour,
        }))
    }

    async fn quarantine(&self) -> Result<Vec<Quarantined>, Error> {
        let rows: Vec<QuarantineRow> = sqlx::query_as(
            "select entity, record_key, reason, json_path, seen_count, first_seen_at, last_seen_at, resolved_at
            from raw_quarantine order by resolved_at is not null, last_seen_at desc, sha256 limit $1",
        )
        .bind(LISTED)
        .fetch_all(self.pool())
        .await
        .map_err(Error::read("raw_quarantine"))?;
        Ok(rows.into_iter().map(|row| row.0).collect())
    }

    async fn quarantined_count(&self) -> Result<i64, Error> {
        sqlx::query_scalar("select count(*) from raw_quarantine where resolved_at is null")
            .fetch_one(self.pool())
            .await
            .map_err(Error::read("quarantined_count"))
    }

    async fn drift(&self) -> Result<Vec<Drift>, Error> {
        let rows: Vec<DriftRow> = sqlx::query_as(
            "select api_version, entity, json_path, json_type, state, first_seen_at, last_seen_at, seen_count
            from schema_drift where state <> 'known' order by coalesce(vanished_at, first_seen_at) desc, json_path limit $1",
        )
        .bind(LISTED)
        .fetch_all(self.pool())
        .await
        .map_err(Error::read("schema_drift"))?;
        Ok(rows.into_iter().map(|row| row.0).collect())
    }
}

impl Db {
    async fn defects(&self) -> Result<Vec<RecordDefect>, Error> {
        let rows: Vec<DefectRow> = sqlx::query_as(
            "select api_version, part, treatment, record_count, last_seen_at, last_launch_id
            from raw_record_defect order by last_seen_at desc, part, treatment limit $1",
        )
        .bind(LISTED)
        .fetch_all(self.pool())
        .await
        .map_err(Error::read("raw_record_defect"))?;
        Ok(rows.into_iter().map(|row| row.0).collect())
    }
}
