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
use crate::{browser, npm, postgres, shell::status, workspace};

/// The folder of the browser tests.
const FOLDER: &str = "end2end";

/// Runs every spec, or those of a filter. Playwright's own configuration starts and stops the program under test.
pub(crate) fn run(site: &Path, filter: Option<&str>) -> Result<(Count, bool)> {
    npm::install(FOLDER)?;
    let chromium = browser::find()?;
    let folder = database::folder("mooncoon-browser-")?;
    let port = free_port()?;
    let results = folder.path().join("results.json");
    let mut playwright = npm::tool(FOLDER, "playwright");
    playwright
        .args(["test", "--reporter=list,json"])
        .args(filter.map(selection).unwrap_or_default())
        .env("PLAYWRIGHT_JSON_OUTPUT_FILE", &results)
        .env("CHROMIUM", chromium.map(OsString::from).unwrap_or_default())
        .env("MOONCOON_BINARY", workspace::program("debug"))
        .env("MOONCOON_ADDR", format!("127.0.0.1:{port}"))
        .env("MOONCOON_DATA_DIR", folder.path().join("data"))
        .env("MOONCOON_POSTGRES_DIR", postgres::folder())
        .env("MOONCOON_SITE_DIR", site)
        .env_remove("DATABASE_URL");
    let success = status(&mut playwright)?.success();
    // Without results the configuration itself is broken; Playwright has printed why.
    let Ok(text) = fs::read_to_string(&results) else { return Ok((Count::default(), false)) };
    Ok((count(&text)?, success))
}

/// Selects a spec by its file name (`palette`, `palette.spec.ts:40`), otherwise by a part of its title.
fn selection(filter: &str) -> Vec<String> {
    let is_file = filter.contains(".spec.ts") || workspace::at(FOLDER).join(format!("tests/{filter}.spec.ts")).exists();
    if is_file { vec![format!("/{filter}")] } else { vec!["--grep".to_owned(), filter.to_owned()] }
}

/// The part of Playwright's JSON report that is read.
#[derive(Debug, Deserialize)]
struct Results {
    suites: Vec<Suite>,
    stats: Stats,
}

#[derive(Debug, Deserialize)]
struct Stats {
    expected: u64,
    unexpected: u64,
    flaky: u64,
    skipped: u64,
}

/// A file, or a `describe` within one.
#[derive(Debug, Deserialize)]
#[serde(default)]
#[derive(Default)]
struct Suite {
    suites: Vec<Suite>,
    specs: Vec<Spec>,
}

#[derive(Debug, Deserialize)]
struct Spec {
    title: String,
    file: String,
    line: u64,
    tests: Vec<Test>,
}

/// A spec in one of the projects.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Test {
    project_name: String,
    status: String,
}

fn count(text: &str) -> Result<Count> {
    let Results { suites, stats } = serde_json::from_str(text).context("Playwright's report is not as expected")?;
    let mut flaky = Vec::new();
    collect_flaky(&suites, &mut flaky);
    Ok(Count { passed: stats.expected + stats.flaky, failed: stats.unexpected, skipped: stats.skipped, flaky })
}

fn collect_flaky(suites: &[Suite], names: &mut Vec<String>) {
    for suite in suites {
        for spec in &suite.specs {
            for test in spec.tests.iter().filter(|test| test.status == "flaky") {
                names.push(format!("[{}] {}:{} {}", test.project_name, spec.file, spec.line, spec.title));
            }
        }
        collect_flaky(&suite.suites, names);
    }
}

/// A port without a listener at the moment.
fn free_port() -> Result<u16> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("could not find a free port")?;
    Ok(listener.local_addr()?.port())
}

#[cfg(test)]
mod tests {
    use super::{Count, count, selection};

    #[test]
    fn a_report_counts_a_flaky_test_as_passed_by_its_name_and_an_unexpected_one_as_failed() {
        let text = r#"{"suites": [{"title": "board.spec.ts", "specs": [], "suites": [{"title": "a group", "specs": [
                {"title": "it holds", "file": "board.spec.ts", "line": 7, "tests": [
                    {"projectName": "desktop", "status": "flaky"}, {"projectName": "phone", "status": "expected"}]}]}]}],
            "errors": [],
            "stats": {"startTime": "t", "duration": 1.5, "expected": 7, "skipped": 1, "unexpected": 2, "flaky": 1}}"#;
        let flaky = vec!["[desktop] board.spec.ts:7 it holds".to_owned()];
        assert_eq!(count(text).unwrap(), Count { passed: 8, failed: 2, skipped: 1, flaky });
    }

    #[test]
    fn a_filter_is_a_file_of_specs_or_a_part_of_a_title() {
        assert_eq!(selection("palette"), ["/palette"]);
        assert_eq!(selection("palette.spec.ts:40"), ["/palette.spec.ts:40"]);
        assert_eq!(selection("names the next launch"), ["--grep", "names the next launch"]);
    }
}
