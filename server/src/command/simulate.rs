use anyhow::Context as _;
use chrono::Utc;
use simulator::{ApiVersion, InventedOptions, Options, Simulator, WorldSource};

use crate::{cli::SimulateOptions, shutdown};

/// Runs the simulator until a signal arrives.
#[expect(clippy::disallowed_methods, reason = "the simulator has no database")]
pub(crate) async fn simulate(options: SimulateOptions) -> anyhow::Result<()> {
    let world = if options.replay.is_empty() {
        WorldSource::Invented(InventedOptions {
            seed: options.world.seed,
            upcoming: options.world.upcoming,
            past: options.world.past,
            speed: options.world.speed,
            start: options.start.unwrap_or_else(Utc::now),
        })
    } else {
        WorldSource::Replay(options.replay)
    };
    let settings = Options {
        source: world,
        throttle: options.throttle,
        faults: options.fault,
        seed: options.world.seed,
        ..Options::default()
    };
    let simulator = Simulator::bind(options.addr, settings).await.context("could not start the simulator")?;
    announce(&simulator);
    simulator.run(shutdown::on_signal()).await.context("the simulator stopped")
}

#[expect(clippy::print_stdout, reason = "the command prints the addresses")]
fn announce(simulator: &Simulator) {
    for &version in ApiVersion::ALL {
        println!("MOONCOON_LL2_URL={}", simulator.base_url(version));
    }
}
