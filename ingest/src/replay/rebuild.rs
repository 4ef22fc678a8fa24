//! Reads every published run again, in the order of observation.

use std::{collections::HashSet, time::Duration};

use chrono::{DateTime, Utc};
use domain::StepName;
use sqlx::{Connection as _, PgConnection, PgPool};

use super::{
    checkpoint,
    closing::{self, Newest, content_hash},
    report::ReplayReport,
    run_log::{self, Settled},
    shadow,
};
use crate::{
    counts::Counts,
    error::Error,
    forecasting,
    journal::Journal,
    landing::Bodies,
    quarantine::{self, Digest, Sighting},
    reading::Reading,
    transform,
};

/// Rebuilds the star schema from landing, run by run, in a shadow that then replaces the published tables.
pub(super) async fn rebuild(
    pool: &PgPool,
    connection: &mut PgConnection,
    journal: &mut Journal,
    poll_interval: Duration,
    newest: Newest,
) -> Result<ReplayReport, Error> {
    let step = journal.begin(StepName::Rebuild).await?;
    let settled = Settled::read(connection).await?;
    shadow::cast(connection).await?;
    checkpoint::restore(connection, &settled).await?;
    let runs = run_log::runs(pool).await?;
    let Rebuilt { counts, recovered } = read_again(pool, connection, poll_interval, &settled, &runs).await?;
    journal.end(step, runs.len() as u64, None).await?;

    let step = journal.begin(StepName::Publish).await?;
    let mut transaction = connection.begin().await.map_err(Error::database("open the publishing transaction"))?;
    let before = content_hash(&mut transaction).await?;
    let rows = shadow::publish(&mut transaction).await?;
    let after = content_hash(&mut transaction).await?;
    journal.end(step, rows, None).await?;
    forecasting::rescore_everything(&mut transaction, journal.run_id).await?;
    closing::close(transaction, journal, &newest, counts, poll_interval, &recovered).await?;
    shadow::lift(connection).await?;
    Ok(ReplayReport {
        settled_runs: settled.run_count,
        runs: runs.len(),
        bodies: counts.pages,
        records: counts.records,
        quarantined: counts.quarantined,
        resolved: recovered.len(),
        hashes: (before, after),
        took: Duration::ZERO,
    })
}

/// What was read again.
pub(super) struct Rebuilt {
    pub(super) counts: Counts,
    /// Records of the quarantine that could be read.
    pub(super) recovered: Vec<Digest>,
}

/// Reads runs again, into the shadow.
pub(super) async fn read_again(
    pool: &PgPool,
    connection: &mut PgConnection,
    poll_interval: Duration,
    settled: &Settled,
    runs: &[run_log::Run],
) -> Result<Rebuilt, Error> {
    let mut still_quarantined: HashSet<Digest> = quarantine::open(pool).await?.into_iter().collect();
    let mut recovered = Vec::new();
    let mut counts = Counts::default();
    let mut newest_at = settled.observed_until.unwrap_or(DateTime::<Utc>::MIN_UTC);
    let mut opened = Bodies::default();
    for (position, run) in runs.iter().enumerate() {
        let mut reading = Reading::for_replay(run.version()?);
        reading.still_quarantined = std::mem::take(&mut still_quarantined);
        counts.pages += run.read(pool, &mut opened, &mut reading).await?;
        quarantine::store(pool, run.id, reading.version(), Sighting::Replayed, &reading.rejects).await?;
        let mut told = Counts::default();
        reading.count(&mut told);
        still_quarantined = reading.still_quarantined;
        recovered.append(&mut reading.recovered);

        let mut transaction = connection.begin().await.map_err(Error::database("open a run's transaction"))?;
        reading.batch.load(&mut transaction).await?;
        // As in the run itself, but among the runs before it in order of observation.
        let is_newest = run.observed_at >= newest_at;
        newest_at = newest_at.max(run.observed_at);
        stage(&mut transaction, poll_interval, run, is_newest).await?;
        transform::run(&mut transaction, &mut told, &mut Vec::new()).await?;
        transaction.commit().await.map_err(Error::database("commit a run"))?;
        counts.add(told);
        // With decreasing frequency: the first runs change the table sizes most, unless they follow a checkpoint.
        let is_growing = settled.run_count == 0 && (position + 1).is_power_of_two();
        if is_growing || (position + 1) % 32 == 0 {
            shadow::measure(connection).await?;
        }
    }
    Ok(Rebuilt { counts, recovered })
}

async fn stage(
    connection: &mut PgConnection,
    poll_interval: Duration,
    run: &run_log::Run,
    is_newest: bool,
) -> Result<(), Error> {
    let poll_seconds = i32::try_from(poll_interval.as_secs()).unwrap_or(i32::MAX);
    sqlx::query(include_str!("../../sql/replay/stage_run.sql"))
        .bind(run.id)
        .bind(run.observed_at)
        .bind(run.is_complete)
        .bind(is_newest)
        .bind(run.poll_seconds.unwrap_or(poll_seconds))
        .execute(connection)
        .await
        .map_err(|source| Error::Statement { statement: "stage_run", source })?;
    Ok(())
}
