//! Pages of a freshly started program, while the machine is busy with it: is a request refused?

use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use super::{
    http::{Load, load},
    program::{Database, Program},
};
use crate::{progress::tell, suites::database::folder};

/// Options of `starts`.
#[derive(Debug, clap::Args)]
pub(super) struct StartsOptions {
    /// Fresh starts.
    #[arg(long, default_value_t = 20)]
    starts: usize,
    /// Seconds that each load lasts.
    #[arg(long, default_value_t = 3)]
    seconds: u64,
}

/// For each fresh start: `/healthz` on 32 connections, then `/` on 1 and on 8. A request fails with a status of 500 or more, or without
/// a response; none may fail.
pub(super) fn starts(options: &StartsOptions) -> Result<()> {
    let scratch = folder("mooncoon-bench-")?;
    let database = Database::start(&scratch.path().join("postgres"))?;
    // The first run is not part of the measurement.
    let mut program = Program::serve(&scratch.path().join("data"), Some(&database.url), 350)?;
    program.wait_for_board()?;
    program.stop()?;
    let time = Duration::from_secs(options.seconds);
    let mut loads =
        [("/healthz", 32), ("/", 1), ("/", 8)].map(|(path, connections)| (path, connections, Load::default()));
    let mut bad_starts = 0;
    for number in 1..=options.starts {
        let mut program = Program::serve(&scratch.path().join("data"), Some(&database.url), 350)?;
        program.wait_for_port(Instant::now() + Duration::from_secs(60))?;
        let mut failed = 0;
        for (path, connections, sum) in &mut loads {
            let one = load(program.address, path, *connections, time);
            failed += one.failed();
            sum.add(&one);
        }
        program.stop()?;
        if failed > 0 {
            bad_starts += 1;
            tell(&format!("start {number}: {failed} requests failed"));
        }
    }
    for (path, connections, load) in &loads {
        tell(&format!(
            "{path} from {connections}: {} responses ({:?}), {} broken, the slowest after {} ms",
            load.count(),
            load.statuses,
            load.broken,
            load.slowest.as_millis()
        ));
    }
    tell(&format!(
        "failed requests over {} starts: {}",
        options.starts,
        loads.iter().map(|(_, _, load)| load.failed()).sum::<usize>()
    ));
    if bad_starts > 0 {
        bail!("{bad_starts} of {} starts failed requests", options.starts);
    }
    Ok(())
}
