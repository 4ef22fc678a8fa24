//! Scripts and style sheets: each with everything it imports, in one small file, by esbuild.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context as _, Result, bail};

use crate::{PACKAGES, at};

/// The oldest browsers that are served: the first with `light-dark()`, which the tokens are written in. The wasm needs less.
const BROWSERS: &str = "--target=chrome123,firefox120,safari17.5";

/// Bundles a script in a format ("esm", "iife") and gives the path of the result.
pub(crate) fn script(source: &Path, format: &str, target: &Path) -> Result<PathBuf> {
    // wasm-bindgen writes one import for each function that comes from the same file.
    let silent = "--log-override:duplicate-object-key=silent";
    esbuild(source, target, &[&format!("--format={format}"), "--legal-comments=none", "--charset=utf8", silent])
}

/// Bundles a style sheet with its `@import`s and gives the path of the result.
///
/// Fonts are files of the running site, not of the disk. The pattern is this narrow because esbuild also holds it against the absolute
/// paths of the imports: "everything that begins with a slash" would leave out the whole style sheet.
pub(crate) fn styles(source: &Path, target: &Path) -> Result<PathBuf> {
    esbuild(source, target, &["--external:/fonts/*"])
}

fn esbuild(source: &Path, target: &Path, options: &[&str]) -> Result<PathBuf> {
    let packages = at(PACKAGES);
    let mut esbuild = Command::new(packages.join("node_modules/.bin/esbuild"));
    esbuild.current_dir(&packages).arg(source).args(["--bundle", "--minify", "--log-level=warning", BROWSERS]);
    esbuild.args(options).arg(format!("--outfile={}", target.display()));
    let status = esbuild.status().context("could not run esbuild; `cargo xtask site` installs it")?;
    if !status.success() {
        bail!("esbuild has objections to {}: see above", source.display());
    }
    Ok(target.to_owned())
}
