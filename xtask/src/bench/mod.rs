//! `cargo xtask bench`: the product's figures, each with the command, the machine and the commit on which it was measured.
//!
//! A figure is work (CPU seconds, bytes, requests), which is repeatable; wall time is printed next to it, and only compared within one run.

mod connections;
mod figures;
pub(crate) mod http;
mod program;
mod recovery;
mod slope;
mod starts;
mod starvation;
mod usage;
mod web;

use std::{path::PathBuf, process::Stdio};

use anyhow::{Context, Result};

use self::usage::{Usage, process_tree};
use crate::{
    postgres,
    progress::{seconds, tell},
    shell::{cargo, command, output, run},
    site, workspace,
};

/// Options of `bench`.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// Measure this program instead of building the release.
    #[arg(long, global = true, value_name = "PATH")]
    program: Option<PathBuf>,
    #[command(subcommand)]
    figure: Figure,
}

#[derive(Debug, clap::Subcommand)]
enum Figure {
    /// JSON to published star schema: CPU seconds, all in.
    Load(figures::LoadOptions),
    /// A run that finds nothing new, within the running program.
    Hour(figures::HourOptions),
    /// Start of the program to a board with launches.
    Start,
    /// Resident memory, idle.
    Memory,
    /// Memory of connections and streams, new connections per second, and SIGTERM while all of them are open.
    Connections(connections::ConnectionOptions),
    /// From `kill -9` of the embedded Postgres to a page that is read from it again.
    Recovery(recovery::RecoveryOptions),
    /// Bytes and requests of a first visit, without a browser.
    Page,
    /// First visits in Chromium, and filters until all charts are redrawn.
    Web(web::WebOptions),
    /// Requests that fail right after a start, under load.
    Starts(starts::StartsOptions),
    /// One client requests all past launches many times: responses to other clients, and memory that stays in use.
    Starvation(starvation::StarvationOptions),
    /// Time of the data tests of each run, over hundreds of imports: medians of the first and last quarter, and the slope.
    Slope(slope::SlopeOptions),
    /// Any command: its CPU time, with that of everything it waited for.
    Command {
        /// The command, after `--`.
        #[arg(last = true, required = true)]
        words: Vec<String>,
    },
    /// A running process and its children, such as Postgres: CPU time so far and memory now.
    Process {
        /// Its process id.
        pid: u32,
    },
}

/// Measures a figure and prints it.
pub(crate) fn bench(options: &Options) -> Result<()> {
    tell(&format!("machine: {}", machine()));
    tell(&format!("commit:  {}", commit()));
    match &options.figure {
        Figure::Command { .. } | Figure::Process { .. } => {}
        // Nothing of the site is requested.
        Figure::Connections(_) | Figure::Slope(_) => prepare_program(options)?,
        _ => {
            site::build(&site::Options { dev: false })?;
            prepare_program(options)?;
        }
    }
    match &options.figure {
        Figure::Load(options) => figures::load(options)?,
        Figure::Hour(options) => figures::hour(options)?,
        Figure::Start => figures::start()?,
        Figure::Memory => figures::memory()?,
        Figure::Connections(options) => connections::connections(options)?,
        Figure::Recovery(options) => recovery::recovery(options)?,
        Figure::Page => figures::page()?,
        Figure::Web(options) => web::web(options)?,
        Figure::Starts(options) => starts::starts(options)?,
        Figure::Starvation(options) => starvation::starvation(options)?,
        Figure::Slope(options) => slope::slope(options)?,
        Figure::Command { words } => {
            let (program, arguments) = words.split_first().context("there is no command after --")?;
            let mut measured = command(program);
            measured.args(arguments).stdin(Stdio::null());
            let usage = Usage::of(&mut measured)?;
            tell(&format!("command: {}", words.join(" ")));
            tell(&format!("result:  {usage}"));
        }
        Figure::Process { pid } => {
            let tree = process_tree(*pid)?;
            tell(&format!("process: {pid} with {} children", tree.processes.saturating_sub(1)));
            tell(&format!("cpu:     {}", seconds(tree.cpu)));
            tell(&format!("memory:  {} kB resident, {} kB at most", tree.resident_kb, tree.peak_kb));
        }
    }
    Ok(())
}

/// Builds the program to measure: the release build that users run, unless another program is given.
fn prepare_program(options: &Options) -> Result<()> {
    postgres::prepare(postgres::Need::Always)?;
    if let Some(path) = &options.program {
        return program::measure(path);
    }
    let mut build = cargo();
    build.args(["build", "--package", "server", "--bin", "mooncoon", "--release"]);
    run(&mut build, "the server does not compile: see above")
}

/// Processor model and count, in one line.
fn machine() -> String {
    let cpus = std::thread::available_parallelism().map_or(0, |count| count.get());
    let info = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = info
        .lines()
        .find_map(|line| line.strip_prefix("model name")?.split_once(':'))
        .map_or("unknown processor", |(_, name)| name.trim());
    format!("{cpus} x {model}, {}", std::env::consts::OS)
}

/// The commit, marked if files differ from it.
fn commit() -> String {
    let describe = output(command("git").args(["describe", "--always", "--dirty"]).current_dir(workspace::root()));
    describe.map_or_else(|_| "unknown".to_owned(), |text| text.trim().to_owned())
}
