//! The tools that must be installed before anything is built, and how to get missing ones.

use std::path::Path;

use anyhow::{Result, bail};

use crate::{
    progress::{say, step},
    shell::{answers, cargo, command, output, run},
};

/// The compilation target of the browser half.
pub(crate) const WASM: &str = "wasm32-unknown-unknown";

/// Ensures that Rust can build for the browser, and that Node and a C compiler are installed.
pub(crate) fn prepare() -> Result<()> {
    require_node()?;
    if !["cc", "gcc", "clang"].iter().any(|compiler| answers(command(compiler).arg("--version"))) {
        bail!(
            "a C compiler is missing: install one (Debian: apt-get install build-essential, macOS: xcode-select --install)"
        );
    }
    wasm_target()
}

/// Ensures that clippy and rustfmt are installed.
pub(crate) fn lint_tools() -> Result<()> {
    for (component, name) in [("clippy", "clippy"), ("rustfmt", "fmt")] {
        if answers(cargo().args([name, "--version"])) {
            continue;
        }
        step(format!("adding {component}"), || {
            run(
                command("rustup").args(["component", "add", component]),
                &format!("add it: rustup component add {component}"),
            )
        })?;
    }
    Ok(())
}

/// The oldest major version of Node that the npm packages support.
const NODE: u32 = 20;

fn require_node() -> Result<()> {
    let advice = format!(
        "Node {NODE} or newer with npm is missing: install it (Debian: apt-get install nodejs npm, else https://nodejs.org)"
    );
    let Ok(version) = output(command("node").arg("--version")) else { bail!("{advice}") };
    let major = version.trim().trim_start_matches('v').split('.').next().and_then(|major| major.parse::<u32>().ok());
    if major.is_none_or(|major| major < NODE) || !answers(command("npm").arg("--version")) {
        bail!("{advice}");
    }
    Ok(())
}

fn wasm_target() -> Result<()> {
    // Checks the library folder instead of asking rustup: a distribution's Rust has no rustup but may have the target.
    let folder = output(command("rustc").args(["--print", "target-libdir", "--target", WASM]))?;
    if Path::new(folder.trim()).is_dir() {
        return Ok(());
    }
    say("    the browser's target is missing");
    step(format!("adding {WASM}"), || {
        run(
            command("rustup").args(["target", "add", WASM]),
            &format!("add the target that the browser needs: rustup target add {WASM}"),
        )
    })
}
