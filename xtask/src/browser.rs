//! A Chromium for the browser tests: an installed one, else one that can be downloaded.

use std::{
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use anyhow::{Result, bail};

use crate::{
    npm,
    progress::say,
    shell::{answers, command, is_root, output, succeeds_within},
};

/// Chromium without its windows, which Playwright uses by default: the browser tests take a third less time with it. Debian's package of
/// the same name.
const HEADLESS_SHELL: &str = "chromium-headless-shell";

/// Other usable programs, by their names on `PATH` and their paths on a Mac.
const INSTALLED: [&str; 6] = [
    "chromium",
    "chromium-browser",
    "google-chrome-stable",
    "google-chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/// Finds a Chromium or downloads one. `None` is Playwright's own, which Playwright finds by itself.
pub(crate) fn find() -> Result<Option<PathBuf>> {
    if let Some(chosen) = std::env::var_os("CHROMIUM").filter(|chosen| !chosen.is_empty()) {
        let chosen = PathBuf::from(chosen);
        if !starts(&chosen) {
            bail!("CHROMIUM is {}, which does not start; set it to a Chromium or unset it", chosen.display());
        }
        return Ok(Some(chosen));
    }
    if let Some(found) = installed(&[HEADLESS_SHELL]) {
        return Ok(Some(found));
    }
    if playwrights_own_is_there() {
        return Ok(None);
    }
    let has_apt = is_root() && answers(command("apt-get").arg("--version"));
    if has_apt {
        say("    installing Debian's chromium-headless-shell; without it, the tests run in another Chromium");
        // Where no package has this name, apt-get says so at once.
        if succeeds_within(&mut install(HEADLESS_SHELL), Duration::from_secs(180))?
            && let Some(found) = installed(&[HEADLESS_SHELL])
        {
            return Ok(Some(found));
        }
    }
    if let Some(found) = installed(&INSTALLED) {
        return Ok(Some(found));
    }
    say("    no Chromium on this machine; trying Playwright's download");
    let mut download = npm::tool("end2end", "playwright");
    if succeeds_within(download.args(["install", "chromium"]), Duration::from_secs(180))? && playwrights_own_is_there()
    {
        return Ok(None);
    }
    if has_apt {
        say("    trying Debian's packages");
        // Retried once after a failure: a mirror in the middle of an update, or a half-configured package, often succeeds the second time.
        for _ in 0..2 {
            let updated = succeeds_within(command("apt-get").args(["update", "-q"]), Duration::from_secs(180))?;
            if updated
                && (succeeds_within(&mut install(HEADLESS_SHELL), Duration::from_secs(600))?
                    || succeeds_within(&mut install("chromium"), Duration::from_secs(600))?)
            {
                break;
            }
        }
        if let Some(found) = installed(&[HEADLESS_SHELL]).or_else(|| installed(&INSTALLED)) {
            return Ok(Some(found));
        }
    }
    bail!(
        "no Chromium for the browser tests: install one (Debian: apt-get install chromium-headless-shell), or set CHROMIUM to its path"
    )
}

/// The command that installs one of Debian's packages.
fn install(package: &str) -> Command {
    let mut install = command("apt-get");
    install.args(["install", "-y", "-q", "--no-install-recommends", package]).env("DEBIAN_FRONTEND", "noninteractive");
    install
}

fn installed(names: &[&str]) -> Option<PathBuf> {
    names.iter().map(PathBuf::from).find(|program| starts(program)).map(|program| {
        // Playwright needs a path, not a name.
        output(command("sh").args(["-c", "command -v \"$1\"", "sh"]).arg(&program))
            .map_or(program, |found| PathBuf::from(found.trim()))
    })
}

/// Whether a program starts: some distributions install a placeholder that only prints where to get the real one.
fn starts(program: &Path) -> bool {
    answers(command(program).arg("--version"))
}

fn playwrights_own_is_there() -> bool {
    let script = "import('playwright-core').then(({ chromium }) => process.exit(require('fs').existsSync(chromium.executablePath()) ? 0 : 1))";
    let mut node = command("node");
    node.current_dir(crate::workspace::at("end2end")).args(["--input-type=commonjs", "--eval", script]);
    // The browser's own libraries may be missing; only a real start would show that.
    answers(&mut node)
}
