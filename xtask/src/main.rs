//! `cargo xtask`: the single entry point for every development task. `cargo xtask help` lists them.

#![expect(
    clippy::disallowed_methods,
    reason = "a command line tool: it reads the environment and waits for other programs"
)]

mod bench;
mod browser;
mod chaos;
mod container;
mod layering;
mod lines;
mod lint;
mod npm;
mod postgres;
mod progress;
mod run;
mod shell;
mod site;
mod specs;
mod styles;
mod suites;
mod test;
mod toolchain;
mod watch;
mod workspace;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Set up, build, run, test and measure Mooncoon.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Debug, Subcommand)]
enum Chore {
    /// Set everything up, build, start the program; it prints its address when the page is ready.
    Run(run::Options),
    /// Build quickly, start the program, and do so again after each save.
    Watch(watch::Options),
    /// Set everything up and run every check and test; the last line counts them.
    Test(test::Options),
    /// Build what the browser loads into target/site.
    Site(site::Options),
    /// Check format, clippy (native and wasm), scripts, style sheets, selectors of browser tests, layering (which crates may use which),
    /// and deny.toml where cargo-deny is installed.
    Lint,
    /// Format every Rust file.
    Fmt,
    /// Kill the program repeatedly, and check that nothing is lost or duplicated.
    Chaos(chaos::Options),
    /// Build the image, run the compose file, and check both against docs/deployment.md.
    Container(container::Options),
    /// Take the product's figures.
    Bench(bench::Options),
}

fn main() -> ExitCode {
    let outcome = match Arguments::parse().chore {
        Chore::Run(options) => run::run(&options).map(|()| true),
        Chore::Watch(options) => watch::watch(&options).map(|()| true),
        // Its failures are in its table, whose last line must stay the last.
        Chore::Test(options) => Ok(test::test(&options)),
        Chore::Site(options) => site::build(&options).map(|_| true),
        Chore::Lint => lint::lint().map(|()| true),
        Chore::Fmt => lint::format().map(|()| true),
        Chore::Chaos(options) => chaos::chaos(&options),
        Chore::Container(options) => container::container(&options),
        Chore::Bench(options) => bench::bench(&options).map(|()| true),
    };
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            progress::say(&format!("error: {error:#}"));
            ExitCode::FAILURE
        }
    }
}
