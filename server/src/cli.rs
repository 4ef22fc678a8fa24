use std::{net::SocketAddr, path::PathBuf};

use chrono::{DateTime, Datelike as _, NaiveDate, NaiveTime, Utc};
use clap::{Args, Parser, Subcommand, builder::RangedU64ValueParser};

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
    /// Read past launches until the beginning of history, at the pace that the budget allows; continues where it stopped.
    Backfill(BackfillOptions),
    /// Pause the background job, across restarts and on all replicas, until `resume`.
    Pause(PauseOptions),
    /// Resume the background job.
    Resume,
    /// Land archived responses (plain or .gz) as if they had been fetched then.
    Import(ImportOptions),
    /// Rebuild the star schema from what was landed, without requests to LL2.
    Replay(ReplayOptions),
    /// Do now what the job does once a day: delete details of old runs, compact landed responses, and delete
    /// them if MOONCOON_RAW_RETENTION_DAYS says so.
    Upkeep,
    /// Bring the database schema up to date.
    Migrate,
    /// Run every data test against the published data; fails if a blocking one finds rows.
    Check,
    /// Acknowledge rows of a data test that are known, so that it neither warns nor blocks until there are more.
    Acknowledge(AcknowledgeOptions),
    /// Compare our forecasts with the outcomes, walking forward through the data in the database.
    #[command(subcommand)]
    Backtest(Backtest),
    /// Print every table, view and column with its meaning, keys, lineage and tests, as Markdown.
    Dictionary(DictionaryOptions),
    /// Run a simulated LL2 server: a replay of recorded pages, or an invented world.
    Simulate(SimulateOptions),
    /// Check whether the program at MOONCOON_ADDR responds; fails if it does not. For images, which have no curl.
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
    /// Freeze the time of the invented world and of the pages: for tests and pictures.
    #[arg(long, value_name = "TIME", value_parser = moment, hide = true)]
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
    /// Reason for the pause, shown on the pipeline page.
    #[arg(long)]
    pub(crate) reason: Option<String>,
}

#[derive(Clone, Debug, Args)]
pub(crate) struct ImportOptions {
    /// When the responses were received, such as 2026-03-23T08:46:00Z.
    #[arg(long, value_name = "TIME", value_parser = moment)]
    pub(crate) observed_at: DateTime<Utc>,
    /// Then replay, if newer data was published before. To import many archives, replay once, after the last of them.
    #[arg(long)]
    pub(crate) replay: bool,
    /// The responses of one observation: pages, bare lists or single launches.
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
}

#[derive(Clone, Debug, Args)]
pub(crate) struct ReplayOptions {
    /// Only load the quarantined records that can be read by now, each as of when it was received.
    #[arg(long)]
    pub(crate) quarantine: bool,
}

#[derive(Clone, Debug, Args)]
pub(crate) struct AcknowledgeOptions {
    /// Name of the data test, as `check` prints it.
    #[arg(required_unless_present = "list")]
    pub(crate) test: Option<String>,
    /// Why the rows are accepted, shown on the pipeline page.
    #[arg(long, required_unless_present_any = ["revoke", "list"])]
    pub(crate) reason: Option<String>,
    /// The most rows to accept. Default: those that the test finds now. Required for rows that block publication.
    #[arg(long, value_parser = clap::value_parser!(i64).range(1..))]
    pub(crate) rows: Option<i64>,
    /// When the acknowledgement ends: a day (at 00:00 UTC) or a time. Required for rows that block publication, at most 30 days ahead.
    #[arg(long, value_name = "TIME", value_parser = day_or_time)]
    pub(crate) until: Option<DateTime<Utc>>,
    /// Who acknowledges them.
    #[arg(long, value_name = "NAME")]
    pub(crate) by: Option<String>,
    /// Revoke the acknowledgement of the test instead.
    #[arg(long, conflicts_with_all = ["reason", "rows", "until", "by"])]
    pub(crate) revoke: bool,
    /// List the acknowledgements that are in force.
    #[arg(long, conflicts_with_all = ["test", "reason", "rows", "until", "by", "revoke"])]
    pub(crate) list: bool,
}

/// The invented world: which one, how large, how fast.
#[derive(Clone, Debug, Args)]
pub(crate) struct WorldOptions {
    /// Seed of the invented world; the same seed gives the same bytes.
    #[arg(long, default_value_t = 1969)]
    pub(crate) seed: u64,
    /// Launches listed as upcoming in the invented world, 1 to 100,000.
    #[arg(long, default_value_t = 360, value_parser = RangedU64ValueParser::<usize>::new().range(1..=MOST_INVENTED))]
    pub(crate) upcoming: usize,
    /// Launches in the past of the invented world, 0 to 100,000.
    #[arg(long, default_value_t = 7000, value_parser = RangedU64ValueParser::<usize>::new().range(0..=MOST_INVENTED))]
    pub(crate) past: usize,
    /// Speed of the simulated time: simulated seconds per real second, 0 to 1,000,000.
    #[arg(long, default_value_t = 1.0, value_parser = speed)]
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
    /// World time at the start; default: now.
    #[arg(long, value_name = "TIME", value_parser = moment)]
    pub(crate) start: Option<DateTime<Utc>>,
    /// Respond with 429 after this many requests in an hour, as LL2 does after 15; 0 to 1,000,000.
    #[arg(long, value_name = "REQUESTS", value_parser = clap::value_parser!(u32).range(0..=1_000_000))]
    pub(crate) throttle: Option<u32>,
    /// Inject a fault: NAME on every request, NAME@N on the N-th, NAME@N+ from the N-th on. May be repeated; --help lists the names.
    #[arg(long, value_name = "NAME[=VALUE][@N[+]]", long_help = fault_help())]
    pub(crate) fault: Vec<simulator::Fault>,
}

