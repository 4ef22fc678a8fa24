//! Rust tests: run by cargo, shown as they run, counted by their summary lines.

use std::{process::Command, thread};

use anyhow::Result;

use super::{Count, counted::counted, scripts};
use crate::shell::{cargo, run};

/// The workspace without the browser half, whose features must not be unified with the server's, and without the tools: in one build
/// with the others their dependencies would get other features than in separate builds, and be compiled twice.
const PRODUCT: [&str; 7] = ["--workspace", "--exclude", "frontend", "--exclude", "site", "--exclude", "xtask"];
/// Points at which tests end the program; never in a release.
const FAILPOINTS: [&str; 2] = ["--features", "server/failpoints"];
/// This tool, exactly as `cargo xtask` builds it, and the site builder, exactly as this tool builds it.
const TOOLS: [[&str; 2]; 2] = [["--package", "xtask"], ["--package", "site"]];

/// Compiles the program and all tests, so that later steps only run.
pub(crate) fn build() -> Result<()> {
    let advice = "the workspace does not compile: see above";
    run(cargo().arg("build").args(PRODUCT).args(["--bins", "--tests"]), advice)?;
    TOOLS.iter().try_for_each(|tool| run(cargo().arg("build").args(tool).arg("--tests"), advice))
}

/// Compiles the program alone, for a run of one suite, which compiles its own tests.
pub(crate) fn build_program() -> Result<()> {
    run(cargo().arg("build").args(PRODUCT).arg("--bins"), "the workspace does not compile: see above")
}

/// Compiles the program with its failpoints, and the tests that end it there.
pub(crate) fn build_chaos() -> Result<()> {
    let advice = "the program does not compile with its failpoints: see above";
    run(cargo().arg("build").args(PRODUCT).args(FAILPOINTS).args(["--bins", "--test", "chaos"]), advice)
}

/// Runs the unit tests of the crates, the examples in their documentation, and the tests of the scripts; a filter selects by name.
pub(crate) fn unit(database: &str, filter: Option<&str>) -> Result<(Count, bool)> {
    let runs = [
        tests(&PRODUCT, &["--lib", "--bins"], database, filter)?,
        tests(&PRODUCT, &["--doc"], database, filter)?,
        tests(&TOOLS[0], &["--bins"], database, filter)?,
        tests(&TOOLS[1], &["--bins"], database, filter)?,
        scripts::unit(filter)?,
    ];
    Ok(runs.into_iter().fold((Count::default(), true), |(sum, ok), (count, is_ok)| (sum.plus(count), ok && is_ok)))
}

/// Runs the integration tests of the crates: `tests/it`, most of which need a database, and the ingest's model.
pub(crate) fn integration(database: &str, filter: Option<&str>) -> Result<(Count, bool)> {
    tests(&PRODUCT, &["--test", "it", "--test", "model"], database, filter)
}

/// Runs the tests that break things (`server/tests/chaos`), a share of their cases.
pub(crate) fn chaos(database: &str, filter: Option<&str>) -> Result<(Count, bool)> {
    counted(breaking(database).args(filter), closing_line)
}

/// Runs all of their cases.
pub(crate) fn chaos_in_full(database: &str, kills: u32, seed: u64) -> Result<(Count, bool)> {
    let mut command = breaking(database);
    command.env("CHAOS_KILLS", kills.to_string()).env("CHAOS_SEED", seed.to_string());
    command.envs([
        ("CHAOS_WAYS", "19"),
        ("CHAOS_SHARE", "1"),
        ("CHAOS_STATEMENTS", "1"),
        ("CHAOS_TAKE_OVERS", "20"),
        ("CHAOS_POSTGRES_KILLS", "10"),
    ]);
    counted(&mut command, closing_line)
}

/// One after the other: each uses the whole machine.
fn breaking(database: &str) -> Command {
    let mut command = cargo();
    command.arg("test").args(PRODUCT).args(FAILPOINTS).args(["--test", "chaos"]);
    // With their output: it contains figures of interest.
    command.args(["--", "--nocapture", "--test-threads", "1"]).env("DATABASE_URL", database);
    command
}

/// Runs only the test that kills the program.
pub(crate) fn kills(database: &str, kills: u32, seed: u64) -> Result<(Count, bool)> {
    let mut command = cargo();
    command.arg("test").args(PRODUCT).args(FAILPOINTS).args([
        "--quiet",
        "--test",
        "chaos",
        "--",
        "--nocapture",
        "kills::",
    ]);
    command.env("DATABASE_URL", database).env("CHAOS_KILLS", kills.to_string()).env("CHAOS_SEED", seed.to_string());
    counted(&mut command, closing_line)
}

fn tests(packages: &[&str], targets: &[&str], database: &str, filter: Option<&str>) -> Result<(Count, bool)> {
    // Every database test holds a few connections, of which the server has a hundred.
    let threads = thread::available_parallelism().map_or(1, |threads| threads.get()).min(8);
    let mut command = cargo();
    command.arg("test").args(packages).args(targets).args(["--no-fail-fast", "--quiet"]).args(filter);
    command.env("DATABASE_URL", database).env("RUST_TEST_THREADS", threads.to_string());
    counted(&mut command, closing_line)
}

/// Reads `test result: ok. 13 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 8.88s`.
fn closing_line(line: &str) -> Option<Count> {
    let (_, numbers) = line.strip_prefix("test result: ")?.split_once(". ")?;
    let number = |word: &str| -> Option<u64> {
        numbers.split(';').find_map(|part| part.trim().strip_suffix(word)?.trim().parse().ok())
    };
    Some(Count { passed: number("passed")?, failed: number("failed")?, skipped: number("ignored")?, flaky: Vec::new() })
}

#[cfg(test)]
mod tests {
    use super::{Count, closing_line};

    #[test]
    fn the_closing_line_of_a_test_program_gives_its_count() {
        let line = "test result: FAILED. 13 passed; 2 failed; 1 ignored; 0 measured; 5 filtered out; finished in 8.88s";
        assert_eq!(closing_line(line), Some(Count { passed: 13, failed: 2, skipped: 1, flaky: vec![] }));
    }

    #[test]
    fn other_lines_give_no_count() {
        assert_eq!(closing_line("running 13 tests"), None);
        assert_eq!(closing_line("test result: "), None);
    }
}
