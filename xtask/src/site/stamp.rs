//! Whether the site must be built again: a hash over all its inputs.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use crate::{npm, workspace};

/// Inputs of the site, besides the wasm: folders and files.
const INPUTS: [&str; 6] = ["public", "style", "frontend/js", "site/src", "domain/src/world.rs", "Cargo.lock"];

/// The hash of all inputs.
///
/// Content and not times: a fresh checkout has new times, and the wasm is sometimes rewritten without a difference.
pub(super) fn of(wasm: &Path, dev: bool) -> Result<String> {
    let mut hash = Sha256::new();
    hash.update([u8::from(dev)]);
    add(wasm, &mut hash)?;
    for input in INPUTS {
        add(&workspace::at(input), &mut hash)?;
    }
    Ok(npm::hex(&hash.finalize()))
}

/// Whether the existing site was built from inputs with this hash.
pub(super) fn is_current(stamp: &str, site: &Path) -> bool {
    site.join("manifest.json").is_file() && fs::read_to_string(file()).is_ok_and(|present| present == stamp)
}

/// Records that the site was built from inputs with this hash.
pub(super) fn set(stamp: &str) -> Result<()> {
    fs::write(file(), stamp).with_context(|| format!("could not write {}", file().display()))
}

fn file() -> PathBuf {
    workspace::at("target/site.stamp")
}

fn add(path: &Path, hash: &mut Sha256) -> Result<()> {
    hash.update(path.to_string_lossy().as_bytes());
    if !path.is_dir() {
        hash.update(fs::read(path).with_context(|| format!("could not read {}", path.display()))?);
        return Ok(());
    }
    let mut entries = Vec::new();
    for entry in fs::read_dir(path).with_context(|| format!("could not read {}", path.display()))? {
        let entry = entry?;
        // The lock file next to it identifies the packages.
        if entry.file_name() != "node_modules" {
            entries.push(entry.path());
        }
    }
    entries.sort();
    entries.iter().try_for_each(|entry| add(entry, hash))
}
