//! `cargo xtask site`: compiles the browser half and runs the crate `site` to build `target/site` from it.

mod compile;
mod stamp;

use std::path::PathBuf;

use anyhow::Result;

use crate::{
    npm,
    progress::{say, step},
    shell::{command, run},
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
    toolchain::prepare()?;
    npm::install(PACKAGES)?;
    let _alone = workspace::alone("site")?;
    let wasm = step("browser bundle: wasm", || compile::all(options.dev))?;
    let site = workspace::at("target/site");
    let stamp = stamp::of(&wasm, options.dev)?;
    if stamp::is_current(&stamp, &site) {
        say("    the site is up to date");
        return Ok(site);
    }
    step("browser bundle: files", || {
        let mut builder = command(workspace::at("target/debug/site"));
        builder.args(options.dev.then_some("--dev")).arg(&wasm).arg(&site);
        run(&mut builder, "the site could not be made: see above")
    })?;
    stamp::set(&stamp)?;
    Ok(site)
}
