//! How long pages lack their database after the embedded Postgres was killed.

use std::{
    path::Path,
    process::Command,
    thread,
    time::{Duration, Instant},
};

use anyhow::{Result, bail};

use super::{
    http::get,
    program::{Program, postmaster},
};
use crate::{progress::tell, shell::answers, suites::database::folder};

/// Options of `recovery`.
#[derive(Debug, clap::Args)]
pub(super) struct RecoveryOptions {
    /// How often Postgres is killed.
    #[arg(long, default_value_t = 10)]
    rounds: u32,
}

/// A server that has run for so long does not count as one that ends at every start, and is restarted without a pause.
const BETWEEN: Duration = Duration::from_secs(6);
const PATIENCE: Duration = Duration::from_secs(60);

/// Kills the postmaster repeatedly: measures from `kill -9` until `/readyz` succeeds, and until the pipeline page, which is never served
/// from memory, and the board are read from the database again.
pub(super) fn recovery(options: &RecoveryOptions) -> Result<()> {
    let scratch = folder("mooncoon-bench-")?;
    let data = scratch.path().join("data");
    let mut program = Program::serve(&data, None, 350)?;
    program.wait_for_board()?;
    let mut times = Vec::new();
    for round in 1..=options.rounds {
        thread::sleep(BETWEEN);
        let (ready, fresh) = kill(&program, &data)?;
        tell(&format!(
            "round {round}: ready after {} ms, a fresh page after {} ms",
            ready.as_millis(),
            fresh.as_millis()
        ));
        times.push(fresh);
    }
    times.sort();
    let median = times.get(times.len() / 2).copied().unwrap_or_default();
    let longest = times.last().copied().unwrap_or_default();
    tell(&format!(
        "kill -9 to a fresh page: median {} ms, longest {} ms of {}",
        median.as_millis(),
        longest.as_millis(),
        times.len()
    ));
    program.stop()
}

fn kill(program: &Program, data: &Path) -> Result<(Duration, Duration)> {
    let pid = postmaster(data)?;
    let began = Instant::now();
    if !answers(Command::new("kill").args(["-9", &pid.to_string()])) {
        bail!("could not kill Postgres, process {pid}");
    }
    // Sessions of the dead server may respond for some milliseconds.
    while postmaster(data).is_ok_and(|now| now == pid) && began.elapsed() < PATIENCE {
        thread::sleep(Duration::from_millis(2));
    }
    let ready = wait_for(program, "/readyz", began)?;
    wait_for(program, "/pipeline", began)?;
    let fresh = wait_for(program, "/", began)?;
    Ok((ready, fresh))
}

fn wait_for(program: &Program, path: &str, began: Instant) -> Result<Duration> {
    while began.elapsed() < PATIENCE {
        if get(program.address, path, "identity").is_ok_and(|answer| answer.status == 200) {
            return Ok(began.elapsed());
        }
        thread::sleep(Duration::from_millis(5));
    }
    bail!("{path} does not respond {} s after the kill", PATIENCE.as_secs())
}
