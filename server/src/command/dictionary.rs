use domain::Source;

use crate::{
    cli::DictionaryOptions,
    config::{Config, SourceChoice},
    database::Cluster,
};

/// Prints every table, view and column.
pub(crate) async fn dictionary(config: Config, options: DictionaryOptions) -> anyhow::Result<()> {
    let cluster = Cluster::open_alongside(&config).await?;
    let outcome = run(&config, options, &cluster).await;
    let closed = cluster.close().await;
    outcome.and(closed)
}

#[expect(clippy::print_stdout, reason = "the command prints the dictionary")]
async fn run(config: &Config, options: DictionaryOptions, cluster: &Cluster) -> anyhow::Result<()> {
    let source = if config.source == SourceChoice::Simulated { Source::Simulated } else { Source::Live };
    let db = cluster.database(config, source).await?;
    let dictionary = db.dictionary(&ingest::lineage::blueprint(config.ll2_budget)).await?;
    if options.json {
        println!("{}", serde_json::to_string_pretty(&dictionary)?);
    } else {
        print!("{}", dictionary.to_markdown());
    }
    Ok(())
}
