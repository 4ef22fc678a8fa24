//! `cargo xtask run`: from a fresh clone to a page.

use std::{ffi::OsString, os::unix::process::CommandExt};

use anyhow::{Context, Result};

use crate::{
    postgres,
    progress::{say, step},
    shell::{cargo, command, run as finish, together},
    site, toolchain, workspace,
};

/// What `run` can be told.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// Build quickly instead of small and fast.
    #[arg(long)]
    dev: bool,
    /// Arguments for the program, after `--`; `serve` when there are none.
    #[arg(last = true)]
    arguments: Vec<OsString>,
}

/// Builds everything, then becomes the program.
pub(crate) fn run(options: &Options) -> Result<()> {
    step("tools", || {
        toolchain::prepare()?;
        postgres::prepare(postgres::Need::WithoutDatabaseUrl)
    })?;
    let profile = if options.dev { "dev" } else { "release" };
    let server = || {
        finish(
            cargo().args(["build", "--package", "server", "--bin", "mooncoon", "--profile", profile]),
            "the server does not compile: see above",
        )
    };
    // At the same time, since the last crates of each are work for a single core: one after the other leaves the rest idle for minutes.
    let (site, ()) = together(|| site::build(&site::Options { dev: options.dev }), || step("server", server))?;
    let mut program = command(workspace::program(if options.dev { "debug" } else { "release" }));
    program.env("MOONCOON_SITE_DIR", site).env("MOONCOON_POSTGRES_DIR", postgres::folder());
    if options.arguments.is_empty() {
        program.arg("serve");
    } else {
        program.args(&options.arguments);
    }
    say("==> mooncoon");
    // The program takes this process over, so that signals and the exit status are its own, with nobody in between to lose them.
    Err(program.exec()).context("could not start target's mooncoon")
}
