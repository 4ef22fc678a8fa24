//! The benchmarks, one function each.

use std::{collections::BTreeSet, thread, time::Duration};

use anyhow::{Context, Result, bail};

use super::{
    http::get,
    program::{Database, Program, Simulator, mooncoon},
    usage::{Usage, process_tree},
};
use crate::{
    progress::{seconds, tell},
    suites::database::folder,
};

/// Options of `load`.
#[derive(Debug, clap::Args)]
pub(super) struct LoadOptions {
    /// How many launches LL2 lists.
    #[arg(long, default_value_t = 350)]
    launches: usize,
    /// Import them from files, in pages of a hundred, instead of asking for them: for more than LL2 could ever list.
    #[arg(long)]
    from_files: bool,
}

/// From JSON to the published star schema: CPU time of the program and of Postgres, for a first run and for one that finds nothing new.
pub(super) fn load(options: &LoadOptions) -> Result<()> {
    let scratch = folder("mooncoon-bench-")?;
    let data = scratch.path().join("data");
    let simulator = Simulator::start(scratch.path(), options.launches)?;
    let database = Database::start(&data)?;
    // Creating and migrating the database is not part of the load.
    Usage::of(mooncoon(&data).arg("migrate").env("DATABASE_URL", &database.url).env("MOONCOON_SOURCE", "simulated"))?;
    let files = if options.from_files { simulator.pages(scratch.path(), options.launches)? } else { Vec::new() };
    for (title, observed_at) in [("first load", "2026-03-01T12:00:00Z"), ("nothing new", "2026-03-01T13:00:00Z")] {
        let before = process_tree(database.pid())?;
        let mut ingest = mooncoon(&data);
        ingest.env("DATABASE_URL", &database.url).env("MOONCOON_SOURCE", "simulated");
        if options.from_files {
            ingest.args(["import", "--observed-at", observed_at]).args(&files);
        } else {
            ingest.args(["ingest", "--once"]);
            ingest.env("MOONCOON_LL2_URL", simulator.url()).env("MOONCOON_LL2_BUDGET", "100000");
        }
        let usage = Usage::of(&mut ingest)?;
        let postgres = process_tree(database.pid())?.cpu.saturating_sub(before.cpu);
        let all = (usage.user + usage.system + postgres).as_secs_f64();
        tell(&format!(
            "{title}, {} launches: {all:.2} CPU-s all in; mooncoon {usage}; Postgres {:.2} CPU-s",
            options.launches,
            postgres.as_secs_f64()
        ));
    }
    Ok(())
}

/// Options of `hour`.
#[derive(Debug, clap::Args)]
pub(super) struct HourOptions {
    /// How many launches LL2 lists.
    #[arg(long, default_value_t = 350)]
    launches: usize,
    /// Over how many runs the mean is taken.
    #[arg(long, default_value_t = 12)]
    runs: u64,
}

/// A run that finds nothing new, within the program that serves the site: CPU time of the program and of Postgres, including their work
/// between two runs. Most such runs only request what changed; one in six is a complete sweep.
///
/// The runs are two seconds apart, so its sessions have planned all statements; after a real hour some are new, and a run costs up to
/// the figure of `load` for a freshly started program.
pub(super) fn hour(options: &HourOptions) -> Result<()> {
    /// Runs until each session of the pool has been used.
    const BEFORE: u64 = 15;
    let scratch = folder("mooncoon-bench-")?;
    let simulator = Simulator::start(scratch.path(), options.launches)?;
    let database = Database::start(&scratch.path().join("postgres"))?;
    let poll = Duration::from_secs(2);
    let mut program = Program::follow(&scratch.path().join("data"), &database.url, &simulator, poll)?;
    program.wait_for_board()?;
    program.wait_for_runs(BEFORE)?;
    let before = (process_tree(program.pid())?.cpu, process_tree(database.pid())?.cpu);
    program.wait_for_runs(BEFORE + options.runs)?;
    let after = (process_tree(program.pid())?.cpu, process_tree(database.pid())?.cpu);
    let each = |after: Duration, before: Duration| (after - before).as_secs_f64() / options.runs as f64;
    let (own, postgres) = (each(after.0, before.0), each(after.1, before.1));
    tell(&format!(
        "nothing new, {} launches, mean of {} runs: {:.3} CPU-s all in; mooncoon {own:.3}, Postgres {postgres:.3}",
        options.launches,
        options.runs,
        own + postgres
    ));
    program.stop()
}

