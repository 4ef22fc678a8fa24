use std::{net::SocketAddr, path::PathBuf};

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use clap::{Args, Parser, Subcommand};

/// Which rocket to board, how sure that is, and when it changes.
#[derive(Debug, Parser)]
#[command(name = "mooncoon", version, about, long_about = None, disable_help_subcommand = true)]
#[command(after_help = "Settings come from the environment or a .env file; .env.example explains each.")]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
    /// Write the log as JSON, one object a line.
    #[arg(long, global = true)]
    pub(crate) log_json: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Serve the board and keep it up to date (the default).
    Serve(ServeOptions),
    /// Bring the star schema up to date with LL2, once.
    Ingest(IngestOptions),
    /// Read past launches until the beginning of history, at the pace the budget allows; goes on where it was stopped.
    Backfill(BackfillOptions),
    /// Let the background job rest, over restarts and on all replicas, until `resume`.
    Pause(PauseOptions),
    /// Let it go on.
    Resume,
    /// Land archived responses (plain or .gz) as if they had been fetched then.
    Import(ImportOptions),
    /// Build the star schema anew from what was landed, without asking LL2.
    Replay(ReplayOptions),
    /// Bring the database schema up to date.
    Migrate,
    /// Run every data test against what is published; fails when a blocking one finds rows.
    Check,
    /// Set our forecasts beside what came, walking forward through what the database holds.
    #[command(subcommand)]
    Backtest(Backtest),
    /// Print every table, view and column with its meaning, keys, lineage and tests, as Markdown.
    Dictionary(DictionaryOptions),
    /// Run an LL2 server of our own: a replay of recorded pages, or an invented world.
    Simulate(SimulateOptions),
    /// Ask the program that serves at MOONCOON_ADDR whether it answers; fails when it does not. For images, which have no curl.
    #[command(hide = true)]
    Health(HealthOptions),
    /// Run a private Postgres until standard input closes, and print its DATABASE_URL.
    #[command(hide = true)]
    Database(DatabaseOptions),
}

impl Default for Command {
    fn default() -> Self {
        Self::Serve(ServeOptions::default())
    }
}

#[derive(Clone, Debug, Default, Args)]
pub(crate) struct ServeOptions {
    /// Let time stand still for the invented world and for the pages: for tests and pictures.
    #[arg(long, value_name = "TIME", hide = true)]
    pub(crate) frozen_at: Option<DateTime<Utc>>,
    #[command(flatten)]
    pub(crate) world: WorldOptions,
}

#[derive(Clone, Debug, Default, Args)]
pub(crate) struct IngestOptions {
    /// One run, then exit. Without it the job is part of `serve`.
    #[arg(long, required = true)]
    pub(crate) once: bool,
    #[command(flatten)]
    pub(crate) world: WorldOptions,
}

#[derive(Clone, Debug, Default, Args)]
pub(crate) struct BackfillOptions {
    #[command(flatten)]
    pub(crate) world: WorldOptions,
}

#[derive(Clone, Debug, Default, Args)]
pub(crate) struct PauseOptions {
    /// Why, for those who will wonder.
    #[arg(long)]
    pub(crate) reason: Option<String>,
}

#[derive(Clone, Debug, Args)]
pub(crate) struct ImportOptions {
    /// When the responses were received, such as 2026-03-23T08:46:00Z.
    #[arg(long, value_name = "TIME")]
    pub(crate) observed_at: DateTime<Utc>,
    /// The responses of one observation: pages, bare lists or single launches.
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
}

#[derive(Clone, Debug, Args)]
pub(crate) struct ReplayOptions {
    /// Only load the records in quarantine that can be read by now, each as of when it was received.
    #[arg(long)]
    pub(crate) quarantine: bool,
}

/// The invented world: which one, how large, how fast.
#[derive(Clone, Debug, Args)]
pub(crate) struct WorldOptions {
    /// Seed of the invented world; the same seed gives the same bytes.
    #[arg(long, default_value_t = 1969)]
    pub(crate) seed: u64,
    /// Launches listed as upcoming in the invented world.
    #[arg(long, default_value_t = 360)]
    pub(crate) upcoming: usize,
    /// Launches in the past of the invented world.
    #[arg(long, default_value_t = 7000)]
    pub(crate) past: usize,
    /// Invented seconds that pass in one of ours.
    #[arg(long, default_value_t = 1.0)]
    pub(crate) speed: f64,
}

impl Default for WorldOptions {
    fn default() -> Self {
        Self { seed: 1969, upcoming: 360, past: 7000, speed: 1.0 }
    }
}

