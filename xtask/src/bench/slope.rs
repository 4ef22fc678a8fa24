//! The time of the data tests of each run, over many runs: whether it grows with them.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::program::{Database, Simulator, mooncoon};
use crate::{
    progress::tell,
    shell::{command, output},
    suites::database::folder,
};

/// Options of `slope`.
#[derive(Debug, clap::Args)]
pub(super) struct SlopeOptions {
    /// How many lists of the simulated world are imported, two of each day; 0 leaves them out.
    #[arg(long, default_value_t = 222)]
    imports: usize,
    /// How many launches each of them has.
    #[arg(long, default_value_t = 350)]
    launches: usize,
    /// Also import the recorded lists of this folder into another database: one file a day, with the day in its name.
    #[arg(long, value_name = "FOLDER")]
    recorded: Option<PathBuf>,
}

/// Imports many lists, one after another, and prints how the time of the data tests has developed. Needs `psql`.
pub(super) fn slope(options: &SlopeOptions) -> Result<()> {
    if options.imports > 0 {
        let scratch = folder("mooncoon-bench-")?;
        let database = Imports::start(scratch.path())?;
        for time in moments().take(options.imports) {
            let simulator = Simulator::start_at(scratch.path(), options.launches, &time)?;
            let files = simulator.pages(scratch.path(), options.launches)?;
            database.import(&time, &files)?;
        }
        database.report("simulated lists")?;
    }
    if let Some(folder_of_lists) = &options.recorded {
        let scratch = folder("mooncoon-bench-")?;
        let database = Imports::start(scratch.path())?;
        let mut files: Vec<PathBuf> = std::fs::read_dir(folder_of_lists)
            .with_context(|| format!("could not read {}", folder_of_lists.display()))?
            .map(|entry| Ok(entry?.path()))
            .collect::<Result<_>>()?;
        files.sort();
        for file in files {
            // Other files of the folder have no day in their names.
            let Some(day) = day_of(&file) else { continue };
            // When the day was over: no record is from after it.
            database.import(&format!("{day}T23:59:59Z"), &[file])?;
        }
        database.report("recorded lists")?;
    }
    Ok(())
}

/// A database that lists are imported into.
struct Imports {
    database: Database,
    data: PathBuf,
}

impl Imports {
    fn start(scratch: &Path) -> Result<Self> {
        let data = scratch.join("data");
        Ok(Self { database: Database::start(&data)?, data })
    }

    fn import(&self, observed_at: &str, files: &[PathBuf]) -> Result<()> {
        let mut import = mooncoon(&self.data);
        import.env("DATABASE_URL", &self.database.url).env("MOONCOON_SOURCE", "simulated");
        output(import.args(["import", "--observed-at", observed_at]).args(files)).map(drop)
    }

    /// Prints the figures of all runs.
    fn report(&self, title: &str) -> Result<()> {
        let sql = "select extract(epoch from ingest_step.finished_at - ingest_step.started_at) * 1000
            from ingest_step
            where ingest_step.name = 'test' and ingest_step.state = 'succeeded'
            order by ingest_step.ingest_run_id";
        let text = output(command("psql").args([self.simulated_url()?.as_str(), "--no-psqlrc", "-Atqc", sql]))
            .context("the times of the steps are read with psql")?;
        let times: Vec<f64> =
            text.lines().map(|line| line.parse().context("a time is not a number")).collect::<Result<_>>()?;
        let quarter = times.len() / 4;
        let (Some(first), Some(last)) = (times.get(..quarter), times.get(times.len() - quarter..)) else {
            bail!("there are no runs");
        };
        if quarter == 0 {
            bail!("{} runs are too few", times.len());
        }
        // Other work on the machine adds to a time and never shortens it: the least ones tell growth from noise.
        tell(&format!(
            "data tests over {} imports of {title}: median {:.1} ms of the first {quarter} (least {:.1}), {:.1} ms of the last {quarter} \
             (least {:.1}), slope {:+.2} ms per 100 runs (least squares)",
            times.len(),
            median(first),
            least(first),
            median(last),
            least(last),
            slope_of(&times) * 100.0
        ));
        Ok(())
    }

    /// The database of simulated launches on the same server.
    fn simulated_url(&self) -> Result<String> {
        let (before, after) =
            self.database.url.split_once("/postgres?").context("the address of the database is unknown")?;
        Ok(format!("{before}/mooncoon_simulated?{after}"))
    }
}

/// Midnight and noon of each day from January 2026.
fn moments() -> impl Iterator<Item = String> {
    const DAYS: [u32; 12] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    (1..).zip(DAYS).flat_map(|(month, days)| {
        (1..=days).flat_map(move |day| ["00", "12"].map(move |hour| format!("2026-{month:02}-{day:02}T{hour}:00:00Z")))
    })
}

/// Returns the first day, such as 2026-01-31, in the name of a file.
fn day_of(file: &Path) -> Option<String> {
    let name = file.file_name()?.to_str()?;
    let is_day = |text: &&[u8]| {
        text.iter().enumerate().all(|(at, byte)| if at == 4 || at == 7 { *byte == b'-' } else { byte.is_ascii_digit() })
    };
    let day = name.as_bytes().windows(10).find(is_day)?;
    String::from_utf8(day.to_vec()).ok()
}

fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    match sorted.len() {
        0 => f64::NAN,
        count if count % 2 == 0 => (sorted[count / 2 - 1] + sorted[count / 2]) / 2.0,
        count => sorted[count / 2],
    }
}

fn least(values: &[f64]) -> f64 {
    values.iter().copied().fold(f64::INFINITY, f64::min)
}

/// Growth from one value to the next, by least squares.
#[expect(clippy::cast_precision_loss, reason = "positions of a few hundred runs")]
fn slope_of(values: &[f64]) -> f64 {
    let count = values.len() as f64;
    let middle = (count - 1.0) / 2.0;
    let mean = values.iter().sum::<f64>() / count;
    let (mut product, mut square) = (0.0, 0.0);
    for (at, value) in values.iter().enumerate() {
        let distance = at as f64 - middle;
        product += distance * (value - mean);
        square += distance * distance;
    }
    product / square
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{day_of, least, median, moments, slope_of};

    #[test]
    fn medians_and_slopes_are_those_of_known_series() {
        assert_eq!(median(&[3.0, 1.0, 2.0]), 2.0);
        assert_eq!(median(&[4.0, 1.0, 2.0, 3.0]), 2.5);
        assert_eq!(least(&[3.0, 1.0, 2.0]), 1.0);
        assert_eq!(slope_of(&[5.0, 5.0, 5.0, 5.0]), 0.0);
        assert_eq!(slope_of(&[1.0, 3.0, 5.0, 7.0]), 2.0);
        // One slow run in the middle is no slope.
        assert!(slope_of(&[1.0, 1.0, 100.0, 1.0, 1.0]).abs() < 1e-9);
    }

    #[test]
    fn the_moments_are_days_in_their_order() {
        let all: Vec<String> = moments().collect();
        assert_eq!(all.len(), 2 * 365);
        assert!(all.is_sorted());
        assert_eq!(all[222], "2026-04-22T00:00:00Z");
    }

    #[test]
    fn a_day_is_found_in_a_name_only() {
        assert_eq!(day_of(Path::new("2025-01-01/daily_2026-01-13.json.gz")).as_deref(), Some("2026-01-13"));
        assert_eq!(day_of(Path::new("2025-01-01/changes.jsonl")), None);
        assert_eq!(day_of(Path::new("2026-01")), None);
    }
}
