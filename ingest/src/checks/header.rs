//! The header of a data test's file: what it asserts, what it covers, and from how many rows on it has an effect.

use std::borrow::Cow;

use domain::TestSeverity;

use crate::merge;

/// A data test.
#[derive(Clone, Copy, Debug)]
pub struct Check {
    /// The file name without its extension.
    pub name: &'static str,
    pub(super) file: &'static str,
}

impl Check {
    /// Returns what must hold, from the first line of the file.
    pub fn claim(&self) -> &'static str {
        self.line(0, "-- ")
    }

    /// Returns the tables and views that it covers, from the second line of the file.
    pub fn covers(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.line(1, "-- covers: ").split(", ")
    }

    /// Returns the strongest effect that it can have: blocking if the file declares `error_if`.
    pub fn severity(&self) -> TestSeverity {
        if self.threshold(ERROR_IF).is_some() { TestSeverity::Block } else { TestSeverity::Warn }
    }

    /// Returns the effect of this number of offending rows; none if the test passes with them. Acknowledgements do not
    /// count here: see [`Finding::verdict`](super::Finding::verdict).
    pub fn effect(&self, offending_count: i64) -> Option<TestSeverity> {
        let is_above = |name| self.threshold(name).is_some_and(|rows| offending_count > rows);
        if is_above(ERROR_IF) { Some(TestSeverity::Block) } else { is_above(WARN_IF).then_some(TestSeverity::Warn) }
    }

    /// Returns whether LL2's data alone can make it find rows (`-- cause: LL2`). A blocking test without this line
    /// guards what our own statements have written, and cannot be acknowledged.
    pub fn is_about_ll2(&self) -> bool {
        self.header().any(|line| line == "cause: LL2")
    }

    /// Returns why this number of rows cannot be acknowledged, with an end of the acknowledgement or without; none if it
    /// can.
    pub(crate) fn refusal(&self, rows: i64, has_end: bool) -> Option<&'static str> {
        match self.effect(rows) {
            None => Some("the test accepts as many rows as it is"),
            Some(TestSeverity::Warn) => None,
            Some(TestSeverity::Block) if !self.is_about_ll2() => Some(
                "the test guards what Mooncoon itself has stored, so that its rows mean damaged data, not a defect of LL2",
            ),
            Some(TestSeverity::Block) if !has_end => {
                Some("the rows block publication, so that their acknowledgement needs an end (--until)")
            }
            Some(TestSeverity::Block) => None,
        }
    }

    /// Returns the query for the offending rows.
    pub fn query(&self) -> Cow<'static, str> {
        if self.file.contains(merge::REVISION_PLACEHOLDER) {
            Cow::Owned(merge::compare_revision(self.file))
        } else {
            Cow::Borrowed(self.file)
        }
    }

    fn line(&self, number: usize, opening: &str) -> &'static str {
        self.file.lines().nth(number).and_then(|line| line.strip_prefix(opening)).unwrap_or_default()
    }

    /// Returns the comments between the first two lines and the statement.
    fn header(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.file.lines().skip(2).map_while(|line| line.strip_prefix("-- "))
    }

    /// Returns the number of rows in a line such as `-- error_if: > 10`.
    fn threshold(&self, name: &str) -> Option<i64> {
        self.thresholds().find(|(line, _)| *line == name).and_then(|(_, rows)| rows)
    }

    /// Returns the names of the thresholds of the file with their rows; none for those that are unreadable.
    fn thresholds(&self) -> impl Iterator<Item = (&'static str, Option<i64>)> + use<> {
        self.header().filter_map(|line| {
            let (name, rows) = line.split_once(':').filter(|(name, _)| name.ends_with("_if"))?;
            Some((name, rows.strip_prefix(" > ").and_then(|rows| rows.parse().ok())))
        })
    }
}

