//! `cargo xtask chaos`: kills the program repeatedly, and reports what was lost.
//!
//! The loop itself is a test of the server (`server/tests/chaos/kills.rs`), which has access to the simulator and the invariants; this
//! module prepares what it needs and shows its output.

use anyhow::{Result, bail};

use crate::{
    postgres,
    progress::step,
    suites::{cargo, database::Database},
    toolchain,
};

/// Options of `chaos`.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// How often the program is killed.
    #[arg(long, default_value_t = 100)]
    kills: u32,
    /// Seed of the times and places of the kills; the same seed repeats them as far as timing allows.
    #[arg(long, default_value_t = 1969)]
    seed: u64,
    /// All of `server/tests/chaos`, with every case: every fault at every request, every statement in every way. Takes an hour or more.
    #[arg(long)]
    everything: bool,
}

/// Builds the program with its failpoints, starts a Postgres, and runs the kills. Returns whether nothing was lost.
pub(crate) fn chaos(options: &Options) -> Result<bool> {
    step("tools", || {
        toolchain::prepare()?;
        postgres::prepare(postgres::Need::Always)
    })?;
    step("build", cargo::build_chaos)?;
    let database = step("Postgres for the kills", Database::start)?;
    let (count, all_passed) = if options.everything {
        step("everything", || cargo::chaos_in_full(database.url(), options.kills, options.seed))?
    } else {
        step("kills", || cargo::kills(database.url(), options.kills, options.seed))?
    };
    if count.passed + count.failed == 0 {
        bail!("no test ran: see above");
    }
    Ok(all_passed && count.failed == 0)
}
