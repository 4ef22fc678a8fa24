//! `postmaster.pid`: the process id that it contains, and whether that process is the cluster's server.

use std::{
    fs, io,
    path::{Path, PathBuf},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use crate::{
    error::{EmbeddedError, file},
    process::sight,
};

/// The largest difference between the start time in `postmaster.pid` and that of the process: both are whole seconds, taken a moment apart.
const START_TOLERANCE: Duration = Duration::from_secs(5);

const NAME: &str = "postmaster.pid";

/// The content of `postmaster.pid`; the lines are documented in Postgres' `src/include/utils/pidfile.h`.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct PidFile {
    pub(crate) pid: u32,
    started: SystemTime,
    pub(crate) socket_folder: PathBuf,
    pub(crate) is_ready: bool,
}

impl PidFile {
    /// Reads the pid file of a cluster; `None` if there is none or it is not that of a server.
    pub(crate) fn read(cluster: &Path) -> Option<Self> {
        Self::parse(&fs::read_to_string(cluster.join(NAME)).ok()?)
    }

    /// Whether anything exists at the path of the pid file.
    pub(crate) fn is_there(cluster: &Path) -> bool {
        fs::symlink_metadata(cluster.join(NAME)).is_ok()
    }

    fn parse(text: &str) -> Option<Self> {
        let lines: Vec<&str> = text.lines().map(str::trim).collect();
        // A single-user server writes a negative id; it is no postmaster.
        let pid: u32 = lines.first()?.parse().ok()?;
        let started = lines.get(2)?.parse().ok()?;
        Some(Self {
            pid,
            started: UNIX_EPOCH.checked_add(Duration::from_secs(started))?,
            socket_folder: PathBuf::from(lines.get(4).copied().unwrap_or_default()),
            is_ready: lines.get(7) == Some(&"ready"),
        })
    }
}

/// The process that has the id in a pid file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Identity {
    /// A server that the program started, in this very cluster, at the time in the pid file.
    Ours,
    /// No process has the id.
    Gone,
    /// Another program that happens to have the id.
    Stranger,
    /// A Postgres in this cluster, but not started as the program starts it, or not at that time.
    Unclear,
}

/// Identifies the process with the id in a pid file. The folder and the start time must both match, as ids are reused.
pub(crate) fn identify(pid_file: &PidFile, cluster: &Path) -> Identity {
    let Some(seen) = sight(pid_file.pid) else {
        return Identity::Gone;
    };
    let in_folder = format!("postgres -D {}", cluster.display());
    if !seen.command.contains(&format!("{in_folder} ")) && !seen.command.ends_with(&in_folder) {
        return Identity::Stranger;
    }
    let apart = seen.started.duration_since(pid_file.started).unwrap_or_else(|error| error.duration());
    if seen.command.contains(&format!("{in_folder} -c ")) && apart <= START_TOLERANCE {
        Identity::Ours
    } else {
        Identity::Unclear
    }
}

/// Removes the pid file of a server that no longer exists.
pub(crate) fn forget(cluster: &Path) -> Result<(), EmbeddedError> {
    clear(&cluster.join(NAME))
}

/// Removes the socket and its lock file. Nothing can be using them: the folder is private to one cluster, and no server runs in it.
/// Postgres removes intact ones itself, but refuses to start when the lock file is empty or truncated.
pub(crate) fn forget_socket(socket_folder: &Path) -> Result<(), EmbeddedError> {
    clear(&socket_folder.join(".s.PGSQL.5432"))?;
    clear(&socket_folder.join(".s.PGSQL.5432.lock"))
}

/// Removes whatever is at the path of a file. A folder there is renamed and not removed: its contents are unknown.
fn clear(path: &Path) -> Result<(), EmbeddedError> {
    let done = match fs::symlink_metadata(path) {
        Ok(metadata) if metadata.is_dir() => {
            let aside = (0..).map(|number| path.with_extension(format!("broken-{number}")));
            let free = aside.into_iter().find(|aside| fs::symlink_metadata(aside).is_err());
            free.map_or(Ok(()), |free| {
                tracing::warn!(from = %path.display(), to = %free.display(), "moving a folder that has the name of a file");
                fs::rename(path, free)
            })
        }
        Ok(_) => fs::remove_file(path),
        Err(error) => Err(error),
    };
    match done {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(file("remove", path)(error)),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use std::{
        path::{Path, PathBuf},
        time::{Duration, UNIX_EPOCH},
    };

    use super::{Identity, PidFile, identify};

    #[test]
    fn a_pid_file_of_a_ready_server_is_read_line_by_line() {
        let text = "4711\n/data/postgres\n1795400000\n5432\n/data/socket\n\n  1234567    327680\nready   \n";
        let expected = PidFile {
            pid: 4711,
            started: UNIX_EPOCH + Duration::from_secs(1_795_400_000),
            socket_folder: PathBuf::from("/data/socket"),
            is_ready: true,
        };
        assert_eq!(PidFile::parse(text), Some(expected));
    }

    #[test]
    fn a_pid_file_that_is_just_being_written_is_not_ready() {
        assert!(!PidFile::parse("4711\n/data/postgres\n1795400000\n").unwrap().is_ready);
        assert_eq!(PidFile::parse("47"), None);
        assert_eq!(PidFile::parse(""), None);
    }

    #[test]
    fn a_single_user_server_is_not_a_postmaster() {
        assert_eq!(PidFile::parse("-4711\n/data/postgres\n1795400000\n"), None);
    }

    #[test]
    fn a_reused_process_id_is_recognised_even_when_the_start_time_matches() {
        let pid = std::process::id();
        let started = super::sight(pid).unwrap().started;
        let pid_file = PidFile { pid, started, socket_folder: PathBuf::new(), is_ready: true };
        assert!(matches!(identify(&pid_file, Path::new("/data/postgres")), Identity::Stranger));
    }
}
