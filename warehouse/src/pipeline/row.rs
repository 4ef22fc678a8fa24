//! The rows of the pipeline page's tables.

use domain::{
    Drift, ExecutedStatement, PlannedTask, Quarantined, RecordDefect, Run, RunState, SentRequest, Step,
    TestAcknowledgement, TestResult,
};
use sqlx::{FromRow, Row as _, postgres::PgRow};

use crate::{failure::in_public, text_column::parsed};

pub(super) struct RunRow {
    pub(super) run: Run,
    pub(super) error: Option<String>,
}

impl FromRow<'_, PgRow> for RunRow {
    fn from_row(row: &PgRow) -> Result<Self, sqlx::Error> {
        Ok(Self {
            run: Run {
                id: row.try_get("ingest_run_id")?,
                kind: parsed(row, "kind")?,
                trigger: parsed(row, "trigger")?,
                source: parsed(row, "source")?,
                api_version: row.try_get("api_version")?,
                state: parsed(row, "state")?,
                started_at: row.try_get("started_at")?,
                finished_at: row.try_get("finished_at")?,
                took_seconds: row.try_get("took_seconds")?,
                observed_at: row.try_get("observed_at")?,
                is_complete: row.try_get("is_complete")?,
                announced_count: row.try_get("announced_count")?,
                page_count: row.try_get("page_count")?,
                launch_seen_count: row.try_get("launch_seen_count")?,
                launch_changed_count: row.try_get("launch_changed_count")?,
                launch_closed_count: row.try_get("launch_closed_count")?,
                launch_late_count: row.try_get("launch_late_count")?,
                quarantined_count: row.try_get("quarantined_count")?,
                deferred_until: row.try_get("deferred_until")?,
                request_count: row.try_get("request_count")?,
                test_count: row.try_get("test_count")?,
                warned_count: row.try_get("warned_count")?,
                blocked_count: row.try_get("blocked_count")?,
            },
            error: row.try_get("error")?,
        })
    }
}

pub(super) struct StepRow(pub(super) Step);

impl FromRow<'_, PgRow> for StepRow {
    fn from_row(row: &PgRow) -> Result<Self, sqlx::Error> {
        let state = parsed(row, "state")?;
        Ok(Self(Step {
            name: parsed(row, "name")?,
            state,
            started_at: row.try_get("started_at")?,
            finished_at: row.try_get("finished_at")?,
            row_count: row.try_get("row_count")?,
            detail: row.try_get::<Option<String>, _>("detail")?.map(|detail| match state {
                // The same chain of causes as the run's.
                RunState::Failed => in_public(&detail),
                RunState::Running | RunState::Succeeded | RunState::Skipped => detail,
            }),
        }))
    }
}

pub(super) struct StatementRow(pub(super) ExecutedStatement);

impl FromRow<'_, PgRow> for StatementRow {
    fn from_row(row: &PgRow) -> Result<Self, sqlx::Error> {
        Ok(Self(ExecutedStatement {
            name: row.try_get("name")?,
            row_count: row.try_get("row_count")?,
            took_seconds: row.try_get("took_seconds")?,
        }))
    }
}

pub(super) struct TestRow(pub(super) TestResult);

impl FromRow<'_, PgRow> for TestRow {
    fn from_row(row: &PgRow) -> Result<Self, sqlx::Error> {
        Ok(Self(TestResult {
            name: row.try_get("test")?,
            severity: parsed(row, "severity")?,
            offending_count: row.try_get("offending_count")?,
            sample: row.try_get("sample")?,
            acknowledgement: match row.try_get("acknowledged_reason")? {
                Some(reason) => Some(TestAcknowledgement {
                    reason,
                    row_count: row.try_get("acknowledged_row_count")?,
                    acknowledged_at: row.try_get("acknowledged_at")?,
                    until: row.try_get("acknowledged_until")?,
                }),
                None => None,
            },
        }))
    }
}

pub(super) struct RequestRow(pub(super) SentRequest);

impl FromRow<'_, PgRow> for RequestRow {
    fn from_row(row: &PgRow) -> Result<Self, sqlx::Error> {
        Ok(Self(SentRequest {
            purpose: parsed(row, "purpose")?,
            is_counted: row.try_get("is_counted")?,
            url: row.try_get("url")?,
            sent_at: row.try_get("sent_at")?,
            finished_at: row.try_get("finished_at")?,
            http_status: row.try_get("http_status")?,
            outcome: parsed(row, "outcome")?,
        }))
    }
}

pub(super) struct TaskRow(pub(super) PlannedTask);

impl FromRow<'_, PgRow> for TaskRow {
    fn from_row(row: &PgRow) -> Result<Self, sqlx::Error> {
        Ok(Self(PlannedTask {
            task: parsed(row, "task")?,
            due_at: row.try_get("due_at")?,
            request_count: row.try_get("request_count")?,
            reason: row.try_get("reason")?,
        }))
    }
}

pub(super) struct DefectRow(pub(super) RecordDefect);

impl FromRow<'_, PgRow> for DefectRow {
    fn from_row(row: &PgRow) -> Result<Self, sqlx::Error> {
        Ok(Self(RecordDefect {
            api_version: row.try_get("api_version")?,
            part: row.try_get("part")?,
            treatment: parsed(row, "treatment")?,
            record_count: row.try_get("record_count")?,
            last_seen_at: row.try_get("last_seen_at")?,
            last_launch_id: row.try_get("last_launch_id")?,
        }))
    }
}

pub(super) struct QuarantineRow(pub(super) Quarantined);

impl FromRow<'_, PgRow> for QuarantineRow {
    fn from_row(row: &PgRow) -> Result<Self, sqlx::Error> {
        Ok(Self(Quarantined {
            entity: row.try_get("entity")?,
            record_key: row.try_get("record_key")?,
            reason: row.try_get("reason")?,
            json_path: row.try_get("json_path")?,
            seen_count: row.try_get("seen_count")?,
            first_seen_at: row.try_get("first_seen_at")?,
            last_seen_at: row.try_get("last_seen_at")?,
            resolved_at: row.try_get("resolved_at")?,
        }))
    }
}

pub(super) struct DriftRow(pub(super) Drift);

impl FromRow<'_, PgRow> for DriftRow {
    fn from_row(row: &PgRow) -> Result<Self, sqlx::Error> {
        Ok(Self(Drift {
            api_version: row.try_get("api_version")?,
            entity: row.try_get("entity")?,
            json_path: row.try_get("json_path")?,
            json_type: row.try_get("json_type")?,
            state: parsed(row, "state")?,
            first_seen_at: row.try_get("first_seen_at")?,
            last_seen_at: row.try_get("last_seen_at")?,
            seen_count: row.try_get("seen_count")?,
        }))
    }
}
