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
    let is_replay_wanted = options.replay;
    let options = ingest::ImportOptions {
        observed_at: options.observed_at,
        source,
        poll_interval: config.poll,
        files: options.files,
    };
    let report = ingest::import(db.ingest_pool(), &options).await?;
    super::print_report(&report);
    if report.is_late && is_replay_wanted {
        return super::replay::rebuild(config, &db, source).await;
    }
    if report.is_late {
        print_advice();
    }
    Ok(())
}

#[expect(clippy::print_stdout, reason = "the command prints its report")]
fn print_advice() {
    println!(
        "newer data was published before, and was not changed; `mooncoon replay` rebuilds the history in order of observation"
    );
}
