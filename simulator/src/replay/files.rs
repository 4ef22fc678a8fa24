//! Finds and reads recorded files.

use std::{
    fs,
    io::Read,
    path::{Path, PathBuf},
};

use flate2::read::MultiGzDecoder;

use crate::{Error, Result};

/// Returns the files among `paths`. Folders are searched recursively, in an order that does not depend on the file
/// system.
pub(super) fn find(paths: &[PathBuf]) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for path in paths {
        let kind = fs::metadata(path).map_err(|source| Error::Read { path: path.clone(), source })?;
        if kind.is_dir() {
            search(path, &mut found)?;
        } else {
            // A file that is given explicitly is read whatever its name.
            found.push(path.clone());
        }
    }
    Ok(found)
}

fn search(folder: &Path, found: &mut Vec<PathBuf>) -> Result<()> {
    let failed = |source| Error::Read { path: folder.to_owned(), source };
    let mut entries: Vec<PathBuf> = fs::read_dir(folder)
        .map_err(failed)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()
        .map_err(failed)?;
    entries.sort();
    for path in entries {
        if path.is_dir() {
            search(&path, found)?;
        } else if path.to_str().is_some_and(|name| name.ends_with(".json") || name.ends_with(".json.gz")) {
            found.push(path);
        }
    }
    Ok(())
}

/// Returns the text of a file, decompressed if it is gzip, whatever its name.
pub(super) fn read(path: &Path) -> Result<String> {
    let failed = |source| Error::Read { path: path.to_owned(), source };
    let bytes = fs::read(path).map_err(failed)?;
    let mut text = String::new();
    if bytes.starts_with(&[0x1f, 0x8b]) {
        MultiGzDecoder::new(&bytes[..]).read_to_string(&mut text).map_err(failed)?;
    } else {
        (&bytes[..]).read_to_string(&mut text).map_err(failed)?;
    }
    Ok(text)
}
