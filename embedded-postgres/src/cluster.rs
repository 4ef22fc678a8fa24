//! The cluster on disk: created completely or not at all, used only with its own version, repaired if its password is lost.

use std::{
    fs::{self, File},
    io::{self, Write},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use crate::{
    account::Account,
    binaries::{Binaries, MINIMUM_MAJOR},
    error::{EmbeddedError, file},
    folder::DataFolder,
    setup::SUPERUSER,
};

impl Binaries {
    /// The path of one program of this set. Defined here and not with the search, because `xtask` compiles that too and does not need it.
    pub(crate) fn program(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }
}

/// The major version of an existing cluster, or `None` when there is none yet.
pub(crate) fn version(cluster: &Path) -> Result<Option<u32>, EmbeddedError> {
    let path = cluster.join("PG_VERSION");
    match fs::read_to_string(&path) {
        Ok(text) => text.trim().parse().map(Some).map_err(|_| EmbeddedError::NotACluster { path: cluster.to_owned() }),
        Err(error) if error.kind() == io::ErrorKind::NotFound => match fs::remove_dir(cluster) {
            Ok(()) => Ok(None), // an empty folder belongs to no cluster
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(_) => Err(EmbeddedError::NotACluster { path: cluster.to_owned() }),
        },
        Err(error) => Err(file("read", path)(error)),
    }
}

/// Chooses the binaries: those of the cluster's own version, or the first set for a new cluster.
pub(crate) fn choose(found: Vec<Binaries>, cluster: &Path, version: Option<u32>) -> Result<Binaries, EmbeddedError> {
    let Some(version) = version else {
        return found.into_iter().next().ok_or(EmbeddedError::NoBinaries { minimum: MINIMUM_MAJOR });
    };
    if version < MINIMUM_MAJOR {
        return Err(EmbeddedError::OldCluster { path: cluster.to_owned(), cluster: version, minimum: MINIMUM_MAJOR });
    }
    let installed = if found.is_empty() {
        "none".to_owned()
    } else {
        found.iter().map(|set| set.major.to_string()).collect::<Vec<_>>().join(", ")
    };
    found.into_iter().find(|set| set.major == version).ok_or_else(|| EmbeddedError::WrongVersion {
        path: cluster.to_owned(),
        cluster: version,
        installed,
    })
}

/// Creates a cluster: `initdb` in a folder next to it, then one rename, so that a kill at any moment leaves no partial cluster.
pub(crate) fn create(
    folder: &DataFolder,
    binaries: &Binaries,
    account: &Account,
    password: &str,
) -> Result<(), EmbeddedError> {
    let workshop = folder.workshop(account)?;
    let password_file = workshop.join("password");
    write_password(&password_file, password, account)?;
    let draft = workshop.join("cluster");
    let mut initdb = account.command(&binaries.program("initdb"));
    initdb.arg("--pgdata").arg(&draft).arg("--pwfile").arg(&password_file).args([
        "--username",
        SUPERUSER,
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--locale=C",
        "--data-checksums",
    ]);
    run("initdb", &mut initdb)?;
    let cluster = folder.cluster();
    fs::rename(&draft, &cluster).map_err(file("move into place", &cluster))?;
    fs::remove_dir_all(&workshop).map_err(file("remove", workshop))?;
    // The rename itself must survive a power cut; initdb has synced the contents.
    let parent = cluster.parent().unwrap_or(&cluster);
    File::open(parent).and_then(|parent| parent.sync_all()).map_err(file("sync", parent))
}

/// Sets a new password for the superuser of a stopped cluster, after the old one was lost.
///
/// Single-user mode requires no password: the owner of the files owns the cluster.
pub(crate) fn reset_password(
    cluster: &Path,
    binaries: &Binaries,
    account: &Account,
    password: &str,
) -> Result<(), EmbeddedError> {
    let mut command = account.command(&binaries.program("postgres"));
    command.args(["--single", "-D"]).arg(cluster).args(["-c", "exit_on_error=on", "postgres"]);
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|source| EmbeddedError::Run { program: "postgres", source })?;
    let statement = format!("alter role {SUPERUSER} password '{password}'\n");
    if let Some(mut input) = child.stdin.take() {
        input.write_all(statement.as_bytes()).map_err(|source| EmbeddedError::Run { program: "postgres", source })?;
    }
    let output = child.wait_with_output().map_err(|source| EmbeddedError::Run { program: "postgres", source })?;
    if output.status.success() {
        Ok(())
    } else {
        Err(EmbeddedError::Program {
            program: "postgres --single",
            output: ending(&String::from_utf8_lossy(&output.stderr)),
        })
    }
}

/// Runs a tool to its end; its output is kept for the error.
pub(crate) fn run(program: &'static str, command: &mut Command) -> Result<(), EmbeddedError> {
    let output = command.output().map_err(|source| EmbeddedError::Run { program, source })?;
    if output.status.success() {
        return Ok(());
    }
    let text = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    Err(EmbeddedError::Program { program, output: ending(&text) })
}

/// The last lines of a program's output, on one line.
pub(crate) fn ending(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    lines[lines.len().saturating_sub(4)..].join(" | ")
}

/// Writes the password to a file that only the account of `initdb` can read.
fn write_password(path: &PathBuf, password: &str, account: &Account) -> Result<(), EmbeddedError> {
    let mut output =
        File::options().write(true).create_new(true).mode(0o600).open(path).map_err(file("create", path))?;
    output.write_all(password.as_bytes()).map_err(file("write", path))?;
    account.give(path).map_err(file("change the owner of", path))
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use super::{super::error::EmbeddedError, Binaries, choose, ending};

    fn installed() -> Vec<Binaries> {
        [18, 15].map(|major| Binaries { folder: PathBuf::from(format!("/pg/{major}")), major }).to_vec()
    }

    #[test]
    fn a_new_cluster_takes_the_first_binaries() {
        assert_eq!(choose(installed(), Path::new("/c"), None).unwrap().major, 18);
    }

    #[test]
    fn an_existing_cluster_takes_the_binaries_of_its_own_version() {
        assert_eq!(choose(installed(), Path::new("/c"), Some(15)).unwrap().major, 15);
    }

    #[test]
    fn a_cluster_of_a_version_that_is_not_installed_is_refused_and_the_message_names_both() {
        let error = choose(installed(), Path::new("/c"), Some(16)).unwrap_err();
        assert!(matches!(error, EmbeddedError::WrongVersion { cluster: 16, .. }));
        assert!(error.to_string().contains("Postgres 16") && error.to_string().contains("18, 15"), "{error}");
    }

    #[test]
    fn a_cluster_older_than_the_program_works_with_is_refused_even_when_its_version_is_installed() {
        let error = choose(installed(), Path::new("/c"), Some(14)).unwrap_err();
        assert!(matches!(error, EmbeddedError::OldCluster { cluster: 14, minimum: 15, .. }));
    }

    #[test]
    fn the_ending_of_a_long_output_is_its_last_four_lines() {
        assert_eq!(ending("1\n2\n\n3\n4\n5\n"), "2 | 3 | 4 | 5");
        assert_eq!(ending(""), "");
    }
}
