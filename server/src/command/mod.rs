//! The commands of the program, one module each.

mod acknowledge;
mod backfill;
mod backtest;
mod check;
mod database;
mod dictionary;
mod health;
mod import;
mod ingest;
mod migrate;
mod pause;
mod replay;
mod serve;
mod simulate;
mod upkeep;

pub(crate) use acknowledge::acknowledge;
pub(crate) use backfill::backfill;
pub(crate) use backtest::backtest;
pub(crate) use check::check;
pub(crate) use database::database;
pub(crate) use dictionary::dictionary;
pub(crate) use health::health;
pub(crate) use import::import;
pub(crate) use ingest::ingest_once;
pub(crate) use migrate::migrate;
pub(crate) use pause::{pause, resume};
pub(crate) use replay::replay;
pub(crate) use serve::serve;
pub(crate) use simulate::simulate;
pub(crate) use upkeep::upkeep;

use ::ingest::RunReport;
use domain::Source;
use warehouse::Db;

use crate::{
    config::{Config, SourceChoice},
    database::Cluster,
};

/// Prints the result of a run on the command line.
#[expect(clippy::print_stdout, reason = "the command prints its report")]
fn print_report(report: &RunReport) {
    let counts = &report.counts;
    println!(
        "{} launches seen ({}), {} changed, {} closed, {} older than the stored state, {} quarantined, {:.2} s",
        counts.launches_seen,
        if report.is_complete { "complete" } else { "partial: no launch is closed" },
        counts.launches_changed,
        counts.launches_closed,
        counts.launches_late,
        counts.quarantined,
        report.took.as_secs_f64(),
    );
    if let Some(interruption) = &report.interruption {
        let resume = interruption.resume_at().map(|at| format!("; continues after {at}")).unwrap_or_default();
        println!("stopped early: {}{resume}", interruption.reason());
    }
}

/// Opens the database of simulated launches if the configuration says so, else that of live ones.
async fn database_of_checks(config: &Config, cluster: &Cluster) -> anyhow::Result<Db> {
    let source = if config.source == SourceChoice::Simulated { Source::Simulated } else { Source::Live };
    cluster.database(config, source).await
}
