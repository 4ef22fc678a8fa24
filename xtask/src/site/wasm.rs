//! The app, compiled for the browser, and the script that loads it.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result, anyhow};
use wasm_bindgen_cli_support::Bindgen;

use super::{
    cut,
    parts::{self, Parts},
};
use crate::{
    shell::{cargo, run},
    toolchain::WASM,
    workspace,
};

/// Compiles `frontend` and gives the path of the module.
///
/// By name, for this target and in a folder of its own: in one command with the server, cargo would unify the features of the two and
/// build an `app` that is neither.
pub(super) fn compile(dev: bool) -> Result<PathBuf> {
    let profile = profile(dev);
    let mut build = cargo();
    build.args([
        "rustc",
        "--package",
        "frontend",
        "--lib",
        // The library is a crate for its tests too, and of a crate that is both cargo optimises neither as a whole.
        "--crate-type",
        "cdylib",
        "--target",
        WASM,
        "--target-dir",
        "target/front",
        "--profile",
        profile,
        // What refers to what, without which the module cannot be parted.
        "--",
        "-Clink-arg=--emit-relocs",
    ]);
    run(&mut build, "the browser's half does not compile: see above")?;
    Ok(workspace::at("target/front").join(WASM).join(profile).join("frontend.wasm"))
}

/// Writes `mooncoon.js` and `mooncoon_bg.wasm` into a folder, and beside them what the program fetches when it is needed.
///
/// This is wasm-bindgen's command-line program as a library: nothing to install, and its version is pinned beside that of the macros.
pub(super) fn generate_glue(wasm: &Path, folder: &Path) -> Result<Parts> {
    let module = fs::read(wasm).with_context(|| format!("could not read {}", wasm.display()))?;
    let program = folder.join("program.wasm");
    let parts = parts::divide(&cut::unused(&module)?, &program, folder)?;
    let mut bindgen = Bindgen::new();
    bindgen
        .input_path(program)
        .out_name("mooncoon")
        .typescript(false)
        // The file names get a hash later, so the page must pass the wasm's address anyway.
        .omit_default_module_path(true)
        // What the parts share with the program.
        .keep_lld_exports(true)
        .remove_name_section(true)
        .remove_producers_section(true)
        .web(true)
        .and_then(|bindgen| bindgen.generate(folder))
        .map_err(|error| anyhow!("wasm-bindgen failed: {error:#}"))?;
    Ok(parts)
}

fn profile(dev: bool) -> &'static str {
    if dev { "wasm-dev" } else { "wasm-release" }
}
