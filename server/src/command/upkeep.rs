use domain::Source;

use crate::{
    config::{Config, SourceChoice},
    database::Cluster,
};

/// Does the upkeep that the job does once a day; in the live database, unless the configured source is simulated.
pub(crate) async fn upkeep(config: Config) -> anyhow::Result<()> {
    let cluster = Cluster::open_alongside(&config).await?;
    let outcome = run(&config, &cluster).await;
    let closed = cluster.close().await;
    outcome.and(closed)
}

#[expect(clippy::print_stdout, reason = "the command prints its report")]
async fn run(config: &Config, cluster: &Cluster) -> anyhow::Result<()> {
    let source = if config.source == SourceChoice::Simulated { Source::Simulated } else { Source::Live };
    let db = cluster.database(config, source).await?;
    let report = ingest::upkeep(db.ingest_pool(), &config.upkeep).await?;
    println!("details of {} runs deleted", report.runs_without_details);
    println!("{} landed pages deleted", report.bodies_deleted);
    let (before, after) = report.compacted_bytes;
    println!("{} landed pages compacted, from {before} to {after} bytes", report.bodies_compacted);
    Ok(())
}
