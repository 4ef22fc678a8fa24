//! The browser bundle: the output of `cargo xtask site`, with hashed names.

use std::path::Path;

use anyhow::Context as _;
use app::Assets;

use super::static_files::StaticFiles;

/// The files of the browser bundle, and the names under which pages refer to them.
#[derive(Clone, Debug)]
pub(crate) struct Site {
    files: StaticFiles,
    assets: Assets,
}

impl Site {
    /// Reads the manifest of the bundle and lists its files.
    pub(crate) fn open(folder: &Path) -> anyhow::Result<Self> {
        let manifest = folder.join("manifest.json");
        let text = std::fs::read(&manifest).with_context(|| {
            format!("no browser bundle at {}: run `cargo xtask run`, or set MOONCOON_SITE_DIR", manifest.display())
        })?;
        let assets = serde_json::from_slice(&text).with_context(|| {
            format!("{} is not the manifest of a bundle: run `cargo xtask site`", manifest.display())
        })?;
        Ok(Self { files: StaticFiles::list(folder)?, assets })
    }

    pub(crate) fn assets(&self) -> &Assets {
        &self.assets
    }

    pub(super) fn files(&self) -> &StaticFiles {
        &self.files
    }
}
