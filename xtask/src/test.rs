//! `cargo xtask test`: every check, or one suite of them; one table, one count.

use crate::{
    lint, postgres,
    progress::step,
    site,
    suites::{Report, cargo, check, conclude, database::Database, playwright, suite},
    toolchain,
};

/// Options of `test`.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// Run this suite alone.
    #[arg(value_enum)]
    suite: Option<Suite>,
    /// Run only the tests of that suite whose names contain this. Browser tests also by their file: `palette`, `palette.spec.ts:40`.
    filter: Option<String>,
    /// Leave out the browser tests (the count then says nothing about them).
    #[arg(long, conflicts_with = "suite")]
    no_browser: bool,
    /// Leave out the tests that break things for minutes (the count then says nothing about them).
    #[arg(long, conflicts_with = "suite")]
    no_chaos: bool,
}

/// A suite that can be run alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Suite {
    /// Format, clippy (native and wasm), types and linter of the scripts, layering; takes no filter.
    Lint,
    /// The tests inside the crates, and those of the scripts.
    Unit,
    /// The integration tests of the crates, most of which need a Postgres.
    Database,
    /// The tests that break things, a share of their cases.
    Chaos,
    /// The Playwright specs.
    Browser,
}

impl Options {
    fn has(&self, suite: Suite) -> bool {
        match self.suite {
            Some(chosen) => chosen == suite,
            None => !(suite == Suite::Browser && self.no_browser || suite == Suite::Chaos && self.no_chaos),
        }
    }
}

/// Sets everything up and runs every suite, or the selected one; the last line is the count. Returns whether everything passed.
pub(crate) fn test(options: &Options) -> bool {
    let mut reports = vec![check("tools", || {
        if let (Some(Suite::Lint), Some(filter)) = (options.suite, &options.filter) {
            anyhow::bail!("the suite `lint` takes no filter, but `{filter}` was given");
        }
        toolchain::prepare()?;
        toolchain::lint_tools()?;
        // The tests start their own server, whatever DATABASE_URL contains.
        postgres::prepare(postgres::Need::Always)
    })];
    if all_passed(&reports) && options.has(Suite::Lint) {
        reports.extend(lint::reports());
    }
    if all_passed(&reports[..1]) && options.suite != Some(Suite::Lint) {
        let build = check("build", if options.suite.is_none() { cargo::build } else { cargo::build_program });
        let is_built = build.failed == 0;
        reports.push(build);
        // Without a build there is nothing to run.
        if is_built {
            rust(&mut reports, options);
            if options.has(Suite::Browser) {
                browser(&mut reports, options.filter.as_deref());
            }
        }
    }
    conclude(&reports);
    all_passed(&reports)
}

fn all_passed(reports: &[Report]) -> bool {
    reports.iter().all(|report| report.failed == 0)
}

/// Runs the workspace's own tests.
fn rust(reports: &mut Vec<Report>, options: &Options) {
    if ![Suite::Unit, Suite::Database, Suite::Chaos].into_iter().any(|suite| options.has(suite)) {
        return;
    }
    let filter = options.filter.as_deref();
    match step("Postgres for the tests", Database::start) {
        Ok(database) => {
            if options.has(Suite::Unit) {
                reports.push(suite("unit tests", || cargo::unit(database.url(), filter)));
            }
            if options.has(Suite::Database) {
                reports.push(suite("database tests", || cargo::integration(database.url(), filter)));
            }
            if options.has(Suite::Chaos) {
                reports.push(suite("chaos", || cargo::chaos(database.url(), filter)));
            }
        }
        Err(error) => reports.push(check("database tests", || Err(error))),
    }
}

/// Builds the site and runs the browser tests on it.
fn browser(reports: &mut Vec<Report>, filter: Option<&str>) {
    let mut site_folder = None;
    reports.push(check("site", || {
        site_folder = Some(site::build(&site::Options { dev: false })?);
        Ok(())
    }));
    if let Some(site_folder) = site_folder {
        reports.push(suite("browser tests", || playwright::run(&site_folder, filter)));
    }
}
