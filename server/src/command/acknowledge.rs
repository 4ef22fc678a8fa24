use chrono::{DateTime, Utc};
use ingest::{
    acknowledge::{self, Request},
    acknowledgement::{self, Acknowledgement},
};
use warehouse::PgPool;

use super::database_of_checks;
use crate::{cli::AcknowledgeOptions, config::Config, database::Cluster};

/// Acknowledges rows of a data test, revokes that, or lists what is acknowledged; in the database that `check` reads.
pub(crate) async fn acknowledge(config: Config, options: AcknowledgeOptions) -> anyhow::Result<()> {
    let cluster = Cluster::open_alongside(&config).await?;
    let outcome = run(&config, &cluster, options).await;
    let closed = cluster.close().await;
    outcome.and(closed)
}

#[expect(clippy::print_stdout, reason = "the command prints its result")]
async fn run(config: &Config, cluster: &Cluster, options: AcknowledgeOptions) -> anyhow::Result<()> {
    let db = database_of_checks(config, cluster).await?;
    let pool: &PgPool = db.ingest_pool();
    match (options.test, options.reason) {
        (Some(test), _) if options.revoke => {
            let was_in_force = acknowledge::revoke(pool, &test).await?;
            println!("{test}: {}", if was_in_force { "revoked" } else { "was not acknowledged" });
        }
        (Some(test), Some(reason)) => {
            let request = Request {
                test: &test,
                reason: &reason,
                by: options.by.as_deref(),
                rows: options.rows,
                until: options.until,
            };
            let done = acknowledge::acknowledge(pool, request).await?;
            println!("{}", described(&done.acknowledgement));
            if done.has_replaced {
                println!("replaces the acknowledgement before");
            }
            println!("the test finds {} rows, in everything that is published or in the newest run", done.found);
            if done.found > done.acknowledgement.offending_count {
                println!("these are more, so that they have their effect as before");
            }
        }
        _ => {
            let in_force = acknowledgement::in_force(&mut *pool.acquire().await?).await?;
            if in_force.is_empty() {
                println!("nothing is acknowledged");
            }
            for one in &in_force {
                println!("{}", described(one));
            }
        }
    }
    Ok(())
}

/// One line: test, rows, since when, until when, by whom, why.
fn described(one: &Acknowledgement) -> String {
    let Acknowledgement { test, offending_count, .. } = one;
    format!("{test}: up to {offending_count} rows, {}", terms(one))
}

/// Since when, until when and by whom rows are acknowledged, and why.
pub(super) fn terms(one: &Acknowledgement) -> String {
    let time = |at: DateTime<Utc>| at.format("%Y-%m-%d %H:%M UTC");
    let until = one.expires_at.map(|at| format!(" until {}", time(at))).unwrap_or_default();
    let by = one.acknowledged_by.as_ref().map(|by| format!(" by {by}")).unwrap_or_default();
    format!("acknowledged {}{by}{until}: {}", time(one.acknowledged_at), one.reason)
}
