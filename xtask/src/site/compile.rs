//! What is compiled for the site: the app for the browser, and the tool that makes the site.

use std::path::PathBuf;

use anyhow::Result;

use crate::{
    shell::{patient_cargo, run, together},
    toolchain::WASM,
    workspace,
};

/// Compiles both and gives the path of the app's module.
///
/// At the same time, and giving way to the server where `run` compiles it beside them: that takes longest, and leaves a core idle now and then,
/// which these fill.
pub(super) fn all(dev: bool) -> Result<PathBuf> {
    let builder =
        || run(patient_cargo().args(["build", "--package", "site"]), "the site builder does not compile: see above");
    let (module, ()) = together(|| module(dev), builder)?;
    Ok(module)
}

/// Compiles `frontend`.
///
/// By name, for this target and in a folder of its own: in one command with the server, cargo would unify the features of the two and
/// build an `app` that is neither.
fn module(dev: bool) -> Result<PathBuf> {
    let profile = profile(dev);
    let mut build = patient_cargo();
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

fn profile(dev: bool) -> &'static str {
    if dev { "wasm-dev" } else { "wasm-release" }
}
