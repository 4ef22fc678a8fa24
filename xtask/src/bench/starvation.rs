//! One client requests the longest list many times: what do other clients get, and how much memory stays in use?

use std::{
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::Duration,
};

use anyhow::{Result, bail};

use super::{
    http::{Load, burst, load},
    program::{Database, Program},
    usage::process_tree,
};
use crate::{progress::tell, suites::database::folder};

/// The requests of other clients meanwhile.
const OTHERS: [&str; 3] = ["/api/v1/freshness", "/scorecard", "/readyz"];

/// Options of `starvation`.
#[derive(Debug, clap::Args)]
pub(super) struct StarvationOptions {
    /// Past launches of the world; LL2 holds some 7,300.
    #[arg(long, default_value_t = 7_000)]
    past: usize,
    /// Seconds of rest before memory is measured.
    #[arg(long, default_value_t = 60)]
    rest: u64,
}

/// 24 and then 64 pages with all past launches at once, and the responses to other clients meanwhile; then memory, after a pause.
pub(super) fn starvation(options: &StarvationOptions) -> Result<()> {
    let scratch = folder("mooncoon-bench-")?;
    let database = Database::start(&scratch.path().join("postgres"))?;
    let mut program = Program::with_past(&scratch.path().join("data"), &database.url, options.past)?;
    program.wait_for_board()?;
    tell(&format!("memory before: {} kB", process_tree(program.pid())?.resident_kb));
    let mut others = Load::default();
    for readers in [24, 64] {
        let is_over = AtomicBool::new(false);
        let address = program.address;
        let (greedy, meanwhile) = thread::scope(|scope| {
            let meanwhile = scope.spawn(|| {
                let mut sum = Load::default();
                while !is_over.load(Ordering::Relaxed) {
                    for path in OTHERS {
                        sum.add(&load(address, path, 1, Duration::from_millis(50)));
                    }
                }
                sum
            });
            let greedy = burst(address, "/?past=true", readers);
            is_over.store(true, Ordering::Relaxed);
            (greedy, meanwhile.join().unwrap_or_default())
        });
        tell(&format!(
            "{readers} pages with the past at once: {:?}, {} broken, the slowest after {} ms",
            greedy.statuses,
            greedy.broken,
            greedy.slowest.as_millis()
        ));
        tell(&format!(
            "    others meanwhile: {:?}, {} broken, the slowest after {} ms",
            meanwhile.statuses,
            meanwhile.broken,
            meanwhile.slowest.as_millis()
        ));
        others.add(&meanwhile);
    }
    let peak = process_tree(program.pid())?;
    thread::sleep(Duration::from_secs(options.rest));
    let after = process_tree(program.pid())?;
    tell(&format!("memory: {} kB at most, {} kB after {} s of rest", peak.peak_kb, after.resident_kb, options.rest));
    program.stop()?;
    if others.failed() > 0 {
        bail!("{} requests of others failed", others.failed());
    }
    Ok(())
}
