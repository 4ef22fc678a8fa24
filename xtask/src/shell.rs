//! Running other programs.

use std::{
    ffi::OsStr,
    io::ErrorKind,
    os::unix::process::CommandExt,
    process::{Child, Command, ExitStatus, Stdio},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, anyhow, bail};

use crate::workspace;

/// `cargo`, of the toolchain that runs this very tool, in the repository's root.
pub(crate) fn cargo() -> Command {
    command(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Any program, in the repository's root.
pub(crate) fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(workspace::root());
    // What cargo tells this tool about itself is wrong for a cargo below it, and a changed variable rebuilds what looks at it.
    for (name, _) in std::env::vars_os() {
        let name = name.to_string_lossy();
        if name.starts_with("CARGO_PKG_") || name == "CARGO_MANIFEST_DIR" || name == "CARGO_MANIFEST_PATH" {
            command.env_remove(&*name);
        }
    }
    command
}

/// Runs a program to its end with this tool's own terminal; a failure becomes `advice`, the line that says what to do.
pub(crate) fn run(command: &mut Command, advice: &str) -> Result<()> {
    let status = status(command)?;
    if !status.success() {
        bail!("{advice}");
    }
    Ok(())
}

/// Runs a program to its end with this tool's own terminal.
pub(crate) fn status(command: &mut Command) -> Result<ExitStatus> {
    command.status().with_context(|| cannot_run(command))
}

/// Runs a program and gives what it wrote to standard output.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let output = command.stdin(Stdio::null()).output().with_context(|| cannot_run(command))?;
    if !output.status.success() {
        let reason = String::from_utf8_lossy(&output.stderr);
        let last = reason.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or("it gave no reason");
        return Err(anyhow!("{} failed: {last}", command.get_program().display()));
    }
    String::from_utf8(output.stdout).with_context(|| format!("{} wrote no text", command.get_program().display()))
}

/// Whether a program exists and answers with success; what it prints is dropped.
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
    // A group of its own, so that the helpers which it starts end with it.
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
    signal(&child, "KILL", Whom::Group)?;
    child.wait()?;
    Ok(false)
}

/// Who gets a signal.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Whom {
    /// The process alone.
    Process,
    /// It and everything in the group that it leads.
    Group,
}

/// Sends a signal to a child that has not been waited for, whose id therefore cannot be another's.
pub(crate) fn signal(child: &Child, signal: &str, whom: Whom) -> Result<()> {
    let target = match whom {
        Whom::Process => child.id().to_string(),
        Whom::Group => format!("-{}", child.id()),
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
