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
    shell::{SignalTarget, command, run, signal},
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
        let folder = folder("mooncoon-test-")?;
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
    tempfile::Builder::new()
        .prefix(prefix)
        .permissions(Permissions::from_mode(0o755))
        .tempdir()
        .context("could not create a temporary folder")
}
