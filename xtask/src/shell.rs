//! Runs other programs.

use std::{
    ffi::OsStr,
    fmt,
    io::ErrorKind,
    os::unix::process::CommandExt,
    process::{Child, Command, ExitStatus, Stdio},
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, anyhow, bail};

use crate::workspace;

/// `cargo` of the toolchain that runs this tool, in the repository's root.
pub(crate) fn cargo() -> Command {
    command(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// The niceness of builds beside the server's, whose last two crates keep only one core busy for minutes: they must come early enough
/// that the other core has work meanwhile (ADR 0040).
const NICENESS: &str = "9";

/// The same, with a lower priority than other builds at the same time, and without a progress bar.
pub(crate) fn patient_cargo() -> Command {
    let mut nice = command("nice");
    nice.args(["-n", NICENESS]).arg(cargo().get_program()).env("CARGO_TERM_PROGRESS_WHEN", "never");
    nice
}

/// Any program, in the repository's root.
pub(crate) fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(workspace::root());
    // The variables that cargo sets for this tool are wrong for a nested cargo, and a changed variable rebuilds the crates that read it.
    for (name, _) in std::env::vars_os() {
        let name = name.to_string_lossy();
        if name.starts_with("CARGO_PKG_") || name == "CARGO_MANIFEST_DIR" || name == "CARGO_MANIFEST_PATH" {
            command.env_remove(&*name);
        }
    }
    command
}

/// Runs a program to its end with this tool's own terminal; a failure becomes `advice`, the line with the remedy.
///
/// It is killed early when something that runs [`together`] with it has failed.
pub(crate) fn run(command: &mut Command, advice: &str) -> Result<()> {
    let mut child = command.spawn().with_context(|| cannot_run(command))?;
    let status = loop {
        // `wait` cannot be interrupted, so two programs that run together poll instead.
        match if ARE_TOGETHER.load(Ordering::Relaxed) { child.try_wait()? } else { Some(child.wait()?) } {
            Some(status) => break status,
            None if HAS_FAILED.load(Ordering::Relaxed) => {
                child.kill()?;
                child.wait()?;
                return Err(Stopped.into());
            }
            None => thread::sleep(Duration::from_millis(50)),
        }
    };
    if !status.success() {
        bail!("{advice}");
    }
    Ok(())
}

/// Whether two pieces of work run at the same time, and whether one of them has failed. Global: the process runs only one command.
static ARE_TOGETHER: AtomicBool = AtomicBool::new(false);
static HAS_FAILED: AtomicBool = AtomicBool::new(false);

/// The error of a program that was killed because something running at the same time failed.
#[derive(Debug)]
struct Stopped;

impl fmt::Display for Stopped {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("stopped, because a parallel step failed")
    }
}

impl std::error::Error for Stopped {}

/// Does two pieces of work at the same time. When one fails, the programs of the other are killed.
///
/// # Errors
/// The error of the piece that failed, not that of the one which was killed because of it.
pub(crate) fn together<A: Send, B>(
    first: impl FnOnce() -> Result<A> + Send,
    second: impl FnOnce() -> Result<B>,
) -> Result<(A, B)> {
    fn watched<T>(work: impl FnOnce() -> Result<T>) -> Result<T> {
        work().inspect_err(|_| HAS_FAILED.store(true, Ordering::Relaxed))
    }
    let is_nested = ARE_TOGETHER.swap(true, Ordering::Relaxed);
    let (first, second) = thread::scope(|scope| {
        let first = scope.spawn(|| watched(first));
        let second = watched(second);
        (first.join().unwrap_or_else(|_| Err(anyhow!("a step panicked: see above"))), second)
    });
    if !is_nested {
        ARE_TOGETHER.store(false, Ordering::Relaxed);
        HAS_FAILED.store(false, Ordering::Relaxed);
    }
    match (first, second) {
        (Ok(first), Ok(second)) => Ok((first, second)),
        (Err(error), Err(other)) => Err(if error.is::<Stopped>() { other } else { error }),
        (Err(error), _) | (_, Err(error)) => Err(error),
    }
}

/// Runs a program to its end with this tool's own terminal.
pub(crate) fn status(command: &mut Command) -> Result<ExitStatus> {
    command.status().with_context(|| cannot_run(command))
}

/// Runs a program and returns its standard output.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let output = command.stdin(Stdio::null()).output().with_context(|| cannot_run(command))?;
    if !output.status.success() {
        let reason = String::from_utf8_lossy(&output.stderr);
        let last = reason.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or("no error output");
        return Err(anyhow!("{} failed: {last}", command.get_program().display()));
    }
    String::from_utf8(output.stdout).with_context(|| format!("{} wrote no text", command.get_program().display()))
}

/// Whether a program exists and ends with success; its output is discarded.
pub(crate) fn answers(command: &mut Command) -> bool {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// Runs a program that may hang, such as a download without a network; gives up after `patience`.
pub(crate) fn succeeds_within(command: &mut Command, patience: Duration) -> Result<bool> {
    // A separate process group, so that its child processes are killed with it.
    let mut child = match command.process_group(0).stdin(Stdio::null()).spawn() {
        Ok(child) => child,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(error).with_context(|| cannot_run(command)),
    };
    let deadline = Instant::now() + patience;
    while Instant::now() < deadline {
        if let Some(status) = child.try_wait()? {
            return Ok(status.success());
        }
        thread::sleep(Duration::from_millis(100));
    }
    signal(&child, "KILL", SignalTarget::Group)?;
    child.wait()?;
    Ok(false)
}

/// The receiver of a signal.
#[derive(Debug, Clone, Copy)]
pub(crate) enum SignalTarget {
    /// The process alone.
    Process,
    /// The process and everything in the group that it leads.
    Group,
}

/// Sends a signal to a child that has not been waited for, so that its id cannot belong to another process.
pub(crate) fn signal(child: &Child, signal: &str, whom: SignalTarget) -> Result<()> {
    let target = match whom {
        SignalTarget::Process => child.id().to_string(),
        SignalTarget::Group => format!("-{}", child.id()),
    };
    let mut kill = Command::new("kill");
    kill.args(["-s", signal, "--", &target]);
    if answers(&mut kill) { Ok(()) } else { bail!("could not send {signal} to process {target}") }
}

/// Whether this tool runs as root.
pub(crate) fn is_root() -> bool {
    output(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}

fn cannot_run(command: &Command) -> String {
    format!("could not run {}; is it installed?", command.get_program().display())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One test, since the state that it checks is global to the process.
    #[test]
    fn the_failure_of_one_task_stops_the_other() {
        let sleep = |seconds: &str| run(Command::new("sleep").arg(seconds), "it was killed");
        assert_eq!(together(|| Ok(1), || sleep("0").map(|()| 2)).unwrap(), (1, 2));

        let began = Instant::now();
        let inner = || together(|| sleep("60"), || sleep("60")).map(drop);
        let error = together(inner, || run(&mut Command::new("false"), "the reason")).unwrap_err();
        assert_eq!(error.to_string(), "the reason");
        assert!(began.elapsed() < Duration::from_secs(30), "the others were not stopped");

        // The next command is not stopped because of a failure of the one before.
        assert_eq!(together(|| sleep("0.2"), || sleep("0.2")).unwrap(), ((), ()));
    }
}
