//! `cargo xtask site`: compiles the browser half and runs the crate `site` to build `target/site` from it.

mod compile;
mod stamp;

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result};

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
    build_alongside(options, || Ok(()))
}

/// The same, with other work at the same time. The folder of the site is replaced only after both have succeeded: a program that runs
/// from it (`cargo xtask watch`) keeps its files when the other half does not compile.
pub(crate) fn build_alongside(options: &Options, beside: impl FnOnce() -> Result<()>) -> Result<PathBuf> {
    toolchain::prepare()?;
    npm::install(PACKAGES)?;
    let _alone = workspace::alone("site")?;
    let site = workspace::at("target/site");
    if options.dev {
        // Cargo would otherwise lock it out until the server is compiled, in the same folder. It hardly ever changes.
        step("site builder", compile::builder)?;
    }
    let make = || {
        let wasm = step("browser bundle: wasm", || {
            let builder = || if options.dev { Ok(()) } else { compile::builder() };
            together(|| compile::module(options.dev), builder).map(|(wasm, ())| wasm)
        })?;
        assemble(&wasm, &site, options)
    };
    let (assembled, ()) = together(make, beside)?;
    if let Some(assembled) = assembled {
        assembled.replace(&site)?;
    }
    Ok(site)
}

/// A site that is complete, but not in its place.
struct Assembled {
    folder: PathBuf,
    stamp: String,
}

/// Makes the folder of the site from what is compiled, next to its place; `None` if the site in its place is up to date.
fn assemble(wasm: &Path, site: &Path, options: &Options) -> Result<Option<Assembled>> {
    let stamp = stamp::of(wasm, options.dev)?;
    if stamp::is_current(&stamp, site) {
        say("    the site is up to date");
        return Ok(None);
    }
    let folder = workspace::at("target/site.next");
    step("browser bundle: files", || {
        let mut builder = command(workspace::at("target/debug/site"));
        builder.args(options.dev.then_some("--dev")).arg(wasm).arg(&folder);
        run(&mut builder, "could not build the site: see above")
    })?;
    Ok(Some(Assembled { folder, stamp }))
}

impl Assembled {
    /// Puts the folder in the place of the last one.
    fn replace(self, site: &Path) -> Result<()> {
        match fs::remove_dir_all(site) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(error).with_context(|| format!("could not remove {}", site.display()));
            }
            _ => {}
        }
        fs::rename(&self.folder, site).with_context(|| format!("could not put {} in place", site.display()))?;
        stamp::set(&self.stamp)
    }
}
