//! Where things are in the repository.

use std::path::{Path, PathBuf};

/// The repository's root: the parent of this crate's folder.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the crate lies in a folder of the workspace")
}

/// A path below the root.
pub(crate) fn at(path: &str) -> PathBuf {
    root().join(path)
}

/// The built program, in a profile's folder ("release", "debug").
pub(crate) fn program(profile: &str) -> PathBuf {
    root().join("target").join(profile).join("mooncoon")
}
