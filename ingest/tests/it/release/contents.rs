use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::LaunchDetail;
use ingest::Source;
use serde::{Deserialize, Serialize};
use sqlx::{AssertSqlSafe, PgPool};
use uuid::Uuid;
use warehouse::Db;

/// Columns that a later migration changes on purpose or drops, as `(table, column)`. Their values are compared in the
/// form of [`Reading`], or by an assertion of their own.
const CONVERTED: &[(&str, &str)] = &[
    ("data_test_result", "tested_at"),
    ("fact_launch", "left_upcoming_at"),
    ("fact_launch", "net_date"),
    ("fact_launch", "outcome_seen_at"),
    ("fact_launch", "slip_count"),
    ("fact_net_change", "kind"),
    ("fact_net_change", "shift_seconds"),
    ("forecast", "content"),
    ("ingest_allowance", "next_use_seconds"),
    ("ingest_cursor", "updated_at"),
    ("ingest_step", "name"),
];

/// Tables whose rows are stored in another form by a later migration, each with the view or query that still returns
/// all of them.
const CONDENSED: &[(&str, &str)] = &[
    ("data_test_result", "mart_data_test"),
    (
        "launch_agency",
        "(select launch_agency.launch_id, dim_agency.* from launch_agency inner join dim_agency using (agency_id))",
    ),
    (
        "launch_crew",
        "(select launch_crew.launch_id, launch_crew.role, dim_astronaut.* from launch_crew inner join dim_astronaut using (astronaut_id))",
    ),
];

/// The calendar of release 30; later ones have more years.
const CALENDAR: &str = "dim_date.date between '1942-01-01' and '2099-12-31'";

/// The contents of a database: by table, and as read by the program.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Contents {
    /// Number of bodies that a replay reads.
    pub(super) replayed_bodies: usize,
    pub(super) reading: Reading,
    tables: BTreeMap<String, Table>,
}

/// The rows of a table, column by column, so that a later release may add columns.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Table {
    rows: i64,
    key: Vec<String>,
    /// Each column with a digest of its values and the keys of their rows.
    columns: BTreeMap<String, String>,
}

impl Contents {
    pub(super) async fn read(pool: &PgPool, replayed_bodies: usize) -> Self {
        let names: Vec<(String, Vec<String>, Vec<String>)> = sqlx::query_as(
            "select
                pg_class.relname::text,
                array(
                    select attname::text from pg_attribute
                    where attrelid = pg_class.oid and attnum = any (pg_index.indkey) order by attnum
                ),
                array(
                    select attname::text from pg_attribute
                    where attrelid = pg_class.oid and attnum > 0 and not attisdropped order by attnum
                )
            from pg_class
            inner join pg_index on pg_index.indrelid = pg_class.oid and pg_index.indisprimary
            where pg_class.relnamespace = current_schema()::regnamespace
                and pg_class.relkind = 'r'
                and pg_class.relpersistence = 'p'
                and pg_class.relname <> '_sqlx_migrations'",
        )
        .fetch_all(pool)
        .await
        .expect("the catalogue is there");
        let mut tables = BTreeMap::new();
        for (name, key, columns) in names {
            let table = table(pool, &name, &name, key, columns).await.expect("the table was just listed");
            tables.insert(name, table);
        }
        let ids = sqlx::query_scalar("select launch_id from fact_launch").fetch_all(pool).await.expect("launches");
        Self { replayed_bodies, reading: Reading::read(pool, ids).await, tables }
    }

    /// Whether the table has columns now that it did not have.
    pub(super) async fn lacks_columns_of(&self, pool: &PgPool, name: &str) -> bool {
        let columns: Vec<String> = sqlx::query_scalar(
            "select column_name::text from information_schema.columns
            where table_schema = current_schema() and table_name = $1
                -- Computed from the others, or left out of the hash.
                and is_generated = 'NEVER' and column_name <> 'last_updated_at'",
        )
        .bind(name)
        .fetch_all(pool)
        .await
        .expect("the catalogue is there");
        columns.iter().any(|column| !self.tables[name].columns.contains_key(column))
    }

