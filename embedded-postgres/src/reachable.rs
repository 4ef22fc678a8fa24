//! Binaries that the server's account can run.
//!
//! Root may keep the repository, and with it npm's binaries, in a home folder that no other account can enter, while the server must run
//! as another account. Such binaries are copied into the data folder, once.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{
    account::Account,
    binaries::Binaries,
    cluster::run,
    error::{EmbeddedError, file},
    folder::DataFolder,
    options::EmbeddedOptions,
};

/// Every usable set of binaries, best first.
pub(crate) fn binaries(
    options: &EmbeddedOptions,
    folder: &DataFolder,
    account: &Account,
) -> Result<Vec<Binaries>, EmbeddedError> {
    let copies = folder.binaries();
    let find = || {
        let mut extra = options.extra_binary_dirs.clone();
        extra.extend(children(&copies));
        Binaries::find(options.search_path.as_deref(), &extra, |program| account.command(program))
    };
    let found = find();
    if !found.is_empty() || *account == Account::Own {
        return Ok(found);
    }
    // Searched as root, which can read everything: is there anything to copy?
    let hidden = Binaries::find(None, &options.extra_binary_dirs, |program| Command::new(program));
    let Some(hidden) = hidden.first() else { return Ok(found) };
    copy(hidden, folder, account)?;
    Ok(find())
}

/// Copies a set with its libraries and data, which are next to its folder.
fn copy(binaries: &Binaries, folder: &DataFolder, account: &Account) -> Result<(), EmbeddedError> {
    let Some(installation) = binaries.folder.parent() else { return Ok(()) };
    tracing::info!(from = %installation.display(), "copying the Postgres binaries to a folder where its account can run them");
    let workshop = folder.workshop(account)?;
    let draft = workshop.join("installation");
    // `cp`, because the libraries are links to one another, and links must be copied as links.
    run("cp", Command::new("cp").arg("-R").args([installation, &draft]))?;
    run("chmod", Command::new("chmod").args(["-R", "a+rX"]).arg(&draft))?;
    let copies = folder.binaries();
    fs::create_dir_all(&copies).map_err(file("create", &copies))?;
    run("chmod", Command::new("chmod").arg("a+rx").arg(&copies))?;
    let target = copies.join(binaries.major.to_string());
    if target.exists() {
        // An unusable older copy; a usable one would have been found.
        fs::remove_dir_all(&target).map_err(file("remove", &target))?;
    }
    fs::rename(&draft, &target).map_err(file("move into place", &target))?;
    fs::remove_dir_all(&workshop).map_err(file("remove", workshop))
}

/// The `bin` folder of every copy.
fn children(copies: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(copies) else { return Vec::new() };
    entries.flatten().map(|entry| entry.path().join("bin")).collect()
}
