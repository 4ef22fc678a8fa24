//! npm packages, always from the committed lock file.

use std::{fs, path::Path, process::Command};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use crate::{
    progress::step,
    shell::{command, run},
    workspace,
};

/// Installs a folder's packages unless those of its lock file are installed already.
pub(crate) fn install(folder: &str) -> Result<()> {
    let _alone = workspace::alone("npm")?;
    let path = workspace::at(folder);
    let lock = path.join("package-lock.json");
    let lock = fs::read(&lock).with_context(|| format!("could not read {}", lock.display()))?;
    let wanted = hex(&Sha256::digest(lock));
    let stamp = path.join("node_modules/.mooncoon-lock");
    if fs::read_to_string(&stamp).is_ok_and(|present| present == wanted) {
        return Ok(());
    }
    step(format!("npm packages of {folder}"), || {
        run(
            npm(&path).args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]),
            &format!("npm could not install the packages: check the network, then run `npm ci` in {folder} to see why"),
        )
    })?;
    fs::write(&stamp, wanted).with_context(|| format!("could not write {}", stamp.display()))
}

/// A program from a folder's packages, such as `esbuild`.
pub(crate) fn tool(folder: &str, name: &str) -> Command {
    let mut tool = command(workspace::at(folder).join("node_modules/.bin").join(name));
    tool.current_dir(workspace::at(folder));
    tool
}

fn npm(folder: &Path) -> Command {
    let mut npm = command("npm");
    // The machine is searched for a browser first (see `browser`); none is downloaded with the packages.
    npm.current_dir(folder).env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    npm
}

/// Bytes as hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
