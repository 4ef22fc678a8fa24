//! The binary `mooncoon`: configuration, telemetry, the embedded Postgres, the ingest job and the web server, started in that order and
//! stopped in reverse order.

// The router is built from the types of the pages, which nest as deeply as their markup.
#![recursion_limit = "256"]

mod background;
mod cli;
mod command;
mod config;
mod database;
mod exposure;
mod job;
mod listener;
mod news;
mod once_a_second;
mod public_url;
mod runtime;
mod setting;
mod shutdown;
mod supervisor;
mod telemetry;
mod trusted_proxies;
mod web;
mod world;

use std::process::ExitCode;

use clap::Parser as _;

use crate::{
    cli::{Cli, Command},
    config::Config,
};

/// glibc's allocator does not return the memory of large responses: ADR 0029 has the figures.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    // Before any thread is started: reading `.env` changes the environment.
    let dotenv = config::load_dotenv();
    let cli = Cli::parse();
    telemetry::start(cli.log_json, config::log_filter().as_deref());
    match dotenv.and_then(|()| run(cli)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            telemetry::print_error(&error);
            ExitCode::FAILURE
        }
    }
}

fn run(cli: Cli) -> anyhow::Result<()> {
    let config = Config::from_environment()?;
    #[cfg(feature = "failpoints")]
    if let Some(point) = config.failpoint.clone() {
        ingest::failpoint::arm(point);
    }
    let runtime = runtime::start(web::worker_threads(runtime::cores()))?;
    let outcome = runtime.block_on(async {
        match cli.command.unwrap_or_default() {
            Command::Serve(options) => command::serve(config, options).await,
            Command::Ingest(options) => command::ingest_once(config, options).await,
            Command::Backfill(options) => command::backfill(config, options).await,
            Command::Pause(options) => command::pause(config, options).await,
            Command::Resume => command::resume(config).await,
            Command::Import(options) => command::import(config, options).await,
            Command::Replay(options) => command::replay(config, options).await,
            Command::Upkeep => command::upkeep(config).await,
            Command::Migrate => command::migrate(config).await,
            Command::Check => command::check(config).await,
            Command::Acknowledge(options) => command::acknowledge(config, options).await,
            Command::Backtest(what) => command::backtest(config, what).await,
            Command::Dictionary(options) => command::dictionary(config, options).await,
            Command::Simulate(options) => command::simulate(options).await,
            Command::Health(options) => command::health(&config, options).await,
            Command::Database(options) => command::database(config, options).await,
        }
    });
    // Dropping the runtime would wait for its blocking threads, and one of them may hang in a DNS lookup for any time.
    runtime.shutdown_timeout(std::time::Duration::from_millis(200));
    outcome
}
