use ingest::Outcome;

use crate::{background::BackgroundTasks, cli::IngestOptions, config::Config, database::Cluster, job, shutdown, world};

/// Runs the job once; fails if the run fails.
pub(crate) async fn ingest_once(config: Config, options: IngestOptions) -> anyhow::Result<()> {
    let cluster = Cluster::open_alongside(&config).await?;
    let stop = shutdown::on_signal();
    let outcome = tokio::select! {
        outcome = run(&config, &options, &cluster) => outcome,
        () = stop.cancelled() => Err(anyhow::anyhow!("stopped before the run ended; nothing was published")),
    };
    let closed = cluster.close().await;
    outcome.and(closed)
}

async fn run(config: &Config, options: &IngestOptions, cluster: &Cluster) -> anyhow::Result<()> {
    let world = world::open(config, cluster, &options.world, None, &BackgroundTasks::default()).await?;
    let client = job::client(config, &world)?;
    let options = job::options(config, &world)?;
    let report = ingest::run(world.db.ingest_pool(), &client, &options, ingest::Trigger::Command).await?;
    if report.outcome == Outcome::Busy {
        anyhow::bail!("another run is in progress; it will publish the same data");
    }
    super::print_report(&report);
    Ok(())
}
