//! `cargo xtask chaos`: kills the program, over and over, and reports what was lost.
//!
//! The loop itself is a test of the server's (`server/tests/chaos/kills.rs`), where the simulator and the invariants are at hand; this
//! brings what it needs and shows what it prints.

use anyhow::{Result, bail};

use crate::{
    postgres,
    progress::step,
    suites::{cargo, database::Database},
    toolchain,
};

/// What `chaos` can be told.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// How often the program is killed.
    #[arg(long, default_value_t = 100)]
    kills: u32,
    /// Decides when and where; the same seed kills at the same moments, as far as moments can be the same.
    #[arg(long, default_value_t = 1969)]
    seed: u64,
    /// All of `server/tests/chaos`, every case of it: every fault at every request, every statement in every way. Takes an hour or more.
    #[arg(long)]
    everything: bool,
}

/// Builds the program with its failpoints, starts a Postgres beside it, and kills. Says whether nothing was lost.
pub(crate) fn chaos(options: &Options) -> Result<bool> {
    step("tools", || {
        toolchain::prepare()?;
        postgres::prepare(postgres::Need::Always)
    })?;
    step("build", cargo::build_chaos)?;
    let database = step("Postgres for the kills", Database::start)?;
    let (count, is_well) = if options.everything {
        step("everything", || cargo::chaos_in_full(database.url(), options.kills, options.seed))?
    } else {
        step("kills", || cargo::kills(database.url(), options.kills, options.seed))?
    };
    if count.passed + count.failed == 0 {
        bail!("no test ran: see above");
    }
    Ok(is_well && count.failed == 0)
}
