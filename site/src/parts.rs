//! Parts the browser half where `frontend/src/chunks.rs` says: the program, which everybody loads, and files that it fetches when they
//! are needed.

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::{Context as _, Result, anyhow};

use crate::bare::bare;

/// The script that fetches the files. The program imports it, and it the program's script: `bundle` makes one file of the two.
const LOADER: &str = "loader.js";
/// The same, as the program imports it.
const LINK: &str = "./loader.js";

/// What a part is made of, by its name: file names without their ending, what several parts share first.
pub(crate) type Parts = BTreeMap<String, Vec<String>>;

/// Writes the program, the loader and the files beside it into a folder, and says which file belongs to which part.
pub(crate) fn divide(wasm: &[u8], program: &Path, folder: &Path) -> Result<Parts> {
    let mut options = wasm_split_cli_support::Options::new(wasm);
    options.output_dir = folder;
    options.main_out_path = program;
    options.link_name = LINK;
    options.main_module = "./mooncoon.js";
    let parted = wasm_split_cli_support::transform(options)
        .map_err(|error| anyhow!("the browser half cannot be parted: {error:#}"))?;
    for file in &parted.split_modules {
        let content = fs::read(file).with_context(|| format!("could not read {}", file.display()))?;
        fs::write(file, bare(&content)?).with_context(|| format!("could not write {}", file.display()))?;
    }
    Ok(parted.prefetch_map.into_iter().collect())
}

/// Tells the loader under which name a file is found.
pub(crate) fn rename(folder: &Path, file: &str, name: &str) -> Result<()> {
    let path = folder.join(LOADER);
    let script = fs::read_to_string(&path).with_context(|| format!("could not read {}", path.display()))?;
    let old = format!("\"./{file}.wasm\"");
    anyhow::ensure!(script.contains(&old), "the loader does not load {old}: has its form changed?");
    fs::write(&path, script.replace(&old, &format!("\"./{name}\"")))
        .with_context(|| format!("could not write {}", path.display()))
}
