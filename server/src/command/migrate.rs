use domain::Source;

use crate::{
    config::{Config, SourceChoice},
    database::Cluster,
};

/// Migrates the schema: of the live database, or of the simulated one if that is the configured source.
pub(crate) async fn migrate(config: Config) -> anyhow::Result<()> {
    let cluster = Cluster::open(&config).await?;
    let source = if config.source == SourceChoice::Simulated { Source::Simulated } else { Source::Live };
    cluster.database(&config, source).await?;
    tracing::info!(source = source.slug(), "the database is up to date");
    cluster.close().await
}
