//! `cargo xtask test`: every check, one table, one count.

use crate::{
    lint, postgres,
    progress::step,
    site,
    suites::{Report, cargo, check, conclude, database::Database, playwright, suite},
    toolchain,
};

/// What `test` can be told.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// Leave out the browser tests (the count then says nothing about them).
    #[arg(long)]
    no_browser: bool,
    /// Leave out the tests that break things for minutes (the count then says nothing about them).
    #[arg(long)]
    no_chaos: bool,
}

/// Sets everything up and runs every suite; the last line is the count. Says whether all is well.
pub(crate) fn test(options: &Options) -> bool {
    let mut reports = vec![check("tools", || {
        toolchain::prepare()?;
        toolchain::lint_tools()?;
        // The tests bring their own server, whatever DATABASE_URL says.
        postgres::prepare(postgres::Need::Always)
    })];
    if is_well(&reports) {
        reports.extend(lint::reports());
        let build = check("build", cargo::build);
        let is_built = build.failed == 0;
        reports.push(build);
        // Without a build there is nothing to run.
        if is_built {
            rust(&mut reports, options);
            if !options.no_browser {
                browser(&mut reports);
            }
        }
    }
    conclude(&reports);
    is_well(&reports)
}

fn is_well(reports: &[Report]) -> bool {
    reports.iter().all(|report| report.failed == 0)
}

/// Runs the workspace's own tests.
fn rust(reports: &mut Vec<Report>, options: &Options) {
    match step("Postgres for the tests", Database::start) {
        Ok(database) => {
            reports.push(suite("unit tests", || cargo::unit(database.url())));
            reports.push(suite("database tests", || cargo::integration(database.url())));
            if !options.no_chaos {
                reports.push(suite("chaos", || cargo::chaos(database.url())));
            }
        }
        Err(error) => reports.push(check("database tests", || Err(error))),
    }
}

/// Builds the site and runs the browser tests on it.
fn browser(reports: &mut Vec<Report>) {
    reports.push(check("types of the specs", playwright::check_types));
    let mut site_folder = None;
    reports.push(check("site", || {
        site_folder = Some(site::build(&site::Options { dev: false })?);
        Ok(())
    }));
    if let Some(site_folder) = site_folder {
        reports.push(suite("browser tests", || playwright::run(&site_folder)));
    }
}
