use domain::Source;

use crate::{
    cli::ImportOptions,
    config::{Config, SourceChoice},
    database::Cluster,
};

/// Lands archived responses as one observation. They are taken as recordings of LL2 and go to the live database, unless the configured
/// source is simulated.
pub(crate) async fn import(config: Config, options: ImportOptions) -> anyhow::Result<()> {
    let cluster = Cluster::open_alongside(&config).await?;
    let outcome = run(&config, options, &cluster).await;
    let closed = cluster.close().await;
    outcome.and(closed)
}

async fn run(config: &Config, options: ImportOptions, cluster: &Cluster) -> anyhow::Result<()> {
    let source = if config.source == SourceChoice::Simulated { Source::Simulated } else { Source::Live };
    let db = cluster.database(config, source).await?;
    let options = ingest::ImportOptions {
        observed_at: options.observed_at,
        source,
        poll_interval: config.poll,
        files: options.files,
    };
    let report = ingest::import(db.ingest_pool(), &options).await?;
    super::print_report(&report);
    Ok(())
}
