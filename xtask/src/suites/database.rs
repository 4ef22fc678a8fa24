//! The database of the tests: the product's own Postgres, in a folder that is thrown away.

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
    shell::{Whom, command, signal},
    workspace,
};

/// A Postgres that lives as long as this value.
#[derive(Debug)]
pub(crate) struct Database {
    program: Child,
    /// Closing it is what tells the program to stop; it closes by itself when this tool is killed.
    input: Option<ChildStdin>,
    url: String,
    _folder: TempDir,
}

impl Database {
    /// Starts it with the program that has just been built.
    pub(crate) fn start() -> Result<Self> {
        let folder = folder("mooncoon-test-")?;
        let mut program = command(workspace::program("debug"))
            .args(["database", "--data-dir"])
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
        Ok(Self { program, input, url, _folder: folder })
    }

    /// What `DATABASE_URL` must be.
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
        if signal(&self.program, "TERM", Whom::Process).is_ok() {
            let _ = self.program.wait();
        }
    }
}

/// A temporary folder that every account can walk through, as Postgres does not run as root.
pub(crate) fn folder(prefix: &str) -> Result<TempDir> {
    tempfile::Builder::new()
        .prefix(prefix)
        .permissions(Permissions::from_mode(0o755))
        .tempdir()
        .context("could not make a temporary folder")
}
