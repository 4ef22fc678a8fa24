use anyhow::bail;
use domain::Source;
use ingest::checks::{self, Severity};

use crate::{
    config::{Config, SourceChoice},
    database::Cluster,
};

/// Runs every data test against the published data.
pub(crate) async fn check(config: Config) -> anyhow::Result<()> {
    let cluster = Cluster::open_alongside(&config).await?;
    let outcome = run(&config, &cluster).await;
    let closed = cluster.close().await;
    outcome.and(closed)
}

#[expect(clippy::print_stdout, reason = "the command prints its findings")]
async fn run(config: &Config, cluster: &Cluster) -> anyhow::Result<()> {
    let source = if config.source == SourceChoice::Simulated { Source::Simulated } else { Source::Live };
    let db = cluster.database(config, source).await?;
    let mut connection = db.ingest_pool().acquire().await?;
    let findings = checks::run_over_everything(&mut connection).await?;
    let mut blocking = 0;
    for finding in &findings {
        let verdict = match finding.verdict() {
            None => "pass",
            Some(Severity::Warn) => "warn",
            Some(Severity::Block) => "FAIL",
        };
        blocking += usize::from(verdict == "FAIL");
        println!("{verdict}  {:<44} {:>6} rows", finding.check.name, finding.offending_count);
        if let (1.., Some(sample)) = (finding.offending_count, &finding.sample) {
            println!("      {sample}");
        }
    }
    if blocking > 0 {
        bail!("{blocking} of {} data tests that block publication found rows", findings.len());
    }
    Ok(())
}
