use std::path::{Path, PathBuf};

/// The folder of the bundler's and the chart library's npm packages.
pub(crate) const PACKAGES: &str = "frontend/js";

/// A path below the repository's root, which is the parent of this crate's folder.
pub(crate) fn at(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).with_file_name(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_start_at_the_root() {
        assert!(at("Cargo.lock").is_file());
        assert!(at(PACKAGES).join("package.json").is_file());
    }
}
