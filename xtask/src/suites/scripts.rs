//! Scripts and style sheets: their types, their linter, and the tests that need no browser.

use std::fs;

use anyhow::{Context, Result};

use super::{Count, counted::counted};
use crate::{
    npm,
    shell::{command, run},
    workspace,
};

/// The folder whose packages contain the compiler and the linter.
const TOOLS: &str = "end2end";
/// The folder whose packages are used to build the scripts of the site; their types are needed too.
const PACKAGES: &str = "frontend/js";
/// The files that are checked as one program: a page, a service worker and Node have different globals.
const PROJECTS: [&str; 3] = ["frontend/tsconfig.json", "frontend/tsconfig.worker.json", "end2end/tsconfig.json"];
/// The folder of the unit tests.
const TESTS: &str = "frontend/tests";

/// Checks the types of scripts and specs: neither a browser nor Playwright does, and a missing name would only be found when it is used.
pub(crate) fn check_types() -> Result<()> {
    npm::install(TOOLS)?;
    npm::install(PACKAGES)?;
    for project in PROJECTS {
        let mut compiler = npm::tool(TOOLS, "tsc");
        compiler.arg("--project").arg(workspace::at(project));
        run(&mut compiler, &format!("the scripts of {project} have type errors: see above"))?;
    }
    Ok(())
}

/// Runs the linter over scripts, specs and style sheets; its rules are in `biome.jsonc`.
pub(crate) fn lint() -> Result<()> {
    npm::install(TOOLS)?;
    let mut linter = npm::tool(TOOLS, "biome");
    linter.current_dir(workspace::root()).args(["lint", "--error-on-warnings", "--log-level=warn"]);
    run(&mut linter, "the linter reported errors: see above")
}

/// Runs the unit tests; a filter selects those whose names contain it.
pub(crate) fn unit(filter: Option<&str>) -> Result<(Count, bool)> {
    let mut node = command("node");
    node.args(["--test", "--test-reporter=tap", "--no-warnings"]);
    node.args(filter.map(|filter| format!("--test-name-pattern={}", pattern(filter))));
    let folder = workspace::at(TESTS);
    let mut files = Vec::new();
    for entry in fs::read_dir(&folder).with_context(|| format!("could not read {}", folder.display()))? {
        let path = entry?.path();
        if path.to_string_lossy().ends_with(".test.mjs") {
            files.push(path);
        }
    }
    files.sort();
    counted(node.args(files), summary_line)
}

/// A regular expression that matches a text literally.
fn pattern(text: &str) -> String {
    let mut pattern = String::new();
    for letter in text.chars() {
        if letter.is_ascii_punctuation() {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern
}

/// Reads `# pass 49`, one of the lines at the end of a TAP report. Tests that a filter left out are reported as skipped, and not counted.
fn summary_line(line: &str) -> Option<Count> {
    let (what, number) = line.strip_prefix("# ")?.split_once(' ')?;
    let number = number.trim().parse().ok()?;
    match what {
        "pass" => Some(Count { passed: number, ..Count::default() }),
        "fail" | "cancelled" => Some(Count { failed: number, ..Count::default() }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Count, pattern, summary_line};

    #[test]
    fn the_end_of_a_report_gives_its_counts() {
        assert_eq!(summary_line("# pass 49"), Some(Count { passed: 49, ..Count::default() }));
        assert_eq!(summary_line("# fail 2"), Some(Count { failed: 2, ..Count::default() }));
        assert_eq!(summary_line("# cancelled 1"), Some(Count { failed: 1, ..Count::default() }));
        for line in ["# tests 52", "# skipped 3", "# Subtest: pass 1", "ok 1 - # pass 1", "# duration_ms 934.5"] {
            assert_eq!(summary_line(line), None, "{line}");
        }
    }

    #[test]
    fn a_filter_matches_literally() {
        assert_eq!(pattern("g and a letter"), "g and a letter");
        assert_eq!(pattern("Ctrl K, ? (a)"), r"Ctrl K\, \? \(a\)");
    }
}
