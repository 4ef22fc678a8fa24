//! Checks of files line by line.

use std::{fs, path::Path};

use anyhow::{Context, Result, bail};

use crate::{progress::say, workspace};

/// Fails when `faults_of` returns a line number with a fault for the text of any file below the folder.
pub(crate) fn check(folder: &str, extension: &str, faults_of: fn(&str) -> Vec<(usize, String)>) -> Result<()> {
    let mut faults = Vec::new();
    look_through(&workspace::at(folder), extension, faults_of, &mut faults)?;
    for fault in &faults {
        say(&format!("    {fault}"));
    }
    if !faults.is_empty() {
        bail!("{folder} has {} faults: see above", faults.len());
    }
    Ok(())
}

fn look_through(
    folder: &Path,
    extension: &str,
    faults_of: fn(&str) -> Vec<(usize, String)>,
    faults: &mut Vec<String>,
) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| format!("could not read {}", folder.display()))? {
        let path = entry?.path();
        if path.is_dir() {
            look_through(&path, extension, faults_of, faults)?;
        } else if path.extension().is_some_and(|found| found == extension) {
            let text = fs::read_to_string(&path).with_context(|| format!("could not read {}", path.display()))?;
            let name = path.strip_prefix(workspace::root()).unwrap_or(&path).display().to_string();
            faults.extend(faults_of(&text).into_iter().map(|(line, fault)| format!("{name}:{line}: {fault}")));
        }
    }
    Ok(())
}
