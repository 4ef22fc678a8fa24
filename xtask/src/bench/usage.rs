//! CPU time and memory of processes, from `/proc`: no unsafe call, and nothing to install. Linux only.

use std::{
    fmt, fs,
    process::Command,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};

use crate::progress::seconds;

/// The cost of a command, with everything it started and waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Usage {
    /// Time from start to end.
    pub(crate) wall: Duration,
    /// CPU time in the programs.
    pub(crate) user: Duration,
    /// CPU time in the kernel on their behalf.
    pub(crate) system: Duration,
}

impl Usage {
    /// Runs a command to its end and measures it.
    ///
    /// The kernel adds a child's time to that of its parent when the parent waits for it, so the difference in this tool's own times
    /// is the command. Nothing else may be waited for meanwhile.
    pub(crate) fn of(command: &mut Command) -> Result<Self> {
        let before = stat("self").context("CPU time is measured on Linux only")?;
        let start = Instant::now();
        let status = command.status().with_context(|| format!("could not run {}", command.get_program().display()))?;
        let wall = start.elapsed();
        let after = stat("self").context("CPU time is measured on Linux only")?;
        if !status.success() {
            bail!("{} failed: its figures are meaningless", command.get_program().display());
        }
        Ok(Self {
            wall,
            user: ticks(after.waited_user - before.waited_user),
            system: ticks(after.waited_system - before.waited_system),
        })
    }
}

impl fmt::Display for Usage {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { wall, user, system } = self;
        let cpu = (*user + *system).as_secs_f64();
        write!(
            formatter,
            "{cpu:.2} CPU-s ({:.2} user, {:.2} system), {} wall",
            user.as_secs_f64(),
            system.as_secs_f64(),
            seconds(*wall)
        )
    }
}

/// A process and all its descendants, at one moment.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ProcessTree {
    /// The number of processes.
    pub(crate) processes: usize,
    /// CPU time of all of them so far, and of children that have ended.
    pub(crate) cpu: Duration,
    /// Resident memory; pages that several processes share are counted in each.
    pub(crate) resident_kb: u64,
    /// The sum of the peak memory of each process.
    pub(crate) peak_kb: u64,
}

/// Measures a running process with its children, such as a Postgres with its backends. Call it twice and subtract.
pub(crate) fn process_tree(root: u32) -> Result<ProcessTree> {
    let mut everyone = Vec::new();
    for entry in fs::read_dir("/proc").context("processes are measured on Linux only")?.flatten() {
        // Processes may end during the scan; those that have are no longer part of the tree.
        if let Some(pid) = entry.file_name().to_str().and_then(|name| name.parse::<u32>().ok())
            && let Some(stat) = stat(&pid.to_string())
        {
            everyone.push((pid, stat));
        }
    }
    let mut members = vec![root];
    let mut tree = ProcessTree::default();
    while let Some(pid) = members.pop() {
        let Some((_, stat)) = everyone.iter().find(|(other, _)| *other == pid) else { continue };
        members.extend(everyone.iter().filter(|(_, other)| other.parent == pid).map(|(child, _)| *child));
        tree.processes += 1;
        tree.cpu += ticks(stat.user + stat.system + stat.waited_user + stat.waited_system);
        tree.resident_kb += memory_kb(pid, "VmRSS:");
        tree.peak_kb += memory_kb(pid, "VmHWM:");
    }
    if tree.processes == 0 {
        bail!("there is no process {root}");
    }
    Ok(tree)
}

/// Fields of `/proc/PID/stat`, in clock ticks.
#[derive(Debug, Clone, Copy)]
struct Stat {
    parent: u32,
    user: u64,
    system: u64,
    waited_user: u64,
    waited_system: u64,
}

fn stat(process: &str) -> Option<Stat> {
    let text = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // The name in field 2 may contain spaces and brackets.
    let fields: Vec<&str> = text.rsplit_once(')')?.1.split_ascii_whitespace().collect();
    let ticks = |field: usize| fields.get(field - 3)?.parse::<u64>().ok();
    Some(Stat {
        parent: fields.get(1)?.parse().ok()?,
        user: ticks(14)?,
        system: ticks(15)?,
        waited_user: ticks(16)?,
        waited_system: ticks(17)?,
    })
}

fn memory_kb(pid: u32, key: &str) -> u64 {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(key));
    line.and_then(|line| line.trim().trim_end_matches("kB").trim().parse().ok()).unwrap_or(0)
}

/// `USER_HZ` is 100 on every Linux that Rust runs on.
fn ticks(count: u64) -> Duration {
    Duration::from_millis(count.saturating_mul(10))
}

#[cfg(test)]
mod tests {
    use super::process_tree;

    #[test]
    fn a_process_tree_holds_at_least_the_process_itself() {
        let tree = process_tree(std::process::id()).unwrap();
        assert!(tree.processes >= 1);
        assert!(tree.resident_kb > 0);
    }

    #[test]
    fn a_process_that_does_not_exist_is_an_error() {
        assert!(process_tree(u32::MAX).is_err());
    }
}