    /// Returns what has changed in the database: `table.column`, or a table with its row counts.
    pub(super) async fn differences(&self, pool: &PgPool) -> Vec<String> {
        let mut differences = Vec::new();
        for (name, then) in &self.tables {
            let kept = then.columns.keys().filter(|column| !CONVERTED.contains(&(name, column)));
            let view =
                CONDENSED.iter().find(|(condensed, _)| condensed == name).map_or(name.as_str(), |(_, view)| view);
            let now = match table(pool, name, view, then.key.clone(), kept.cloned().collect()).await {
                Ok(now) => now,
                Err(error) => {
                    differences.push(format!("{name}: {error}"));
                    continue;
                }
            };
            if now.rows != then.rows {
                differences.push(format!("{name}: {} rows, {} now", then.rows, now.rows));
            }
            let changed = now.columns.iter().filter(|(column, digest)| then.columns.get(*column) != Some(digest));
            differences.extend(changed.map(|(column, _)| format!("{name}.{column}")));
        }
        differences
    }
}

/// Reads the rows of a table, from `relation`.
async fn table(
    pool: &PgPool,
    name: &str,
    relation: &str,
    key: Vec<String>,
    columns: Vec<String>,
) -> Result<Table, sqlx::Error> {
    // The text form of times depends on the session's time zone.
    let key_text = key.iter().map(|column| format!("{name}.{column}")).collect::<Vec<_>>().join(", ");
    let digests = columns.iter().map(|column| {
        format!(
            "md5(coalesce(string_agg(md5(row({key_text}, {name}.{column})::text), '' order by row({key_text})::text collate \"C\"), ''))"
        )
    });
    let rows = if name == "dim_date" { CALENDAR } else { "true" };
    let digests = digests.collect::<Vec<_>>().join(", ");
    let sql = format!("select count(*), array[{digests}]::text[] from {relation} as {name} where {rows}");
    let mut session = pool.begin().await?;
    sqlx::raw_sql("set local timezone to 'UTC'").execute(&mut *session).await?;
    let (rows, digests): (i64, Vec<String>) = sqlx::query_as(AssertSqlSafe(sql)).fetch_one(&mut *session).await?;
    Ok(Table { rows, key, columns: columns.into_iter().zip(digests).collect() })
}