/// Which forecasts to compare with the outcomes.
#[derive(Clone, Debug, Subcommand)]
pub(crate) enum Backtest {
    /// The chance of success of each flight, from the flights before it.
    ///
    /// The outcomes are those of the star schema, or of the given files. They are scored next to the rules of thumb; the intervals are
    /// those of a bootstrap that draws whole years, with a fixed seed. The built-in constants were chosen on flights before 2019: the
    /// scores of those years are no evidence, unless the constants were chosen again with `--fit-until`.
    Success(BacktestSuccess),
    /// The date of each waiting launch, once a day, from what was known on that day.
    ///
    /// Dates and flights are those of the star schema: recorded days are loaded with `mooncoon import --observed-at`, in their order or followed by `mooncoon replay`. Each
    /// forecast is scored over a fixed look-ahead (7 to 90 days, by how far ahead the launch was announced), and only if that ends before
    /// the record does: what is scored does not depend on the outcome. Each launch has one vote. The rows have all quantiles, so that
    /// other ways of counting are possible. The built-in constants were chosen on January to April 2026: the scores of those months are no
    /// evidence, unless the constants were chosen again with `--fit-until`.
    Slips(BacktestSlips),
    /// The time by which to decide, for each launch that flew: whether an agent who waits until then is ready before the flight.
    ///
    /// The agent has that launch alone, looks at its forecast once a day, and begins to prepare when the time comes before the next look.
    /// Each forecast is made from what was known on its day. The rule of the program is printed beside rules that accept a fixed chance
    /// that the launch has left.
    Decide(BacktestDecide),
}

#[derive(Clone, Debug, Args)]
pub(crate) struct BacktestDecide {
    /// Days that the agent needs before boarding, 0 to 365; several are separated by commas.
    #[arg(long, value_name = "DAYS", value_delimiter = ',', default_values_t = [0, 2, 7], value_parser = clap::value_parser!(u16).range(0..=365))]
    pub(crate) prepare: Vec<u16>,
    #[command(flatten)]
    pub(crate) range: BacktestRange,
}

#[derive(Clone, Debug, Args)]
pub(crate) struct BacktestSuccess {
    /// Outcomes in LL2's format (plain or .gz; pages, bare lists), read instead of the database. They need no more than id, net, status,
    /// provider and rocket: archives that `import` cannot land are sufficient. May be repeated; a launch that occurs twice counts once.
    #[arg(long, value_name = "FILE", num_args = 1..)]
    pub(crate) outcomes: Vec<PathBuf>,
    /// Choose the model's constants again, on flights before this day only, and predict with them instead of the built-in ones. Prints
    /// them. Without `--from` the forecasts begin here.
    #[arg(long, value_name = "TIME", value_parser = day_or_time)]
    pub(crate) fit_until: Option<DateTime<Utc>>,
    /// The constants are chosen on flights from this day; earlier ones are training data only.
    #[arg(long, value_name = "TIME", value_parser = day_or_time, default_value = "1962-01-01", requires = "fit_until")]
    pub(crate) fit_from: DateTime<Utc>,
    #[command(flatten)]
    pub(crate) range: BacktestRange,
}

#[derive(Clone, Debug, Args)]
pub(crate) struct BacktestSlips {
    /// Choose the model's constants again, on what was known at this time only, and predict with them instead of the built-in ones. Prints
    /// them. Without `--from` the forecasts begin here.
    #[arg(long, value_name = "TIME", value_parser = day_or_time)]
    pub(crate) fit_until: Option<DateTime<Utc>>,
    #[command(flatten)]
    pub(crate) range: BacktestRange,
}

#[derive(Clone, Debug, Args)]
pub(crate) struct BacktestRange {
    /// First forecast: a day (from 00:00 UTC) or a time; everything before it is training data. Default: the beginning.
    #[arg(long, value_name = "TIME", value_parser = day_or_time)]
    pub(crate) from: Option<DateTime<Utc>>,
    /// No forecast at or after this. Default: the end.
    #[arg(long, value_name = "TIME", value_parser = day_or_time)]
    pub(crate) to: Option<DateTime<Utc>>,
    /// One row per forecast, with everything needed to score it otherwise; `-` is standard output.
    #[arg(long, value_name = "FILE")]
    pub(crate) csv: Option<PathBuf>,
}

/// Limit on the launches of an invented world: it is generated at startup and kept in memory.
const MOST_INVENTED: u64 = 100_000;

