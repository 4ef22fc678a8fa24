//! Finds the Postgres server binaries of a machine.
//!
//! This file uses `std` only and is compiled a second time by `xtask`, which must know whether to fetch binaries: both use one rule.

use std::{
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// The oldest supported major version, of our own and of a user's server: the migrations are written for it and tested with it.
pub(crate) const MINIMUM_MAJOR: u32 = 15;

/// A folder with `initdb`, `postgres` and `pg_ctl` of one version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Binaries {
    /// The folder, without symbolic links.
    pub(crate) folder: PathBuf,
    /// The major version, such as 15.
    pub(crate) major: u32,
}

/// Folders of package managers: the parent, the prefix of the version's folder, and the path below it.
const PLACES: [(&str, &str, &str); 6] = [
    ("/usr/lib/postgresql", "", "bin"),                          // Debian, Ubuntu
    ("/usr", "pgsql-", "bin"),                                   // Fedora, Red Hat
    ("/opt/homebrew/opt", "postgresql", "bin"),                  // Homebrew on Apple silicon
    ("/usr/local/opt", "postgresql", "bin"),                     // Homebrew on Intel
    ("/home/linuxbrew/.linuxbrew/opt", "postgresql", "bin"),     // Homebrew on Linux
    ("/Applications/Postgres.app/Contents/Versions", "", "bin"), // Postgres.app
];

impl Binaries {
    /// Every usable set, best first: `PATH`, `pg_config`, the usual places (newest first), then npm packages below `extra` folders.
    ///
    /// `command` builds the command that runs a binary with `--version`; root passes one that drops its privileges, so that binaries
    /// which the unprivileged account cannot reach are not chosen.
    pub(crate) fn find(
        search_path: Option<&OsStr>,
        extra: &[PathBuf],
        command: impl Fn(&Path) -> Command,
    ) -> Vec<Self> {
        let mut found: Vec<Self> = Vec::new();
        let mut add = |folders: Vec<PathBuf>| {
            let mut sets: Vec<Self> = folders.iter().filter_map(|folder| Self::inspect(folder, &command)).collect();
            sets.sort_by_key(|set| std::cmp::Reverse(set.major));
            for set in sets {
                if !found.contains(&set) {
                    found.push(set);
                }
            }
        };
        add(search_path.map(|path| std::env::split_paths(path).collect()).unwrap_or_default());
        add(pg_config_folder().into_iter().collect());
        add(PLACES.iter().flat_map(|(parent, prefix, tail)| children(Path::new(parent), prefix, tail)).collect());
        add(extra.iter().flat_map(|folder| npm_folders(folder)).collect());
        found
    }

    /// Reads the version of the binaries in `folder`; `None` when some are missing, do not run, or are too old.
    fn inspect(folder: &Path, command: &impl Fn(&Path) -> Command) -> Option<Self> {
        if !is_complete(folder) {
            return None;
        }
        // Links are followed, so that an installation is found once, however many folders link to it.
        let program = fs::canonicalize(folder.join("postgres")).ok()?;
        let folder = program.parent().filter(|parent| is_complete(parent)).unwrap_or(folder).to_owned();
        let output = command(&folder.join("postgres")).arg("--version").stdin(Stdio::null()).output().ok()?;
        let major =
            output.status.success().then(|| major_version(&String::from_utf8_lossy(&output.stdout))).flatten()?;
        (major >= MINIMUM_MAJOR).then_some(Self { folder, major })
    }
}

/// Whether a folder has all required programs.
fn is_complete(folder: &Path) -> bool {
    ["initdb", "postgres", "pg_ctl"].iter().all(|name| folder.join(name).is_file())
}

/// The major version in the output of `postgres --version`: "postgres (PostgreSQL) 15.18 (Debian 15.18-0)" is 15.
fn major_version(answer: &str) -> Option<u32> {
    let version = answer.split_once("(PostgreSQL)")?.1.trim_start();
    let digits = version.split(|character: char| !character.is_ascii_digit()).next()?;
    digits.parse().ok()
}

/// The folder that `pg_config` reports, if there is a `pg_config`.
fn pg_config_folder() -> Option<PathBuf> {
    let output = Command::new("pg_config").arg("--bindir").stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    let folder = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| PathBuf::from(folder.trim()))
}

/// `parent/<prefix>*/<tail>` for every child that exists.
fn children(parent: &Path, prefix: &str, tail: &str) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(parent) else {
        return Vec::new();
    };
    entries
        .flatten()
        .filter(|entry| entry.file_name().to_string_lossy().starts_with(prefix))
        .map(|entry| entry.path().join(tail))
        .collect()
}

/// The binaries of npm's `@embedded-postgres/<platform>` below a folder; the folder itself may also contain binaries.
fn npm_folders(folder: &Path) -> Vec<PathBuf> {
    let mut folders = vec![folder.to_owned()];
    folders.extend(children(&folder.join("node_modules/@embedded-postgres"), "", "native/bin"));
    folders
}

#[cfg(test)]
mod tests {
    use super::major_version;

    #[test]
    fn the_major_version_is_the_number_before_the_first_dot() {
        assert_eq!(major_version("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)\n"), Some(15));
        assert_eq!(major_version("postgres (PostgreSQL) 18.4\n"), Some(18));
        assert_eq!(major_version("postgres (PostgreSQL) 19beta1\n"), Some(19));
        assert_eq!(major_version("something else"), None);
    }
}
