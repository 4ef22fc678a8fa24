//! The compilation for the site: the app for the browser, and the tool that builds the site.

use std::path::PathBuf;

use anyhow::Result;

use crate::{
    shell::{patient_cargo, run},
    toolchain::WASM,
    workspace,
};

/// Compiles the tool that builds the site.
pub(super) fn builder() -> Result<()> {
    run(patient_cargo().args(["build", "--package", "site"]), "the site builder does not compile: see above")
}

/// Compiles `frontend` and returns the path of the module.
///
/// By name, for this target and in a separate target folder: in one command with the server, cargo would unify the features of the two and
/// build an `app` that fits neither.
pub(super) fn module(dev: bool) -> Result<PathBuf> {
    let profile = profile(dev);
    let mut build = patient_cargo();
    build.args([
        "rustc",
        "--package",
        "frontend",
        "--lib",
        // The library is also an rlib for its tests, and cargo optimises neither as a whole if a crate is both.
        "--crate-type",
        "cdylib",
        "--target",
        WASM,
        "--target-dir",
        "target/front",
        "--profile",
        profile,
        // The references between functions; without them the module cannot be split.
        "--",
        "-Clink-arg=--emit-relocs",
    ]);
    run(&mut build, "the browser half does not compile: see above")?;
    Ok(workspace::at("target/front").join(WASM).join(profile).join("frontend.wasm"))
}

fn profile(dev: bool) -> &'static str {
    if dev { "wasm-dev" } else { "wasm-release" }
}
