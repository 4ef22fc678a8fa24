//! The app, compiled for the browser, and the script that loads it.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result, anyhow};
use wasm_bindgen_cli_support::Bindgen;

use super::cut;
use crate::{
    house,
    shell::{cargo, run},
    toolchain::WASM,
};

/// Compiles `frontend` and gives the path of the module.
///
/// By name, for this target and in a folder of its own: in one command with the server, cargo would unify the features of the two and
/// build an `app` that is neither.
pub(super) fn compile(dev: bool) -> Result<PathBuf> {
    let profile = profile(dev);
    let mut build = cargo();
    build.args([
        "build",
        "--package",
        "frontend",
        "--lib",
        "--target",
        WASM,
        "--target-dir",
        "target/front",
        "--profile",
        profile,
    ]);
    run(&mut build, "the browser's half does not compile: see above")?;
    Ok(house::at("target/front").join(WASM).join(profile).join("frontend.wasm"))
}

/// Writes `mooncoon.js` and `mooncoon_bg.wasm` into a folder.
///
/// This is wasm-bindgen's command-line program as a library: nothing to install, and its version is pinned beside that of the macros.
pub(super) fn generate_glue(wasm: &Path, folder: &Path) -> Result<()> {
    let module = fs::read(wasm).with_context(|| format!("could not read {}", wasm.display()))?;
    let mut bindgen = Bindgen::new();
    bindgen
        .input_bytes("mooncoon", cut::unused(&module)?)
        .typescript(false)
        // The file names get a hash later, so the page must pass the wasm's address anyway.
        .omit_default_module_path(true)
        .remove_name_section(true)
        .remove_producers_section(true)
        .web(true)
        .and_then(|bindgen| bindgen.generate(folder))
        .map_err(|error| anyhow!("wasm-bindgen failed: {error:#}"))
}

fn profile(dev: bool) -> &'static str {
    if dev { "wasm-dev" } else { "wasm-release" }
}
