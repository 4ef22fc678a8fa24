use anyhow::bail;
use ingest::checks::{self, Verdict};

use super::{acknowledge::terms, database_of_checks};
use crate::{config::Config, database::Cluster};

/// Runs every data test against the published data.
pub(crate) async fn check(config: Config) -> anyhow::Result<()> {
    let cluster = Cluster::open_alongside(&config).await?;
    let outcome = run(&config, &cluster).await;
    let closed = cluster.close().await;
    outcome.and(closed)
}

#[expect(clippy::print_stdout, reason = "the command prints its findings")]
async fn run(config: &Config, cluster: &Cluster) -> anyhow::Result<()> {
    let db = database_of_checks(config, cluster).await?;
    let mut connection = db.ingest_pool().acquire().await?;
    let findings = checks::run_over_everything(&mut connection).await?;
    let mut blocking = 0;
    for finding in &findings {
        let word = match finding.verdict() {
            Verdict::Pass => "pass",
            Verdict::Acknowledged => "ackn",
            Verdict::Warn => "warn",
            Verdict::Block => "FAIL",
        };
        blocking += usize::from(finding.verdict() == Verdict::Block);
        println!("{word}  {:<44} {:>6} rows", finding.check.name, finding.offending_count);
        if let Some(acknowledgement) = &finding.acknowledgement {
            println!("      up to {} rows {}", acknowledgement.offending_count, terms(acknowledgement));
        }
        if let (1.., Some(sample)) = (finding.offending_count, &finding.sample) {
            println!("      {sample}");
        }
    }
    if blocking > 0 {
        bail!("{blocking} of {} data tests that block publication found rows", findings.len());
    }
    Ok(())
}
