//! Paths in the repository.

use std::{
    fs::{self, File, TryLockError},
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

use crate::progress::say;

/// The repository's root: the parent of this crate's folder.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the crate is in a folder of the workspace")
}

/// A path below the root.
pub(crate) fn at(path: &str) -> PathBuf {
    root().join(path)
}

/// The built program, in a profile's folder ("release", "debug").
pub(crate) fn program(profile: &str) -> PathBuf {
    root().join("target").join(profile).join("mooncoon")
}

/// Waits until no other `cargo xtask` does the same work in this repository; released when the value is dropped.
pub(crate) fn alone(work: &str) -> Result<File> {
    let path = root().join("target").join(format!("{work}.lock"));
    fs::create_dir_all(root().join("target")).context("could not create target")?;
    let lock = File::options().create(true).append(true).open(&path);
    let lock = lock.with_context(|| format!("could not open {}", path.display()))?;
    match lock.try_lock() {
        Ok(()) => return Ok(lock),
        Err(TryLockError::WouldBlock) => say(&format!("    waiting for another cargo xtask ({work})")),
        Err(TryLockError::Error(error)) => {
            return Err(error).with_context(|| format!("could not lock {}", path.display()));
        }
    }
    lock.lock().with_context(|| format!("could not lock {}", path.display()))?;
    Ok(lock)
}
