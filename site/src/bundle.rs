//! Bundles scripts and style sheets with esbuild: each with all its imports, in one minified file.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context as _, Result, bail};

use crate::paths::{PACKAGES, at};

/// The oldest supported browsers: the first with `light-dark()`, which the design tokens use. The wasm requires less.
const BROWSERS: &str = "--target=chrome123,firefox120,safari17.5";

/// Bundles a script in a format ("esm", "iife") and returns the path of the result.
pub(crate) fn script(source: &Path, format: &str, target: &Path) -> Result<PathBuf> {
    // wasm-bindgen writes one import for each function that comes from the same file.
    let silent = "--log-override:duplicate-object-key=silent";
    esbuild(source, target, &[&format!("--format={format}"), "--legal-comments=none", "--charset=utf8", silent])
}

/// Bundles a style sheet with its `@import`s and returns the path of the result.
///
/// Fonts are files of the running site, not of the disk. The pattern is this narrow because esbuild also matches it against the absolute
/// paths of the imports: a pattern for everything that begins with a slash would exclude the whole style sheet.
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
        bail!("esbuild reported errors in {}: see above", source.display());
    }
    Ok(target.to_owned())
}
