//! Staging to star schema: set-based SQL, one statement per file.
//!
//! To add a transform: a file in `sql/transform` named after the table it fills, and a line below in an order that
//! satisfies the foreign keys. Dimensions and child tables of a launch are lines in [`crate::merge`]; launches and
//! their revisions follow from the fields of the record. The statements take no parameters; the properties of the run
//! are in the single row of `stg_run`.

use std::{
    sync::LazyLock,
    time::{Duration, Instant},
};

use sqlx::PgConnection;

use crate::{counts::Counts, error::Error, failpoint::failpoint, merge, staging::analyze};

macro_rules! transform {
    ($name:literal) => {
        ($name, include_str!(concat!("../sql/transform/", $name, ".sql")))
    };
}

/// A name and a statement.
pub(crate) type Transform = (&'static str, &'static str);

/// What changes is logged first, while the dimensions still have the values before.
static DIMENSIONS: LazyLock<Vec<Transform>> = LazyLock::new(|| {
    let mut dimensions = vec![built(merge::dimension_changes())];
    dimensions.extend(merge::dimensions().into_iter().map(built));
    dimensions.push(transform!("dim_agency_role"));
    dimensions
});

/// Run before the changes are determined, because a launch with an equal hash is unchanged; and only if there is another
/// hash, because planning the comparison of all child tables takes longer than the rest of a run without changes.
static REHASH: LazyLock<Transform> = LazyLock::new(|| built(merge::rehash()));

const CHANGE: Transform = transform!("stg_ll2__change");

/// Run only if something changed. The ledger is written before the fact, while the open revision and `last_seen_at`
/// still contain the previous state.
static FACTS: LazyLock<Vec<Transform>> = LazyLock::new(|| {
    let mut facts = vec![
        transform!("fact_net_change_rewind"),
        transform!("fact_launch_revision_rewind"),
        transform!("fact_net_change"),
        built(merge::launch()),
        transform!("fact_launch_membership"),
    ];
    facts.extend(merge::sets().into_iter().map(built));
    facts.extend(merge::histories().map(built));
    facts.extend(merge::revisions().map(built));
    facts.push(transform!("fact_launch_count"));
    facts
});

static COUNTER: LazyLock<Transform> = LazyLock::new(|| built(merge::counter()));

const SEEN: Transform = transform!("fact_launch_seen");

/// The statement is built once and used for the lifetime of the program, so it is leaked.
fn built((name, sql): (&'static str, String)) -> Transform {
    (name, sql.leak())
}

/// Returns every transform with its SQL, in order of execution.
pub(crate) fn all() -> impl Iterator<Item = Transform> {
    DIMENSIONS.iter().chain([&*REHASH, &CHANGE]).chain(FACTS.iter()).chain([&*COUNTER, &SEEN]).copied()
}

/// A transform after its execution.
#[derive(Debug)]
pub(crate) struct Executed {
    pub(crate) name: &'static str,
    pub(crate) row_count: u64,
    pub(crate) took: Duration,
}

/// Runs the transforms from staging to the star schema; returns how many launches change.
pub(crate) async fn run(
    connection: &mut PgConnection,
    counts: &mut Counts,
    executed: &mut Vec<Executed>,
) -> Result<u64, Error> {
    for (name, sql) in DIMENSIONS.iter() {
        failpoint!("publication.statement");
        let started = Instant::now();
        // Unlike the others, these are prepared statements whose plans the session caches: dimensions have few members,
        // so any plan is good enough, and planning these statements costs more than running them.
        let done = sqlx::query(*sql).execute(&mut *connection).await;
        let row_count = done.map_err(|source| Error::Statement { statement: name, source })?.rows_affected();
        executed.push(Executed { name, row_count, took: started.elapsed() });
    }
    let has_other_hashes: bool = sqlx::query_scalar(include_str!("../sql/has_other_hashes.sql"))
        .fetch_one(&mut *connection)
        .await
        .map_err(|source| Error::Statement { statement: "has_other_hashes", source })?;
    if has_other_hashes {
        execute_and_note(connection, *REHASH, executed).await?;
    }
    let changed = execute_and_note(connection, CHANGE, executed).await?;
    if changed > 0 {
        failpoint!("publication.statement");
        analyze(connection, "stg_ll2__change", "launch_id").await?;
        for transform in FACTS.iter() {
            let rows = execute_and_note(connection, *transform, executed).await?;
            match transform.0 {
                "fact_net_change" => counts.net_changes = rows,
                "fact_launch_revision_open" => counts.revisions = rows,
                _ => {}
            }
        }
    }
    // Counted before the sightings are stored: the previous sightings determine which records were late.
    let (records, unchanged, closed, late): (i64, i64, i64, i64) =
        sqlx::query_as(include_str!("../sql/count_changes.sql"))
            .fetch_one(&mut *connection)
            .await
            .map_err(|source| Error::Statement { statement: "count_changes", source })?;
    counts.launches_changed = records.unsigned_abs();
    counts.launches_unchanged = unchanged.unsigned_abs();
    counts.launches_closed = closed.unsigned_abs();
    counts.launches_late = late.unsigned_abs();
    execute_and_note(connection, *COUNTER, executed).await?;
    execute_and_note(connection, SEEN, executed).await?;
    Ok(changed)
}

async fn execute_and_note(
    connection: &mut PgConnection,
    transform: Transform,
    executed: &mut Vec<Executed>,
) -> Result<u64, Error> {
    let started = Instant::now();
    let row_count = execute(connection, transform).await?;
    executed.push(Executed { name: transform.0, row_count, took: started.elapsed() });
    Ok(row_count)
}

async fn execute(connection: &mut PgConnection, (name, sql): Transform) -> Result<u64, Error> {
    failpoint!("publication.statement");
    sqlx::raw_sql(sql)
        .execute(connection)
        .await
        .map(|result| result.rows_affected())
        .map_err(|source| Error::Statement { statement: name, source })
}
