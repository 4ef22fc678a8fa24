//! Identifies the process behind a process id: ids are reused, so an id alone proves nothing.

use std::time::{Duration, SystemTime};

/// A running process, as seen from outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sighting {
    /// Its arguments, joined by spaces.
    pub(crate) command: String,
    /// When it started.
    pub(crate) started: SystemTime,
}

/// Looks up a process; `None` if there is none, or nothing is known about it.
#[cfg(target_os = "linux")]
pub(crate) fn sight(pid: u32) -> Option<Sighting> {
    // Every user can read both files, unlike `exe` and `cwd`, which root in a container without CAP_SYS_PTRACE may not read.
    let command = std::fs::read(format!("/proc/{pid}/cmdline")).ok()?;
    let born = start_tick(&std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?)?;
    // Ticks count from boot, and the boot time that a container shows may differ from the host's. A new thread's own tick is "now" on
    // the same scale, whatever that scale's origin is.
    let now =
        std::thread::spawn(|| start_tick(&std::fs::read_to_string("/proc/thread-self/stat").ok()?)).join().ok()??;
    let age = Duration::from_millis(now.saturating_sub(born).saturating_mul(10)); // USER_HZ is 100 on every Linux that Rust runs on
    let arguments: Vec<_> = command.split(|byte| *byte == 0).map(String::from_utf8_lossy).collect();
    let started = now_minus(age)?;
    Some(Sighting { command: arguments.join(" ").trim_end().to_owned(), started })
}

/// Whether a process was stopped by a signal (SIGSTOP) or a debugger; always false without `/proc`.
#[cfg(target_os = "linux")]
pub(crate) fn is_suspended(pid: u32) -> bool {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    stat.rsplit_once(") ").is_some_and(|(_, rest)| rest.starts_with(['T', 't']))
}

/// Whether a process was stopped by a signal (SIGSTOP) or a debugger; always false without `/proc`.
#[cfg(not(target_os = "linux"))]
pub(crate) fn is_suspended(_pid: u32) -> bool {
    false
}

/// Field 22 of `/proc/PID/stat`: the start, in clock ticks since boot. The name in field 2 may contain spaces and brackets.
#[cfg(target_os = "linux")]
fn start_tick(stat: &str) -> Option<u64> {
    let (_, after_name) = stat.rsplit_once(')')?;
    after_name.split_ascii_whitespace().nth(19)?.parse().ok()
}

/// Looks up a process; `None` if there is none, or nothing is known about it.
#[cfg(not(target_os = "linux"))]
pub(crate) fn sight(pid: u32) -> Option<Sighting> {
    let output = std::process::Command::new("ps")
        .args(["-p", &pid.to_string(), "-o", "etime=", "-o", "command="])
        .env("LC_ALL", "C")
        .stdin(std::process::Stdio::null())
        .output()
        .ok()?;
    let line = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    let (elapsed, command) = line.split_once(char::is_whitespace)?;
    Some(Sighting { command: command.trim().to_owned(), started: now_minus(elapsed_time(elapsed)?)? })
}

/// The start time of something of this age.
#[expect(clippy::disallowed_methods, reason = "processes and pid files use the clock of the machine")]
fn now_minus(age: Duration) -> Option<SystemTime> {
    SystemTime::now().checked_sub(age)
}

/// The age that `ps -o etime` prints: `[[dd-]hh:]mm:ss`. Unlike `lstart` it is independent of language and time zone.
#[cfg(any(test, not(target_os = "linux")))]
fn elapsed_time(text: &str) -> Option<Duration> {
    let (days, clock) = text.split_once('-').unwrap_or(("0", text));
    let mut seconds = 0_u64;
    for part in clock.split(':') {
        seconds = seconds.checked_mul(60)?.checked_add(part.parse().ok()?)?;
    }
    let days: u64 = days.parse().ok()?;
    Some(Duration::from_secs(days.checked_mul(86_400)?.checked_add(seconds)?))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{elapsed_time, now_minus, sight};

    #[test]
    fn the_current_process_is_found_with_its_command_and_start_time() {
        let seen = sight(std::process::id()).unwrap();
        let program = std::env::args().next().unwrap();
        assert!(seen.command.contains(&program), "{} in {}", program, seen.command);
        assert!(seen.started <= now_minus(Duration::ZERO).unwrap());
    }

    #[test]
    fn an_unused_process_id_is_not_found() {
        assert_eq!(sight(u32::MAX), None);
    }

    #[test]
    fn elapsed_time_is_parsed_with_minutes_hours_and_days() {
        assert_eq!(elapsed_time("00:07"), Some(Duration::from_secs(7)));
        assert_eq!(elapsed_time("01:02:03"), Some(Duration::from_secs(3723)));
        assert_eq!(elapsed_time("2-00:00:01"), Some(Duration::from_secs(172_801)));
        assert_eq!(elapsed_time("soon"), None);
    }
}
