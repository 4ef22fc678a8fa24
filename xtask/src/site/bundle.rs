//! Scripts and style sheets: each with everything it imports, in one small file, by esbuild.

use std::path::{Path, PathBuf};

use anyhow::Result;

use super::PACKAGES;
use crate::{npm, shell::run};

/// The oldest browsers that are served: those with everything that the wasm itself needs anyway.
const BROWSERS: &str = "--target=chrome111,firefox114,safari16.4";

/// Bundles a script in a format ("esm", "iife") and gives the path of the result.
pub(super) fn script(source: &Path, format: &str, target: &Path) -> Result<PathBuf> {
    // wasm-bindgen writes one import for each function that comes from the same file.
    let silent = "--log-override:duplicate-object-key=silent";
    esbuild(source, target, &[&format!("--format={format}"), "--legal-comments=none", "--charset=utf8", silent])
}

/// Bundles a style sheet with its `@import`s and gives the path of the result.
///
/// Fonts are files of the running site, not of the disk. The pattern is this narrow because esbuild also holds it against the absolute
/// paths of the imports: "everything that begins with a slash" would leave out the whole style sheet.
pub(super) fn styles(source: &Path, target: &Path) -> Result<PathBuf> {
    esbuild(source, target, &["--external:/fonts/*"])
}

fn esbuild(source: &Path, target: &Path, options: &[&str]) -> Result<PathBuf> {
    let mut esbuild = npm::tool(PACKAGES, "esbuild");
    esbuild.arg(source).args(["--bundle", "--minify", "--log-level=warning", BROWSERS]).args(options);
    esbuild.arg(format!("--outfile={}", target.display()));
    run(&mut esbuild, &format!("esbuild has objections to {}: see above", source.display()))?;
    Ok(target.to_owned())
}
