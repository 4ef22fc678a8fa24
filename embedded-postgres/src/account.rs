//! The account of the server: Postgres refuses to run as root, so root drops its privileges.

use std::{
    ffi::OsStr,
    io,
    os::unix::{fs::chown, process::CommandExt},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use crate::error::EmbeddedError;

/// The operating-system account that the server and its tools run under.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Account {
    /// The program's own account, which is not root.
    Own,
    /// An unprivileged account, used if the program runs as root.
    Other {
        /// Its name, for messages.
        name: &'static str,
        uid: u32,
        gid: u32,
    },
}

impl Account {
    /// Chooses the account: the program's own, or `postgres`, or `nobody` when root has nothing better.
    ///
    /// It runs `id` because the user id is not in `std` and this workspace forbids the unsafe call.
    pub(crate) fn choose() -> Result<Self, EmbeddedError> {
        let own = id(&["-u"]).map_err(|source| EmbeddedError::Run { program: "id", source })?;
        if own != Some(0) {
            return Ok(Self::Own);
        }
        ["postgres", "nobody"]
            .into_iter()
            .find_map(|name| {
                let uid = id(&["-u", name]).ok()??;
                let gid = id(&["-g", name]).ok()??;
                Some(Self::Other { name, uid, gid })
            })
            .ok_or(EmbeddedError::NoAccount)
    }

    /// A command that runs under this account, in `/`, and inherits nothing of the program's environment.
    ///
    /// The environment is cleared for two reasons: it may contain secrets, and `PGDATA`, `PGPORT` or a broken `LC_ALL` would change the
    /// behaviour of Postgres.
    pub(crate) fn command(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        command.current_dir("/").env_clear().env("LC_ALL", "C").env("TZ", "UTC").stdin(Stdio::null());
        if let Self::Other { uid, gid, .. } = self {
            // Setting the user as root also drops the supplementary groups (documented on `CommandExt::uid`).
            command.gid(*gid).uid(*uid);
        }
        command
    }

    /// Changes the owner of a file or folder to this account.
    pub(crate) fn give(&self, path: &Path) -> io::Result<()> {
        match self {
            Self::Own => Ok(()),
            Self::Other { uid, gid, .. } => chown(path, Some(*uid), Some(*gid)),
        }
    }

    /// Checks that this account can enter `folder`; the error names the first folder that it cannot enter.
    pub(crate) fn check_walkable(&self, folder: &Path) -> Result<(), EmbeddedError> {
        let Self::Other { name, .. } = self else {
            return Ok(());
        };
        let mut way: Vec<&Path> = folder.ancestors().collect();
        way.reverse();
        for step in way {
            if !self.can_enter(step)? {
                return Err(EmbeddedError::NotWalkable { path: PathBuf::from(step), account: (*name).to_owned() });
            }
        }
        Ok(())
    }

    /// Whether this account can enter `folder`; tried rather than computed, since mode bits do not include access lists.
    fn can_enter(&self, folder: &Path) -> Result<bool, EmbeddedError> {
        let status = self
            .command(Path::new("/bin/sh"))
            .args([OsStr::new("-c"), OsStr::new("cd \"$1\""), OsStr::new("sh"), folder.as_os_str()])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .map_err(|source| EmbeddedError::Run { program: "sh", source })?;
        Ok(status.success())
    }
}

/// A number printed by `id`, or `None` when there is no such user.
fn id(arguments: &[&str]) -> io::Result<Option<u32>> {
    let output = Command::new("id").args(arguments).stdin(Stdio::null()).output()?;
    Ok(output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().parse().ok()).flatten())
}