/// Parses a time within the calendar of the star schema, which begins in 1942 and ends with 2099; a simulated world must stay within it.
fn moment(text: &str) -> Result<DateTime<Utc>, String> {
    let time: DateTime<Utc> = text.parse().map_err(|_| "not a time like 2026-03-01T12:00:00Z".to_owned())?;
    on_the_calendar(time)
}

/// Parses a day or a time. A day means its first moment in UTC.
fn day_or_time(text: &str) -> Result<DateTime<Utc>, String> {
    if let Ok(day) = text.parse::<NaiveDate>() {
        return on_the_calendar(day.and_time(NaiveTime::MIN).and_utc());
    }
    let time =
        text.parse().map_err(|_| "neither a day like 2026-03-01 nor a time like 2026-03-01T12:00:00Z".to_owned())?;
    on_the_calendar(time)
}

fn on_the_calendar(time: DateTime<Utc>) -> Result<DateTime<Utc>, String> {
    if (1942..=2099).contains(&time.year()) { Ok(time) } else { Err("not within the years 1942 to 2099".to_owned()) }
}

fn speed(text: &str) -> Result<f64, String> {
    let speed = text.parse().ok().filter(|speed| (0.0..=1e6).contains(speed));
    speed.ok_or_else(|| "not a number from 0 to 1000000".to_owned())
}

#[derive(Clone, Debug, Default, Args)]
pub(crate) struct DictionaryOptions {
    /// As JSON instead.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Clone, Debug, Default, Args)]
pub(crate) struct HealthOptions {
    /// Also check whether its database responds (/readyz instead of /healthz).
    #[arg(long)]
    pub(crate) ready: bool,
}

#[derive(Clone, Debug, Args)]
pub(crate) struct DatabaseOptions {
    /// Directory of the cluster; MOONCOON_DATA_DIR if not given.
    #[arg(long, value_name = "DIR")]
    pub(crate) data_dir: Option<PathBuf>,
    /// Do not wait for the disk: faster, and a crash of the machine may damage every database of the cluster, then and later.
    #[arg(long, requires = "data_dir")]
    pub(crate) no_durability: bool,
}

fn fault_help() -> String {
    let mut help =
        "Inject a fault: NAME on every request, NAME@N on the N-th, NAME@N+ from the N-th on. May be repeated.\n"
            .to_owned();
    for (name, _, meaning) in simulator::FaultKind::ALL {
        help.push_str(&format!("\n  {name:<16} {meaning}"));
    }
    help
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_or_time_out_of_range_is_refused_with_its_option() {
        for (command, option, value) in [
            ("serve", "--upcoming", "0"),
            ("serve", "--upcoming", "18446744073709551615"),
            ("serve", "--past", "100001"),
            ("serve", "--past", "-1"),
            ("serve", "--speed", "NaN"),
            ("serve", "--speed", "inf"),
            ("serve", "--speed", "1e308"),
            ("serve", "--speed", "-1"),
            ("serve", "--seed", "18446744073709551616"),
            ("serve", "--frozen-at", "+262142-01-01T00:00:00Z"),
            ("serve", "--frozen-at", "0001-01-01T00:00:00Z"),
            ("simulate", "--start", "9999-12-31T23:59:59Z"),
            ("simulate", "--throttle", "4294967295"),
        ] {
            // As one argument: a negative number would be parsed as an option.
            let option_and_value = format!("{option}={value}");
            let error = Cli::try_parse_from(["mooncoon", command, &option_and_value]).expect_err("out of range");
            let error = error.to_string();
            assert!(error.contains(option) && error.contains(value), "{error}");
        }
    }

    #[test]
    fn an_acknowledgement_needs_a_test_and_a_reason() {
        let parse = |options: &[&str]| Cli::try_parse_from([&["mooncoon", "acknowledge"], options].concat());
        for (options, missing) in [
            (&["--reason", "Known."][..], "<TEST>"),
            (&["assert_x"], "--reason"),
            (&["assert_x", "--reason", "Known.", "--rows", "0"], "--rows"),
            (&["assert_x", "--reason", "Known.", "--until", "soon"], "--until"),
            (&["assert_x", "--reason", "Known.", "--revoke"], "--revoke"),
            (&["assert_x", "--list"], "--list"),
        ] {
            let error = parse(options).expect_err("incomplete").to_string();
            assert!(error.contains(missing), "{options:?}: {error}");
        }
        for options in [&["assert_x", "--reason", "Known."][..], &["assert_x", "--revoke"], &["--list"]] {
            parse(options).expect("complete");
        }
    }

    #[test]
    fn ranges_include_their_ends() {
        let world = ["--upcoming=100000", "--past=0", "--speed=1000000", "--seed=18446744073709551615"];
        Cli::try_parse_from(["mooncoon", "serve", "--frozen-at=2099-12-31T23:59:59Z"].iter().chain(&world))
            .expect("in range");
        Cli::try_parse_from(["mooncoon", "backtest", "slips", "--from=1942-01-01"]).expect("in range");
    }
}
