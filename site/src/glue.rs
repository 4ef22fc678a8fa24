//! The script that loads the app, and the files that the app fetches later.

use std::{fs, path::Path};

use anyhow::{Context as _, Result, anyhow};
use wasm_bindgen_cli_support::Bindgen;

use crate::parts::{self, Parts};

/// Writes `mooncoon.js` and `mooncoon_bg.wasm` into a folder, with the files that the program fetches on demand.
///
/// This is wasm-bindgen's command-line program as a library: nothing to install, and its version is pinned next to that of the macros.
pub(crate) fn generate(wasm: &Path, folder: &Path) -> Result<Parts> {
    let module = fs::read(wasm).with_context(|| format!("could not read {}", wasm.display()))?;
    let program = folder.join("program.wasm");
    let parts = parts::divide(&module, &program, folder)?;
    let mut bindgen = Bindgen::new();
    bindgen
        .input_path(program)
        .out_name("mooncoon")
        .typescript(false)
        // The file names get a hash later, so the page must pass the wasm's address anyway.
        .omit_default_module_path(true)
        // The exports that the parts share with the program.
        .keep_lld_exports(true)
        .remove_name_section(true)
        .remove_producers_section(true)
        .web(true)
        .and_then(|bindgen| bindgen.generate(folder))
        .map_err(|error| anyhow!("wasm-bindgen failed: {error:#}"))?;
    Ok(parts)
}
