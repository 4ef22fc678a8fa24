//! Browser tests: Playwright drives a Chromium against the built program.

use std::{
    ffi::OsString,
    fs,
    net::{Ipv4Addr, TcpListener},
    path::Path,
};

use anyhow::{Context, Result};
use serde::Deserialize;

use super::{Count, database};
use crate::{
    browser, house, npm, postgres,
    shell::{self, status},
};

/// The folder of the browser tests.
const FOLDER: &str = "end2end";

/// Holds the specs to their types: Playwright itself only takes the types off, and a name that is gone is found when its test is run.
pub(crate) fn check_types() -> Result<()> {
    npm::install(FOLDER)?;
    shell::run(npm::tool(FOLDER, "tsc").args(["--project", "."]), "the specs do not fit their types: see above")
}

/// Runs every spec. The program under test is started and stopped by Playwright's own configuration.
pub(crate) fn run(site: &Path) -> Result<(Count, bool)> {
    npm::install(FOLDER)?;
    let chromium = browser::find()?;
    let folder = database::folder("mooncoon-browser-")?;
    let port = free_port()?;
    let results = folder.path().join("results.json");
    let mut playwright = npm::tool(FOLDER, "playwright");
    playwright
        .args(["test", "--reporter=list,json"])
        .env("PLAYWRIGHT_JSON_OUTPUT_FILE", &results)
        .env("CHROMIUM", chromium.map(OsString::from).unwrap_or_default())
        .env("MOONCOON_BINARY", house::program("debug"))
        .env("MOONCOON_ADDR", format!("127.0.0.1:{port}"))
        .env("MOONCOON_DATA_DIR", folder.path().join("data"))
        .env("MOONCOON_POSTGRES_DIR", postgres::folder())
        .env("MOONCOON_SITE_DIR", site)
        .env_remove("DATABASE_URL");
    let success = status(&mut playwright)?.success();
    // Without results the configuration itself is broken; Playwright has said why.
    let Ok(text) = fs::read_to_string(&results) else { return Ok((Count::default(), false)) };
    Ok((count(&text)?, success))
}

/// The part of Playwright's JSON report that counts.
#[derive(Debug, Deserialize)]
struct Results {
    stats: Stats,
}

#[derive(Debug, Deserialize)]
struct Stats {
    expected: u64,
    unexpected: u64,
    flaky: u64,
    skipped: u64,
}

fn count(text: &str) -> Result<Count> {
    let Results { stats } = serde_json::from_str(text).context("Playwright's report is not as expected")?;
    Ok(Count { passed: stats.expected + stats.flaky, failed: stats.unexpected, skipped: stats.skipped })
}

/// A port that nobody listens on just now.
fn free_port() -> Result<u16> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("could not find a free port")?;
    Ok(listener.local_addr()?.port())
}

#[cfg(test)]
mod tests {
    use super::{Count, count};

    #[test]
    fn a_report_counts_a_flaky_test_as_passed_and_an_unexpected_one_as_failed() {
        let text = r#"{"suites": [], "errors": [], "stats": {"startTime": "t", "duration": 1.5, "expected": 7, "skipped": 1, "unexpected": 2, "flaky": 1}}"#;
        assert_eq!(count(text).unwrap(), Count { passed: 8, failed: 2, skipped: 1 });
    }
}
