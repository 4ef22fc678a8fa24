//! `cargo xtask run`: from a fresh clone to a running page.

use std::{
    ffi::OsString,
    os::unix::process::CommandExt as _,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context as _, Result};

use crate::{
    postgres,
    progress::{say, step},
    shell::{cargo, command, run as finish},
    site, toolchain, workspace,
};

/// Options of `run`.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// Build quickly instead of small and fast.
    #[arg(long)]
    dev: bool,
    /// Arguments for the program, after `--`; `serve` when there are none.
    #[arg(last = true)]
    arguments: Vec<OsString>,
}

/// How the program is compiled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Profile {
    /// Quickly.
    Dev,
    /// Small and fast.
    Release,
}

/// Builds everything, then replaces this process with the program.
pub(crate) fn run(options: &Options) -> Result<()> {
    step("tools", || {
        toolchain::prepare()?;
        postgres::prepare(postgres::Need::WithoutDatabaseUrl)
    })?;
    let profile = if options.dev { Profile::Dev } else { Profile::Release };
    let site = build(profile)?;
    say("==> mooncoon");
    // `exec` replaces this process, so that signals reach the program directly and its exit status is not lost.
    Err(program(profile, &site, &options.arguments).exec()).context("could not start target's mooncoon")
}

/// Builds the site and the server, and returns the folder of the site.
///
/// At the same time, since the last crates of each keep only a single core busy: in sequence, the other cores would be idle for minutes.
pub(crate) fn build(profile: Profile) -> Result<PathBuf> {
    let is_dev = profile == Profile::Dev;
    let server = || {
        let mut build = cargo();
        build.args(["build", "--package", "server", "--bin", "mooncoon", "--profile"]);
        build.arg(if is_dev { "dev" } else { "release" });
        finish(&mut build, "the server does not compile: see above")
    };
    site::build_alongside(&site::Options { dev: is_dev }, || step("server", server))
}

/// The command that starts the built program.
pub(crate) fn program(profile: Profile, site: &Path, arguments: &[OsString]) -> Command {
    let mut program = command(workspace::program(if profile == Profile::Dev { "debug" } else { "release" }));
    program.env("MOONCOON_SITE_DIR", site).env("MOONCOON_POSTGRES_DIR", postgres::folder());
    if arguments.is_empty() {
        program.arg("serve");
    } else {
        program.args(arguments);
    }
    program
}
