//! `cargo xtask site`: compiles the browser half and runs the crate `site` to build `target/site` from it.

mod compile;
mod stamp;

use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::{
    npm,
    progress::{say, step},
    shell::{command, run, together},
    toolchain, workspace,
};

/// The folder of the bundler's and the chart library's packages.
const PACKAGES: &str = "frontend/js";

/// Options of `site`.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// Build quickly: no optimisation, no compression.
    #[arg(long)]
    pub(crate) dev: bool,
}

/// Builds the site unless its inputs are unchanged, and returns its folder.
pub(crate) fn build(options: &Options) -> Result<PathBuf> {
    build_beside(options, || Ok(()))
}

/// The same, with other work at the same time as its compilation. The folder of the site is replaced only after both have succeeded: a
/// program that runs from it (`cargo xtask watch`) keeps its files when the other half does not compile.
pub(crate) fn build_beside(options: &Options, beside: impl FnOnce() -> Result<()>) -> Result<PathBuf> {
    toolchain::prepare()?;
    npm::install(PACKAGES)?;
    let _alone = workspace::alone("site")?;
    let compile = || step("browser bundle: wasm", || compile::all(options.dev));
    let (wasm, ()) = together(compile, beside)?;
    assemble(&wasm, options)
}

/// Makes the folder of the site from what is compiled.
fn assemble(wasm: &Path, options: &Options) -> Result<PathBuf> {
    let site = workspace::at("target/site");
    let stamp = stamp::of(wasm, options.dev)?;
    if stamp::is_current(&stamp, &site) {
        say("    the site is up to date");
        return Ok(site);
    }
    step("browser bundle: files", || {
        let mut builder = command(workspace::at("target/debug/site"));
        builder.args(options.dev.then_some("--dev")).arg(wasm).arg(&site);
        run(&mut builder, "the site could not be made: see above")
    })?;
    stamp::set(&stamp)?;
    Ok(site)
}