/// What [`Db`] reads, as lines of text, so that a difference is easy to read.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Reading {
    launches: BTreeMap<Uuid, LaunchReading>,
    /// Newest first, each with its steps, tests and requests.
    runs: Vec<RunReading>,
    quarantine: Vec<String>,
    defects: Vec<String>,
    upcoming_count: i64,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct LaunchReading {
    launch: String,
    revisions: Vec<String>,
    changes: Vec<String>,
    forecast: Option<String>,
    /// Number of updates, videos, links, crew, boosters, agencies, programs, payloads.
    children: [usize; 8],
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct RunReading {
    run: String,
    steps: Vec<String>,
    requests: Vec<String>,
    /// Tests that found rows.
    tests: Vec<String>,
    statements: usize,
}

impl Reading {
    pub(super) fn launch_ids(&self) -> Vec<Uuid> {
        self.launches.keys().copied().collect()
    }

    pub(super) async fn read(pool: &PgPool, ids: Vec<Uuid>) -> Self {
        let db = Db::new(pool.clone(), Source::Simulated, 3600);
        let mut launches = BTreeMap::new();
        for id in ids {
            if let Some(detail) = db.launch_detail(id).await.expect("a launch can be read") {
                launches.insert(id, LaunchReading::of(&detail));
            }
        }
        let mut runs = Vec::new();
        for run in db.runs(1000, 0).await.expect("runs can be read").runs {
            runs.push(RunReading::read(&db, run.id).await);
        }
        let state = db.pipeline(None).await.expect("the pipeline can be read").expect("there are runs");
        Self {
            launches,
            runs,
            quarantine: state
                .quarantine
                .iter()
                .map(|one| {
                    format!("{} {:?} {} {:?} {}", one.entity, one.record_key, one.reason, one.json_path, one.seen_count)
                })
                .collect(),
            defects: state
                .defects
                .iter()
                .map(|one| format!("{} {} {} {}", one.api_version, one.part, one.treatment, one.record_count))
                .collect(),
            upcoming_count: state.freshness.upcoming_count,
        }
    }

    /// Removes what migration 37 determined anew, counts of slips and kinds of NET changes, and returns the kinds by launch and change.
    pub(super) fn take_kinds(&mut self) -> BTreeMap<String, String> {
        let mut kinds = BTreeMap::new();
        for (id, one) in &mut self.launches {
            let (others, slips): (Vec<&str>, Vec<&str>) =
                one.launch.split(" | ").partition(|part| !part.starts_with("slips "));
            assert_eq!(slips.len(), 1, "{}", one.launch);
            one.launch = others.join(" | ");
            for change in &mut one.changes {
                let mut words: Vec<&str> = change.split(' ').collect();
                let kind = words.remove(1).to_owned();
                *change = words.join(" ");
                kinds.insert(format!("{id} {change}"), kind);
            }
        }
        kinds
    }

    /// Fails with the first part that differs, instead of printing both completely.
    pub(super) fn assert_same(&self, now: &Self) {
        for (id, launch) in &self.launches {
            assert_eq!(Some(launch), now.launches.get(id), "launch {id}");
        }
        assert_eq!(self.launches.len(), now.launches.len());
        for (then, now) in self.runs.iter().zip(&now.runs) {
            assert_eq!(then, now);
        }
        assert_eq!(self, now);
    }
}

fn time(at: DateTime<Utc>) -> String {
    at.format("%Y-%m-%dT%H:%M:%S%.fZ").to_string()
}

impl LaunchReading {
    fn of(detail: &LaunchDetail) -> Self {
        let launch = &detail.launch;
        let precision =
            |precision: &Option<domain::NetPrecision>| precision.as_ref().map_or(-1, |precision| precision.id);
        Self {
            launch: format!(
                "{} | {} precision {} | status {} | {} | {} | {} | {} | upcoming {} | slips {} | deleted {}",
                launch.name,
                time(launch.net),
                precision(&launch.net_precision),
                launch.status.id,
                launch.provider.name,
                launch.rocket.name,
                launch.pad.name,
                launch.mission.as_ref().map_or("no mission", |mission| &mission.name),
                detail.is_upcoming,
                launch.slip_count,
                detail.deleted_at.map_or_else(|| "never".to_owned(), time),
            ),
            revisions: detail
                .revisions
                .iter()
                .map(|one| {
                    format!(
                        "{} from {} to {} | {} | {} precision {} | status {}",
                        one.number,
                        time(one.valid_from),
                        one.valid_to.map_or_else(|| "now".to_owned(), time),
                        one.name,
                        time(one.net),
                        precision(&one.net_precision),
                        one.status.id,
                    )
                })
                .collect(),
            changes: detail
                .changes
                .iter()
                .map(|one| {
                    format!(
                        "{} {} {} to {}",
                        time(one.observed_at),
                        one.kind.slug(),
                        time(one.net_before),
                        time(one.net_after)
                    )
                })
                .collect(),
            forecast: launch.forecast.as_ref().map(|forecast| {
                format!(
                    "{} | success {:?} | 50 % by {:?}",
                    time(forecast.made_at),
                    forecast.success.map(|success| format!("{:.9}", success.chance.mean())),
                    forecast.date.and_then(|date| date.quantile(0.5)).map(time),
                )
            }),
            children: [
                detail.updates.len(),
                detail.videos.len(),
                detail.links.len(),
                detail.crew.len(),
                detail.boosters.len(),
                detail.agencies.len(),
                detail.programs.len(),
                detail.payloads.len(),
            ],
        }
    }
}

impl RunReading {
    async fn read(db: &Db, id: i64) -> Self {
        let detail = db.run_detail(id).await.expect("a run can be read").expect("it was just listed");
        let run = &detail.run;
        Self {
            run: format!(
                "{} {} {} {} | {:?} {:?} | observed {} | {} pages, {} seen, {} changed, {} quarantined, {} requests | explained {}",
                run.id,
                run.kind,
                run.trigger,
                run.api_version,
                run.state,
                run.outcome(),
                run.observed_at.map_or_else(|| "nothing".to_owned(), time),
                run.page_count,
                run.launch_seen_count,
                run.launch_changed_count,
                run.quarantined_count,
                run.request_count,
                detail.error.is_some(),
            ),
            steps: detail.steps.iter().map(|one| format!("{} {:?} {:?}", one.name, one.state, one.row_count)).collect(),
            requests: detail
                .requests
                .iter()
                .map(|one| format!("{} {} counted {} {:?}", one.purpose, one.outcome, one.is_counted, one.http_status))
                .collect(),
            tests: detail
                .tests
                .iter()
                .filter(|one| one.offending_count > 0)
                .map(|one| format!("{} {} {}", one.name, one.severity, one.offending_count))
                .collect(),
            statements: detail.statements.len(),
        }
    }
}
