//! The ingest job as this program runs it.

use std::num::NonZeroU32;

use anyhow::Context as _;
use ingest::{
    RunOptions, Scheduler,
    ll2::{Client, ClientOptions, Secret},
};
use tokio_util::sync::CancellationToken;

use crate::{config::Config, world::World};

/// The background job of this process.
pub(crate) struct Job(Scheduler);

impl Job {
    /// Waits until it has stopped; cancel its token first.
    pub(crate) async fn wait(self) {
        self.0.stopped().await;
    }
}

/// Starts the job: a run at once, then one every poll interval, until `shutdown`.
pub(crate) fn start(config: &Config, world: &World, shutdown: CancellationToken) -> anyhow::Result<Job> {
    let client = client(config, world)?;
    Ok(Job(Scheduler::spawn(world.db.ingest_pool().clone(), client, options(config, world)?, shutdown)))
}

/// A client for the world's API. The key of LL2 is shown to LL2 only, never to a simulator.
pub(crate) fn client(config: &Config, world: &World) -> anyhow::Result<Client> {
    let mut options = ClientOptions::new(world.url.as_str());
    options.timeout = config.ll2_timeout.unwrap_or(options.timeout);
    options.backoff = config.ll2_backoff.unwrap_or(options.backoff);
    if world.db.source() == domain::Source::Live {
        options.token = config.ll2_token.as_ref().map(|token| Secret::new(token.expose()));
    }
    Client::new(options).context("could not set up the LL2 client")
}

/// How this configuration wants runs to be.
pub(crate) fn options(config: &Config, world: &World) -> anyhow::Result<RunOptions> {
    Ok(RunOptions {
        budget: NonZeroU32::new(config.ll2_budget).context("MOONCOON_LL2_BUDGET is 0")?,
        poll_interval: config.poll,
        source: world.db.source(),
    })
}
