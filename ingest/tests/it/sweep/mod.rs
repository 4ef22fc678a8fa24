//! Sweeps against the simulator: reading a list, and runs that something interrupts.

mod interruption;
mod list;

use std::{num::NonZeroU32, path::PathBuf, time::Duration};

use ingest::{
    Error, RunOptions, RunReport, Source, Trigger,
    ll2::{Client, ClientOptions},
};
use simulator::{ApiVersion, Clock, InventedOptions, Options, Running, Simulator, WorldSource};
use sqlx::PgPool;

use crate::fixture::at;

async fn serve(source: WorldSource, throttle: Option<u32>) -> Running {
    let clock = Clock::Fixed(at("2026-02-01T00:00"));
    let options = Options { source, throttle, clock, ..Options::default() };
    let address = "127.0.0.1:0".parse().expect("an address");
    Simulator::bind(address, options).await.expect("a free port").spawn()
}

pub(super) async fn replay(files: &[PathBuf]) -> Running {
    serve(WorldSource::Replay(files.to_vec()), None).await
}

pub(super) async fn invented(upcoming: usize) -> Running {
    let start = at("2026-02-01T00:00");
    serve(WorldSource::Invented(InventedOptions { upcoming, past: 10, start, ..InventedOptions::default() }), None)
        .await
}

pub(super) fn client(base_url: String) -> Client {
    let options = ClientOptions {
        timeout: Duration::from_secs(5),
        backoff: Duration::from_millis(1),
        body_limit: 16 * 1024 * 1024,
        ..ClientOptions::new(base_url)
    };
    Client::new(options).expect("the simulator's base URL is a good one")
}

pub(super) async fn run_with(
    pool: &PgPool,
    running: &Running,
    version: ApiVersion,
    budget: u32,
) -> Result<RunReport, Error> {
    let options = options(budget);
    ingest::run(pool, &client(running.base_url(version)), &options, Trigger::Command).await
}

pub(super) async fn run(pool: &PgPool, running: &Running) -> Result<RunReport, Error> {
    run_with(pool, running, ApiVersion::V220, 1000).await
}

/// Returns the options of a run with this budget.
fn options(budget: u32) -> RunOptions {
    RunOptions {
        budget: NonZeroU32::new(budget).expect("a budget"),
        poll_interval: Duration::from_secs(3600),
        source: Source::Simulated,
        world_now: None,
    }
}
