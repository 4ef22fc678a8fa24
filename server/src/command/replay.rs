use domain::Source;
use ingest::{ReplayReport, ReplayScope};
use warehouse::Db;

use crate::{
    cli::ReplayOptions,
    config::{Config, SourceChoice},
    database::Cluster,
};

/// Replays landing; in the live database, unless the configured source is simulated.
pub(crate) async fn replay(config: Config, options: ReplayOptions) -> anyhow::Result<()> {
    let cluster = Cluster::open_alongside(&config).await?;
    let outcome = run(&config, &options, &cluster).await;
    let closed = cluster.close().await;
    outcome.and(closed)
}

async fn run(config: &Config, options: &ReplayOptions, cluster: &Cluster) -> anyhow::Result<()> {
    let source = if config.source == SourceChoice::Simulated { Source::Simulated } else { Source::Live };
    let db = cluster.database(config, source).await?;
    let scope = if options.quarantine { ReplayScope::Quarantine } else { ReplayScope::Everything };
    perform(config, &db, source, scope).await
}

/// Replays everything in a database that is already open.
pub(super) async fn rebuild(config: &Config, db: &Db, source: Source) -> anyhow::Result<()> {
    perform(config, db, source, ReplayScope::Everything).await
}

async fn perform(config: &Config, db: &Db, source: Source, scope: ReplayScope) -> anyhow::Result<()> {
    let options = ingest::ReplayOptions { scope, source, poll_interval: config.poll };
    let report = ingest::replay(db.ingest_pool(), &options).await?;
    print_report(&report, scope);
    Ok(())
}

#[expect(clippy::print_stdout, reason = "the command prints its report")]
fn print_report(report: &ReplayReport, scope: ReplayScope) {
    let (before, after) = &report.hashes;
    let told = match scope {
        ReplayScope::Everything => format!("{} runs, {} bodies, ", report.runs, report.bodies),
        ReplayScope::Quarantine => String::new(),
    };
    println!(
        "{told}{} records read again; {} quarantined, {} resolved, {:.2} s",
        report.records,
        report.quarantined,
        report.resolved,
        report.took.as_secs_f64(),
    );
    if report.settled_runs > 0 {
        println!(
            "{} older runs were not read: the replay started from the checkpoint that contains them",
            report.settled_runs
        );
    }
    if before == after {
        println!("the published data is unchanged: content hash {after}");
    } else {
        println!("the published data changed: content hash {before} before, {after} now");
    }
}
