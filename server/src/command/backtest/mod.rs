//! `mooncoon backtest`: compares our forecasts with the outcomes, as a table for other tools and as a summary.

mod decide;
mod outcomes;
mod slips;
mod success;
mod table;

use domain::Source;

use crate::{
    cli::Backtest,
    config::{Config, SourceChoice},
    database::Cluster,
};

pub(crate) async fn backtest(config: Config, what: Backtest) -> anyhow::Result<()> {
    // Files need no database.
    if let Backtest::Success(options) = &what
        && !options.outcomes.is_empty()
    {
        return success::report(&outcomes::read(&options.outcomes)?, options);
    }
    let cluster = Cluster::open_alongside(&config).await?;
    let outcome = run(&config, what, &cluster).await;
    let closed = cluster.close().await;
    outcome.and(closed)
}

async fn run(config: &Config, what: Backtest, cluster: &Cluster) -> anyhow::Result<()> {
    let source = if config.source == SourceChoice::Simulated { Source::Simulated } else { Source::Live };
    let db = cluster.database(config, source).await?;
    let mut connection = db.ingest_pool().acquire().await?;
    match what {
        Backtest::Success(options) => success::report(&ingest::forecasting::flights(&mut connection).await?, &options),
        Backtest::Decide(options) => {
            let courses = ingest::forecasting::courses(&mut connection, chrono::DateTime::UNIX_EPOCH).await?;
            decide::report(&courses, &options)
        }
        Backtest::Slips(options) => {
            let courses = ingest::forecasting::courses(&mut connection, chrono::DateTime::UNIX_EPOCH).await?;
            slips::report(&courses, &options)
        }
    }
}
