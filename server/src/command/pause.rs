use domain::Source;

use crate::{cli::PauseOptions, config::Config, database::Cluster};

/// Pauses the background job of every replica, in the databases of live and of simulated launches alike.
pub(crate) async fn pause(config: Config, options: PauseOptions) -> anyhow::Result<()> {
    each(&config, async |pool| {
        let was_at_work = ingest::pause(&pool, options.reason.as_deref()).await?;
        Ok(if was_at_work { "paused; a run in progress will finish" } else { "already paused" })
    })
    .await
}

/// Resumes it.
pub(crate) async fn resume(config: Config) -> anyhow::Result<()> {
    each(&config, async |pool| Ok(if ingest::resume(&pool).await? { "resumed" } else { "was not paused" })).await
}

#[expect(clippy::print_stdout, reason = "the command prints its result")]
async fn each(
    config: &Config,
    act: impl AsyncFn(warehouse::PgPool) -> anyhow::Result<&'static str>,
) -> anyhow::Result<()> {
    let cluster = Cluster::open_alongside(config).await?;
    let mut outcome = Ok(());
    let mut is_any_open = false;
    let mut refusal = None;
    for source in [Source::Live, Source::Simulated] {
        // If one cannot be opened, the configuration reserves it for the other kind of launches.
        let db = match cluster.database(config, source).await {
            Ok(db) => db,
            Err(error) => {
                refusal = Some(error);
                continue;
            }
        };
        is_any_open = true;
        match act(db.ingest_pool().clone()).await {
            Ok(word) => println!("{}: {word}", source.slug()),
            Err(error) => outcome = Err(error),
        }
    }
    if let (false, Some(error)) = (is_any_open, refusal) {
        outcome = Err(error);
    }
    let closed = cluster.close().await;
    outcome.and(closed)
}
