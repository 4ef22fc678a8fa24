//! Splits the browser half as `frontend/src/chunks.rs` specifies: the program, which every visitor loads, and files that it fetches on
//! demand.

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::{Context as _, Result, anyhow};

use crate::bare::bare;

/// The script that fetches the files. The program imports it, and it imports the program's script: `bundle` makes one file of the two.
const LOADER: &str = "loader.js";
/// The path by which the program imports it.
const LINK: &str = "./loader.js";

/// The files of each part, by its name: file names without their extension, files that several parts share first.
pub(crate) type Parts = BTreeMap<String, Vec<String>>;

/// Writes the program, the loader and the files of the parts into a folder; returns which file belongs to which part.
pub(crate) fn divide(wasm: &[u8], program: &Path, folder: &Path) -> Result<Parts> {
    let mut options = wasm_split_cli_support::Options::new(wasm);
    options.output_dir = folder;
    options.main_out_path = program;
    options.link_name = LINK;
    options.main_module = "./mooncoon.js";
    let parted =
        wasm_split_cli_support::transform(options).map_err(|error| anyhow!("could not split the WASM: {error:#}"))?;
    for file in &parted.split_modules {
        let content = fs::read(file).with_context(|| format!("could not read {}", file.display()))?;
        fs::write(file, bare(&content)?).with_context(|| format!("could not write {}", file.display()))?;
    }
    Ok(parted.prefetch_map.into_iter().collect())
}

/// Writes the new name of a file into the loader.
pub(crate) fn rename(folder: &Path, file: &str, name: &str) -> Result<()> {
    let path = folder.join(LOADER);
    let script = fs::read_to_string(&path).with_context(|| format!("could not read {}", path.display()))?;
    let old = format!("\"./{file}.wasm\"");
    anyhow::ensure!(script.contains(&old), "the loader does not load {old}: has its format changed?");
    fs::write(&path, script.replace(&old, &format!("\"./{name}\"")))
        .with_context(|| format!("could not write {}", path.display()))
}