#[derive(Clone, Debug, Args)]
pub(crate) struct SimulateOptions {
    /// Where to listen; port 0 takes a free one.
    #[arg(long, default_value = "127.0.0.1:8020")]
    pub(crate) addr: SocketAddr,
    /// Serve recorded pages or lists instead of an invented world; a file or a folder, may be repeated.
    #[arg(long, value_name = "DIR|FILE")]
    pub(crate) replay: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) world: WorldOptions,
    /// World time at the start; now when left out.
    #[arg(long, value_name = "TIME")]
    pub(crate) start: Option<DateTime<Utc>>,
    /// Answer 429 after this many requests in an hour, as LL2 does after 15.
    #[arg(long, value_name = "REQUESTS")]
    pub(crate) throttle: Option<u32>,
    /// Misbehave: NAME on every request, NAME@N on the N-th, NAME@N+ from there on. May be repeated; --help lists the names.
    #[arg(long, value_name = "NAME[=VALUE][@N[+]]", long_help = fault_help())]
    pub(crate) fault: Vec<simulator::Fault>,
}

/// Which forecasts to set beside what came.
#[derive(Clone, Debug, Subcommand)]
pub(crate) enum Backtest {
    /// The chance of success of each flight, from the flights before it.
    ///
    /// The outcomes are those of the star schema, or of the files that are named. Scored beside the rules of thumb; the intervals are those of a
    /// bootstrap that draws whole years, with a fixed seed. The built-in constants were chosen on flights before 2019: what is printed for those
    /// years is no evidence, unless they were chosen anew with `--fit-until`.
    Success(BacktestSuccess),
    /// The date of each waiting launch, once a day, from what was known on that day.
    ///
    /// Dates and flights are those of the star schema: recorded days are brought in with `mooncoon import --observed-at`, in their order.
    /// A launch that has not flown when its record ends is not left out: in its rows, and in those of all others, times after the end
    /// count as the end, on both sides. `known_until` has the end, so that anybody may count otherwise.
    Slips(BacktestRange),
}

#[derive(Clone, Debug, Args)]
pub(crate) struct BacktestSuccess {
    /// Outcomes in LL2's form (plain or .gz; pages, bare lists), read instead of the database. They need no more than id, net, status,
    /// provider and rocket: archives that `import` cannot land will do. May be repeated; a launch that comes twice counts once.
    #[arg(long, value_name = "FILE", num_args = 1..)]
    pub(crate) outcomes: Vec<PathBuf>,
    /// Chooses the model's constants anew, on flights before this day alone, and foretells with them instead of the built-in ones. Prints
    /// them. Without `--from` the forecasts begin here.
    #[arg(long, value_name = "TIME", value_parser = day_or_time)]
    pub(crate) fit_until: Option<DateTime<Utc>>,
    /// The constants are chosen on flights from this day; earlier ones only teach.
    #[arg(long, value_name = "TIME", value_parser = day_or_time, default_value = "1962-01-01", requires = "fit_until")]
    pub(crate) fit_from: DateTime<Utc>,
    #[command(flatten)]
    pub(crate) range: BacktestRange,
}

#[derive(Clone, Debug, Args)]
pub(crate) struct BacktestRange {
    /// First forecast: a day (from 00:00 UTC) or a time; what lies before is learned from. The beginning when left out.
    #[arg(long, value_name = "TIME", value_parser = day_or_time)]
    pub(crate) from: Option<DateTime<Utc>>,
    /// No forecast at or after this. The end when left out.
    #[arg(long, value_name = "TIME", value_parser = day_or_time)]
    pub(crate) to: Option<DateTime<Utc>>,
    /// One row per forecast, with everything needed to score it otherwise; `-` is standard output.
    #[arg(long, value_name = "FILE")]
    pub(crate) csv: Option<PathBuf>,
}

/// A day stands for its first moment in UTC.
fn day_or_time(text: &str) -> Result<DateTime<Utc>, String> {
    if let Ok(day) = text.parse::<NaiveDate>() {
        return Ok(day.and_time(NaiveTime::MIN).and_utc());
    }
    text.parse().map_err(|_| "neither a day like 2026-03-01 nor a time like 2026-03-01T12:00:00Z".to_owned())
}

#[derive(Clone, Debug, Default, Args)]
pub(crate) struct DictionaryOptions {
    /// As JSON instead.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Clone, Debug, Default, Args)]
pub(crate) struct HealthOptions {
    /// Ask also whether its database answers (/readyz instead of /healthz).
    #[arg(long)]
    pub(crate) ready: bool,
}

#[derive(Clone, Debug, Args)]
pub(crate) struct DatabaseOptions {
    /// Where the cluster lives; MOONCOON_DATA_DIR when left out.
    #[arg(long, value_name = "DIR")]
    pub(crate) data_dir: Option<PathBuf>,
}

fn fault_help() -> String {
    let mut help =
        "Misbehave: NAME on every request, NAME@N on the N-th, NAME@N+ from there on. May be repeated.\n".to_owned();
    for (name, _, meaning) in simulator::FaultKind::ALL {
        help.push_str(&format!("\n  {name:<16} {meaning}"));
    }
    help
}