const WARN_IF: &str = "warn_if";
const ERROR_IF: &str = "error_if";

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{super::list::CHECKS, *};

    #[test]
    fn every_file_states_claim_and_covered_tables() {
        for check in CHECKS {
            assert!(check.claim().ends_with('.'), "{}", check.name);
            let statement = check.file.lines().skip(2).collect::<Vec<_>>().join("\n");
            for table in check.covers() {
                let is_read = statement
                    .split(|character: char| !(character.is_ascii_alphanumeric() || character == '_'))
                    .any(|word| word == table);
                assert!(is_read, "{} claims to cover {table} but does not read it", check.name);
            }
        }
    }

    #[test]
    fn every_file_has_thresholds_that_can_be_read_and_have_an_effect() {
        for check in CHECKS {
            let thresholds: Vec<_> = check.thresholds().collect();
            assert!(!thresholds.is_empty(), "{} never has an effect", check.name);
            let names: BTreeSet<&str> = thresholds.iter().map(|(name, _)| *name).collect();
            assert_eq!(names.len(), thresholds.len(), "{} declares a threshold twice", check.name);
            for (name, rows) in thresholds {
                assert!(
                    matches!(name, WARN_IF | ERROR_IF) && rows.is_some_and(|rows| rows >= 0),
                    "{}: {name}",
                    check.name
                );
            }
            if let (Some(warn), Some(error)) = (check.threshold(WARN_IF), check.threshold(ERROR_IF)) {
                assert!(warn < error, "{}", check.name);
            }
            if check.severity() == TestSeverity::Warn {
                assert!(!check.is_about_ll2(), "{}: a test that only warns needs no cause", check.name);
            }
        }
        let severities: BTreeSet<TestSeverity> = CHECKS.iter().map(Check::severity).collect();
        assert_eq!(severities.len(), 2);
    }

    /// Otherwise a misspelt line, or one below the first line of the statement, has no effect, and nobody notices.
    #[test]
    fn no_file_has_a_line_that_only_looks_like_a_part_of_the_header() {
        for check in CHECKS {
            let in_header = check.header().filter(|line| line.contains("_if") || line.starts_with("cause")).count();
            let is_meant = |line: &&str| {
                let line = line.trim_start_matches(['-', ' ']);
                line.starts_with("warn") || line.starts_with("error") || line.starts_with("cause")
            };
            let anywhere =
                check.file.lines().filter(|line| line.trim_start().starts_with("--")).filter(is_meant).count();
            assert_eq!(anywhere, check.thresholds().count() + usize::from(check.is_about_ll2()), "{}", check.name);
            assert_eq!(in_header, anywhere, "{}", check.name);
        }
    }

    #[test]
    fn thresholds_decide_from_how_many_rows_on_a_test_warns_and_blocks() {
        use TestSeverity::{Block, Warn};
        let of = |thresholds: &str| {
            let file = format!("-- Holds.\n-- covers: x\n{thresholds}select 1\n-- error_if: > 1\n");
            let check = Check { name: "x", file: file.leak() };
            (check.severity(), [0, 1, 3, 4, 10, 11].map(|rows| check.effect(rows)))
        };
        let blocks = [None, Some(Block), Some(Block), Some(Block), Some(Block), Some(Block)];
        assert_eq!(of("-- error_if: > 0\n"), (Block, blocks));
        let warns = [None, Some(Warn), Some(Warn), Some(Warn), Some(Warn), Some(Warn)];
        assert_eq!(of("-- warn_if: > 0\n"), (Warn, warns));
        assert_eq!(of("-- warn_if: > 3\n"), (Warn, [None, None, None, Some(Warn), Some(Warn), Some(Warn)]));
        let both = [None, None, None, Some(Warn), Some(Warn), Some(Block)];
        assert_eq!(of("-- warn_if: > 3\n-- error_if: > 10\n"), (Block, both));
        assert_eq!(of("-- error_if: > 10\n-- Why.\n-- warn_if: > 3\n"), (Block, both));
        assert_eq!(of("-- error_if: > 10\n").1, [None, None, None, None, None, Some(Block)]);
    }

    #[test]
    fn only_defects_of_ll2_can_be_accepted_where_they_block() {
        let check = |name| CHECKS.iter().find(|check| check.name == name).expect("it exists");
        let own = check("assert_revisions_are_contiguous");
        assert!(own.refusal(1, true).is_some_and(|why| why.contains("itself")));
        let payloads = check("assert_payloads_are_possible");
        assert_eq!((payloads.refusal(10, false), payloads.refusal(11, true)), (None, None));
        assert!(payloads.refusal(11, false).is_some_and(|why| why.contains("--until")));
        assert!(payloads.refusal(0, true).is_some());
    }
}
