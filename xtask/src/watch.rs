//! `cargo xtask watch`: rebuilds and restarts the program after every save.

use std::{
    collections::BTreeMap,
    ffi::OsString,
    fs,
    os::unix::process::CommandExt as _,
    path::{Path, PathBuf},
    process::Child,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant, SystemTime},
};

use anyhow::{Context as _, Result};
use signal_hook::{
    consts::{SIGHUP, SIGINT, SIGTERM},
    flag,
};

use crate::{
    postgres,
    progress::{say, seconds},
    run::{self, Profile},
    shell::{SignalTarget, signal},
    toolchain, workspace,
};

/// The watched files: all sources of the program and of the site. Folders are watched recursively.
const SOURCES: [&str; 18] = [
    "app/src",
    "domain/src",
    "embedded-postgres/src",
    "forecast/src",
    "frontend/js",
    "frontend/src",
    "ingest/sql",
    "ingest/src",
    "migrations",
    "public",
    "server/src",
    "simulator/facts",
    "simulator/src",
    "site/src",
    "style",
    "warehouse/queries",
    "warehouse/src",
    "Cargo.toml",
];
/// The polling interval. File notifications would need a crate for each operating system; a poll takes 5 ms.
const PAUSE: Duration = Duration::from_millis(200);
/// How long the program may take to stop: its own limit is ten seconds.
const STOP: Duration = Duration::from_secs(12);

/// Options of `watch`.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// Arguments for the program, after `--`; `serve` when there are none.
    #[arg(last = true)]
    arguments: Vec<OsString>,
}

/// Builds and starts the program, and does so again after each save, until it is interrupted; then stops the program.
///
/// While a build fails, the program of the last successful build keeps running.
pub(crate) fn watch(options: &Options) -> Result<()> {
    toolchain::prepare()?;
    postgres::prepare(postgres::Need::WithoutDatabaseUrl)?;
    // A signal that arrives during a build takes effect after it: Ctrl-C also interrupts the compilers.
    let is_interrupted = Arc::new(AtomicBool::new(false));
    for signal in [SIGHUP, SIGINT, SIGTERM] {
        flag::register(signal, Arc::clone(&is_interrupted)).context("could not handle signals")?;
    }
    let mut running: Option<Child> = None;
    while !is_interrupted.load(Ordering::Relaxed) {
        // Before the build: files that are saved while it runs are built next.
        let built = Snapshot::take();
        let began = Instant::now();
        match run::build(Profile::Dev) {
            Ok(site) => {
                if let Some(child) = running.take() {
                    stop(child)?;
                }
                if is_interrupted.load(Ordering::Relaxed) {
                    break;
                }
                let mut program = run::program(Profile::Dev, &site, &options.arguments);
                // In a group of its own, Ctrl-C does not reach it: the second signal, of `stop`, would end it at once and leave its
                // Postgres running.
                program.process_group(0);
                running = Some(program.spawn().context("could not start target's mooncoon")?);
                say(&format!("==> built and started after {}; waiting for a save", seconds(began.elapsed())));
            }
            Err(_) if is_interrupted.load(Ordering::Relaxed) => {}
            Err(error) => say(&format!("error: {error:#}\n==> waiting for a save")),
        }
        while Snapshot::take() == built && !is_interrupted.load(Ordering::Relaxed) {
            thread::sleep(PAUSE);
        }
    }
    running.map_or(Ok(()), stop)
}

/// Shuts the program down, so that its Postgres is stopped too; by force when it takes too long.
fn stop(mut child: Child) -> Result<()> {
    if child.try_wait()?.is_some() {
        return Ok(());
    }
    signal(&child, "TERM", SignalTarget::Process)?;
    let deadline = Instant::now() + STOP;
    while child.try_wait()?.is_none() {
        if Instant::now() > deadline {
            child.kill()?;
        }
        thread::sleep(Duration::from_millis(20));
    }
    Ok(())
}

/// The time of the last write of each file.
#[derive(Debug, PartialEq, Eq)]
struct Snapshot(BTreeMap<PathBuf, SystemTime>);

impl Snapshot {
    fn take() -> Self {
        let mut files = BTreeMap::new();
        for source in SOURCES {
            add(&workspace::at(source), &mut files);
        }
        Self(files)
    }
}

/// Adds a file, or every file below a folder. One that disappears meanwhile is left out.
fn add(path: &Path, files: &mut BTreeMap<PathBuf, SystemTime>) {
    let Ok(metadata) = fs::metadata(path) else { return };
    if !metadata.is_dir() {
        files.extend(metadata.modified().map(|written| (path.to_owned(), written)));
    } else if path.file_name().is_none_or(|name| name != "node_modules") {
        for entry in fs::read_dir(path).into_iter().flatten().flatten() {
            // Temporary files that editors write next to a file while it is saved.
            if !entry.file_name().to_string_lossy().starts_with('.') {
                add(&entry.path(), files);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_source_exists_and_is_watched() {
        for source in SOURCES {
            let mut files = BTreeMap::new();
            add(&workspace::at(source), &mut files);
            assert!(!files.is_empty(), "{source}");
        }
    }

    #[test]
    fn a_file_written_added_or_removed_is_a_change_and_packages_are_not() {
        let folder = tempfile::tempdir().unwrap();
        let look = || {
            let mut files = BTreeMap::new();
            add(folder.path(), &mut files);
            files
        };
        let page = folder.path().join("page.rs");
        fs::write(&page, "moon").unwrap();
        let first = look();
        assert_eq!(look(), first);
        let later = SystemTime::now() + Duration::from_secs(1);
        fs::File::options().write(true).open(&page).unwrap().set_modified(later).unwrap();
        let second = look();
        assert_ne!(second, first);
        fs::create_dir(folder.path().join("node_modules")).unwrap();
        fs::write(folder.path().join("node_modules/package.json"), "{}").unwrap();
        fs::write(folder.path().join(".page.rs.swp"), "moon").unwrap();
        assert_eq!(look(), second);
        fs::remove_file(&page).unwrap();
        assert_ne!(look(), second);
    }
}