/// Time from the start of the program to a board with launches: first start, then with existing data, embedded and external Postgres.
pub(super) fn start() -> Result<()> {
    let scratch = folder("mooncoon-bench-")?;
    let data = scratch.path().join("data");
    for title in ["embedded Postgres, first start", "embedded Postgres, data there", "embedded Postgres, data there"] {
        let mut program = Program::serve(&data, None, 350)?;
        tell(&format!("{title}: {}", milliseconds(program.wait_for_board()?)));
        program.stop()?;
    }
    let database = Database::start(&scratch.path().join("external"))?;
    for title in ["external Postgres, first start", "external Postgres, data there", "external Postgres, data there"] {
        let mut program = Program::serve(&data, Some(&database.url), 350)?;
        tell(&format!("{title}: {}", milliseconds(program.wait_for_board()?)));
        program.stop()?;
    }
    Ok(())
}

/// Resident memory of the idle program with its data loaded, and of its Postgres.
pub(super) fn memory() -> Result<()> {
    let scratch = folder("mooncoon-bench-")?;
    let database = Database::start(&scratch.path().join("postgres"))?;
    let mut program = Program::serve(&scratch.path().join("data"), Some(&database.url), 350)?;
    program.wait_for_board()?;
    thread::sleep(Duration::from_secs(5));
    let own = process_tree(program.pid())?;
    tell(&format!(
        "mooncoon, idle: {} kB resident, {} kB at most, {} process(es)",
        own.resident_kb, own.peak_kb, own.processes
    ));
    let postgres = process_tree(database.pid())?;
    tell(&format!(
        "Postgres with its starter: {} kB resident, shared pages counted in each of {}",
        postgres.resident_kb, postgres.processes
    ));
    program.stop()
}

/// A first visit to the board: requests and bytes, compressed as they are sent. Pictures that load lazily are not included.
pub(super) fn page() -> Result<()> {
    let scratch = folder("mooncoon-bench-")?;
    let mut program = Program::serve(&scratch.path().join("data"), None, 350)?;
    program.wait_for_board()?;
    let document = get(program.address, "/", "br")?;
    let readable = get(program.address, "/", "identity")?;
    let text = String::from_utf8(readable.body).context("the page is not UTF-8")?;
    tell(&format!("{:>8} B  / ({} B uncompressed)", document.body.len(), text.len()));
    let (mut bytes, mut requests) = (document.body.len(), 1);
    for path in assets(&text) {
        let answer = get(program.address, &path, "br")?;
        if answer.status != 200 {
            bail!("{path} responded with {}", answer.status);
        }
        tell(&format!("{:>8} B  {path}", answer.body.len()));
        bytes += answer.body.len();
        requests += 1;
    }
    tell(&format!("{bytes:>8} B  in {requests} requests"));
    program.stop()
}

/// Addresses of scripts, style sheets, icons, fonts and wasm in a page.
fn assets(page: &str) -> BTreeSet<String> {
    const KINDS: [&str; 6] = [".js", ".css", ".wasm", ".svg", ".woff2", ".webmanifest"];
    page.split(['"', '\''])
        .filter(|part| part.starts_with('/') && KINDS.iter().any(|kind| part.ends_with(kind)))
        .map(str::to_owned)
        .collect()
}

fn milliseconds(duration: Duration) -> String {
    if duration < Duration::from_secs(10) { format!("{} ms", duration.as_millis()) } else { seconds(duration) }
}

#[cfg(test)]
mod tests {
    use super::assets;

    #[test]
    fn assets_are_taken_from_attributes_and_from_scripts_once_each() {
        let page = r#"<link href="/pkg/main.1.css"><script type="module">import init from '/pkg/a.js'; init('/pkg/a.wasm')</script><a href="/launches/1">"#;
        assert_eq!(assets(page).into_iter().collect::<Vec<_>>(), ["/pkg/a.js", "/pkg/a.wasm", "/pkg/main.1.css"]);
        assert_eq!(assets(&format!("{page}{page}")).len(), 3);
    }
}
