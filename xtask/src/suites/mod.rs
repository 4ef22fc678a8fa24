//! Suites: each runs some tests or checks and reports how many passed and failed.

pub(crate) mod cargo;
mod counted;
pub(crate) mod database;
pub(crate) mod playwright;
pub(crate) mod scripts;

use std::time::{Duration, Instant};

use anyhow::Result;

use crate::progress::{say, seconds, tell};

/// The result of a suite.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Report {
    /// The name in the output.
    pub(crate) name: &'static str,
    /// How many tests passed.
    pub(crate) passed: u64,
    /// How many failed; also one for a suite that was aborted or ran no test.
    pub(crate) failed: u64,
    /// How many were skipped on purpose.
    pub(crate) skipped: u64,
    /// Tests that failed first and passed on a retry; they count as passed.
    pub(crate) flaky: Vec<String>,
    /// How long it took.
    pub(crate) took: Duration,
    /// Why it counts as failed although none of its tests did.
    pub(crate) remark: Option<String>,
}

/// The counts in a suite's own output.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Count {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
    pub(crate) skipped: u64,
    /// Names of the passed tests that had failed first.
    pub(crate) flaky: Vec<String>,
}

impl Count {
    /// Adds two counts.
    fn plus(mut self, other: Self) -> Self {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
        self.flaky.extend(other.flaky);
        self
    }
}

/// Up to this number, flaky tests are tolerated; more are a fault of the program or of the tests, and fail the suite.
const MOST_FLAKY: usize = 3;

/// Runs a check, which counts as one test.
pub(crate) fn check(name: &'static str, work: impl FnOnce() -> Result<()>) -> Report {
    suite(name, || work().map(|()| (Count { passed: 1, ..Count::default() }, true)))
}

/// Runs a suite; `work` returns its count and whether its program ended with success.
///
/// A suite that ran nothing has failed: otherwise an empty run would look exactly like a good one.
pub(crate) fn suite(name: &'static str, work: impl FnOnce() -> Result<(Count, bool)>) -> Report {
    say(&format!("==> {name}"));
    let start = Instant::now();
    let (count, remark) = match work() {
        Ok((count, _)) if count.passed + count.failed == 0 => (count, Some("ran no test".to_owned())),
        Ok((count, false)) if count.failed == 0 => (count, Some("aborted: see above".to_owned())),
        Ok((count, true)) if count.flaky.len() > MOST_FLAKY => {
            let remark = format!("{} flaky tests; the maximum is {MOST_FLAKY}", count.flaky.len());
            (count, Some(remark))
        }
        Ok((count, _)) => (count, None),
        Err(error) => (Count::default(), Some(format!("{error:#}"))),
    };
    let report = Report {
        name,
        passed: count.passed,
        failed: count.failed + u64::from(remark.is_some()),
        skipped: count.skipped,
        flaky: count.flaky,
        took: start.elapsed(),
        remark,
    };
    let verdict = if report.failed == 0 { "passed" } else { "failed" };
    let remark = report.remark.as_deref().map(|remark| format!(": {remark}")).unwrap_or_default();
    say(&format!("    {verdict} after {}{remark}", seconds(report.took)));
    report
}

/// Prints the table and, as the very last line, the count.
pub(crate) fn conclude(reports: &[Report]) {
    tell("");
    tell(&format!("{:<16} {:>7} {:>7} {:>8} {:>8}", "suite", "passed", "failed", "skipped", "time"));
    for report in reports {
        let Report { name, passed, failed, skipped, flaky: _, took, remark } = report;
        let remark = remark.as_deref().map(|remark| format!("  {remark}")).unwrap_or_default();
        tell(&format!("{name:<16} {passed:>7} {failed:>7} {skipped:>8} {:>8}{remark}", seconds(*took)));
    }
    tell("");
    for name in reports.iter().flat_map(|report| &report.flaky) {
        tell(&format!("flaky: {name}"));
    }
    let passed: u64 = reports.iter().map(|report| report.passed).sum();
    let failed: u64 = reports.iter().map(|report| report.failed).sum();
    tell(&format!("{passed} passed, {failed} failed"));
}

#[cfg(test)]
mod tests {
    use anyhow::anyhow;

    use super::{Count, MOST_FLAKY, check, suite};

    #[test]
    fn a_suite_that_ran_no_test_has_failed() {
        let report = suite("empty", || Ok((Count::default(), true)));
        assert_eq!((report.passed, report.failed), (0, 1));
    }

    #[test]
    fn an_aborted_suite_counts_one_failure_even_when_all_its_tests_passed() {
        let report = suite("broken", || Ok((Count { passed: 3, ..Count::default() }, false)));
        assert_eq!((report.passed, report.failed), (3, 1));
    }

    #[test]
    fn a_failed_test_is_not_counted_twice() {
        let report = suite("one bad", || Ok((Count { passed: 3, failed: 1, ..Count::default() }, false)));
        assert_eq!((report.passed, report.failed), (3, 1));
    }

    #[test]
    fn a_few_flaky_tests_pass_and_many_fail_the_suite() {
        let flaky = |count: usize| Count { passed: 9, flaky: vec!["a test".to_owned(); count], ..Count::default() };
        for (count, failed) in [(0, 0), (MOST_FLAKY, 0), (MOST_FLAKY + 1, 1)] {
            let report = suite("shaky", || Ok((flaky(count), true)));
            assert_eq!((report.passed, report.failed, report.flaky.len()), (9, failed, count));
        }
    }

    #[test]
    fn a_check_is_one_test() {
        assert_eq!(check("good", || Ok(())).passed, 1);
        let bad = check("bad", || Err(anyhow!("do this")));
        assert_eq!((bad.passed, bad.failed, bad.remark.as_deref()), (0, 1, Some("do this")));
    }
}
