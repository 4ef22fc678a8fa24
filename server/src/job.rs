//! The ingest job in this program.

use std::num::NonZeroU32;

use anyhow::Context as _;
use ingest::{
    RunOptions,
    ll2::{Client, ClientOptions, Secret},
};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::{background::BackgroundTasks, config::Config, supervisor::supervise, world::World};

/// Starts the job, which runs what its plan declares due, until `shutdown`; the task ends when the job has stopped.
pub(crate) fn start(
    config: &Config,
    world: &World,
    tasks: BackgroundTasks,
    shutdown: CancellationToken,
) -> anyhow::Result<JoinHandle<()>> {
    let (client, options, pool) = (client(config, world)?, options(config, world)?, world.db.ingest_pool().clone());
    let upkeep = config.upkeep;
    // The request state of this process is in the client, and survives a restart of the job.
    Ok(supervise(tasks, "ingest", shutdown, move || {
        let job = ingest::schedule(pool.clone(), client.clone(), options.clone(), upkeep);
        async move { match job.await {} }
    }))
}

/// Returns a client for the world's API. LL2's token is sent to LL2 only, never to a simulator.
pub(crate) fn client(config: &Config, world: &World) -> anyhow::Result<Client> {
    let mut options = ClientOptions::new(world.url.as_str());
    options.timeout = config.ll2_timeout.unwrap_or(options.timeout);
    options.backoff = config.ll2_backoff.unwrap_or(options.backoff);
    if world.db.source() == domain::Source::Live {
        options.token = config.ll2_token.as_ref().map(|token| Secret::new(token.expose()));
    }
    Client::new(options).context("could not set up the LL2 client")
}

/// Returns the options of a run for this configuration.
pub(crate) fn options(config: &Config, world: &World) -> anyhow::Result<RunOptions> {
    Ok(RunOptions {
        budget: NonZeroU32::new(config.ll2_budget).context("MOONCOON_LL2_BUDGET is 0")?,
        poll_interval: config.poll,
        source: world.db.source(),
        world_now: world.now,
    })
}
