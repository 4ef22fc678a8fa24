//! The database of the tests: the product's own Postgres, in a temporary folder.

use std::{
    fs::Permissions,
    io::{BufRead, BufReader},
    os::unix::fs::PermissionsExt,
    process::{Child, ChildStdin, Stdio},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};
use tempfile::TempDir;

use crate::{
    postgres,
    progress::say,
    shell::{SignalTarget, command, output, run, signal},
    workspace,
};

/// A Postgres that lives as long as this value.
#[derive(Debug)]
pub(crate) struct Database {
    program: Child,
    /// Closing it makes the program stop; it closes by itself when this tool is killed.
    input: Option<ChildStdin>,
    url: String,
    folder: TempDir,
}

impl Database {
    /// Starts it with the program that has just been built.
    pub(crate) fn start() -> Result<Self> {
        let folder = match folder_in_memory("mooncoon-test-") {
            Some(folder) => folder,
            None => folder("mooncoon-test-")?,
        };
        let mut program = command(workspace::program("debug"))
            .args(["database", "--no-durability", "--data-dir"])
            .arg(folder.path().join("data"))
            .env("MOONCOON_POSTGRES_DIR", postgres::folder())
            .env_remove("DATABASE_URL")
            .current_dir(folder.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .context("could not start `mooncoon database`")?;
        let mut line = String::new();
        if let Some(output) = program.stdout.take() {
            BufReader::new(output).read_line(&mut line).context("could not read from `mooncoon database`")?;
        }
        let input = program.stdin.take();
        let Some(url) = line.trim().strip_prefix("DATABASE_URL=").map(str::to_owned) else {
            drop(input);
            program.wait()?;
            bail!("the tests' Postgres did not start: see above");
        };
        let database = Self { program, input, url, folder };
        database.migrate_template()?;
        Ok(database)
    }

    /// Migrates `template1`, which Postgres copies for every new database: each of some 250 tests has a separate database,
    /// and would otherwise spend most of its time on the same migrations. The migrator that a test runs then finds them applied.
    fn migrate_template(&self) -> Result<()> {
        // The only slash after the port; the socket's folder in the parameters is percent-encoded.
        let template = self.url.replacen("/postgres?", "/template1?", 1);
        if template == self.url {
            bail!("`mooncoon database` gave another URL than expected");
        }
        run(
            command(workspace::program("debug"))
                .arg("migrate")
                .current_dir(self.folder.path())
                .env("DATABASE_URL", template)
                .env("MOONCOON_DATA_DIR", self.folder.path().join("template"))
                .env("MOONCOON_SOURCE", "live")
                .env("RUST_LOG", "warn"),
            "the tests' Postgres could not be migrated: see above",
        )
    }

    /// The value for `DATABASE_URL`.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        drop(self.input.take());
        let deadline = Instant::now() + Duration::from_secs(20);
        while Instant::now() < deadline {
            if matches!(self.program.try_wait(), Ok(Some(_))) {
                return;
            }
            thread::sleep(Duration::from_millis(20));
        }
        say("    the tests' Postgres is slow to stop; sending it a signal");
        if signal(&self.program, "TERM", SignalTarget::Process).is_ok() {
            let _ = self.program.wait();
        }
    }
}

/// A temporary folder that every account can enter, as Postgres does not run as root.
pub(crate) fn folder(prefix: &str) -> Result<TempDir> {
    builder(prefix).tempdir().context("could not create a temporary folder")
}

fn builder(prefix: &str) -> tempfile::Builder<'_, '_> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(prefix).permissions(Permissions::from_mode(0o755));
    builder
}

/// The file system in memory of Linux.
const MEMORY: &str = "/dev/shm";
/// Far more than a few databases of 15 MB and their write-ahead log; containers often have 64 MiB.
const ROOM_KIB: u64 = 4 * 1024 * 1024;

/// Returns a temporary folder in memory, if there is room: the tests create hundreds of databases with six hundred files each, which takes 0.7
/// s on a disk and 0.08 s in memory.
fn folder_in_memory(prefix: &str) -> Option<TempDir> {
    let listed = output(command("df").args(["-Pk", MEMORY])).ok()?;
    (free_kib(&listed)? >= ROOM_KIB).then(|| builder(prefix).tempdir_in(MEMORY).ok()).flatten()
}

/// Returns the free space in the output of `df -Pk` for one file system: POSIX defines its columns.
fn free_kib(listed: &str) -> Option<u64> {
    listed.lines().nth(1)?.split_whitespace().nth(3)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn free_space_is_read_from_the_fourth_column() {
        let listed = "Filesystem     1024-blocks  Used Available Capacity Mounted on\ntmpfs             24689092 20480  24668612       1% /dev/shm\n";
        assert_eq!(free_kib(listed), Some(24_668_612));
        assert_eq!(free_kib("Filesystem 1024-blocks Used Available Capacity Mounted on\n"), None);
        assert_eq!(free_kib("df: /dev/shm: No such file or directory"), None);
    }
}
