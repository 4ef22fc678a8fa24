//! Assembles the site: files with a hash of their content in their name, and the manifest from which the server reads these names.

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::{Context as _, Result};
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use crate::{
    arguments::Arguments,
    bundle, compress, glue, land, parts,
    paths::{PACKAGES, at},
};

/// The addresses of the files whose names contain a hash of their content.
#[derive(Debug, Serialize)]
struct Manifest {
    js: String,
    wasm: String,
    charts: String,
    css: String,
    world: String,
    /// The addresses from which each part of the browser half is fetched.
    parts: BTreeMap<String, Vec<String>>,
}

/// Builds the site in a separate folder and then renames it, so that a server never sees a partial site.
pub(crate) fn site(arguments: &Arguments) -> Result<()> {
    let site = &arguments.target;
    let draft = site.with_extension("new");
    remove(&draft)?;
    let pkg = draft.join("pkg");
    fs::create_dir_all(&pkg).with_context(|| format!("could not create {}", pkg.display()))?;
    copy(&at("public"), &draft)?;

    let scratch = tempfile::tempdir().context("could not create a temporary folder")?;
    let parts = place_parts(&glue::generate(&arguments.wasm, scratch.path())?, scratch.path(), &pkg)?;
    let glue = bundle::script(&scratch.path().join("mooncoon.js"), "esm", &scratch.path().join("glue.js"))?;
    let charts = bundle::script(&at("frontend/js/charts.js"), "iife", &scratch.path().join("charts.js"))?;
    let css = bundle::styles(&at("style/main.css"), &scratch.path().join("main.css"))?;
    let world = scratch.path().join("world.svg");
    land::draw(&at(PACKAGES), &world)?;
    let manifest = Manifest {
        js: place(&glue, &pkg, "mooncoon", "js")?,
        wasm: place(&scratch.path().join("mooncoon_bg.wasm"), &pkg, "mooncoon_bg", "wasm")?,
        charts: place(&charts, &pkg, "charts", "js")?,
        css: place(&css, &pkg, "main", "css")?,
        world: place(&world, &pkg, "world", "svg")?,
        parts,
    };
    let text = serde_json::to_string_pretty(&manifest).context("could not write the manifest")?;
    fs::write(draft.join("manifest.json"), text).context("could not write manifest.json")?;
    if !arguments.is_dev {
        compress::folder(&draft)?;
    }
    remove(site)?;
    fs::rename(&draft, site).with_context(|| format!("could not put {} in place", site.display()))
}

/// Places the parts of the browser half, before the script that fetches them is bundled, and returns their addresses.
fn place_parts(parts: &parts::Parts, folder: &Path, pkg: &Path) -> Result<BTreeMap<String, Vec<String>>> {
    let mut placed: BTreeMap<&str, String> = BTreeMap::new();
    for (part, files) in parts {
        for file in files {
            if placed.contains_key(file.as_str()) {
                continue;
            }
            // The file names of wasm-split are long, and contain no further information.
            let is_shared = parts.values().filter(|others| others.contains(file)).count() > 1;
            let stem = if is_shared { "shared" } else { part };
            let address = place(&folder.join(file).with_extension("wasm"), pkg, stem, "wasm")?;
            parts::rename(folder, file, address.rsplit('/').next().unwrap_or(&address))?;
            placed.insert(file, address);
        }
    }
    let addresses = |files: &Vec<String>| files.iter().filter_map(|file| placed.get(file.as_str()).cloned()).collect();
    Ok(parts.iter().map(|(part, files)| (part.clone(), addresses(files))).collect())
}

/// Copies a built file into `pkg` under a name with its hash, and returns its address.
fn place(file: &Path, pkg: &Path, stem: &str, extension: &str) -> Result<String> {
    let content = fs::read(file).with_context(|| format!("could not read {}", file.display()))?;
    let hash = hex(&Sha256::digest(&content)[..8]);
    let name = format!("{stem}.{hash}.{extension}");
    fs::write(pkg.join(&name), content).with_context(|| format!("could not write {name}"))?;
    Ok(format!("/pkg/{name}"))
}

/// Copies a folder with its contents.
fn copy(from: &Path, to: &Path) -> Result<()> {
    for entry in fs::read_dir(from).with_context(|| format!("could not read {}", from.display()))? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            fs::create_dir_all(&target)?;
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), &target).with_context(|| format!("could not copy {}", entry.path().display()))?;
        }
    }
    Ok(())
}

/// Removes a folder if it exists.
fn remove(folder: &Path) -> Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("could not remove {}", folder.display()))
        }
        _ => Ok(()),
    }
}

/// Bytes as hexadecimal digits.
fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
