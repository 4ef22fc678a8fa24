//! Data tests: each is a query in `sql/checks` that returns offending rows. They run inside the publishing transaction;
//! any row from a blocking test rolls it back.
//!
//! To add one: a file whose first line is `-- severity: block` or `-- severity: warn`, whose second line states what
//! must hold, and whose third line names the tables it covers, without a semicolon at the end of the file; a line in
//! [`CHECKS`]; and a case in `tests/it/checks.rs` that makes it fail.
//!
//! After these three lines a file may declare from how many rows on it has an effect, like in dbt: `-- warn_if: > 3`
//! (three rows or fewer are accepted) and `-- error_if: > 10` (more than ten rows block the publication). A blocking
//! test without `error_if` blocks from the first row on; a test that only warns never blocks without it.
//!
//! Large tables are checked only where the run touched them: launches by a join with `stg_ll2__change`, and tables that
//! grow with each run by the ids in `stg_run`, as an array or a range, because the planner then uses their indexes.
//! [`run_over_everything`] makes the same statements see all rows by pretending that the run touched everything.

use std::{borrow::Cow, sync::LazyLock};

use domain::{DataTest, TestSeverity};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};

use crate::{error::Error, failpoint::failpoint, merge};

pub use domain::TestSeverity as Severity;

/// A data test.
#[derive(Clone, Copy, Debug)]
pub struct Check {
    /// The file name without its extension.
    pub name: &'static str,
    /// As in its first line.
    pub severity: TestSeverity,
    file: &'static str,
}

impl Check {
    /// Returns what must hold, from the second line of the file.
    pub fn claim(&self) -> &'static str {
        self.header(1, "-- ")
    }

    /// Returns the tables and views that it covers, from the third line of the file.
    pub fn covers(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.header(2, "-- covers: ").split(", ")
    }

    /// Returns the effect of this number of offending rows; none if the test passes with them.
    pub fn verdict(&self, offending_count: i64) -> Option<TestSeverity> {
        let blocks_above = match (self.threshold("error_if"), self.severity) {
            (Some(rows), _) => Some(rows),
            (None, TestSeverity::Block) => Some(0),
            (None, TestSeverity::Warn) => None,
        };
        if blocks_above.is_some_and(|rows| offending_count > rows) {
            return Some(TestSeverity::Block);
        }
        (offending_count > self.threshold("warn_if").unwrap_or(0)).then_some(TestSeverity::Warn)
    }

    /// Returns the number of rows in a line such as `-- error_if: > 10`, after the first three lines of the file.
    fn threshold(&self, name: &str) -> Option<i64> {
        self.thresholds().find(|(line, _)| *line == name).and_then(|(_, rows)| rows)
    }

    /// Returns the names of the thresholds of the file with their rows; none for those that are unreadable.
    fn thresholds(&self) -> impl Iterator<Item = (&'static str, Option<i64>)> + use<> {
        let comments = self.file.lines().skip(3).map_while(|line| line.strip_prefix("-- "));
        comments.filter_map(|line| {
            let (name, rows) = line.split_once(':').filter(|(name, _)| name.ends_with("_if"))?;
            Some((name, rows.strip_prefix(" > ").and_then(|rows| rows.parse().ok())))
        })
    }

    /// Returns the query for the offending rows.
    pub fn query(&self) -> Cow<'static, str> {
        if self.file.contains(merge::REVISION_PLACEHOLDER) {
            Cow::Owned(merge::compare_revision(self.file))
        } else {
            Cow::Borrowed(self.file)
        }
    }

    fn header(&self, line: usize, opening: &str) -> &'static str {
        self.file.lines().nth(line).and_then(|line| line.strip_prefix(opening)).unwrap_or_default()
    }
}

/// Returns every data test in the form used by the pages and the data dictionary.
pub fn catalogue() -> Vec<DataTest> {
    let test = |check: &Check| DataTest {
        name: check.name.to_owned(),
        severity: check.severity,
        claim: check.claim().to_owned(),
        covers: check.covers().map(str::to_owned).collect(),
    };
    CHECKS.iter().map(test).collect()
}

/// The result of a data test. Only [`Finding::verdict`] tells whether the rows have an effect.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The test.
    pub check: Check,
    /// Number of rows it returned.
    pub offending_count: i64,
    /// Up to five of them.
    pub sample: Option<serde_json::Value>,
}

impl Finding {
    /// Returns the effect of the rows; none if the test passes.
    pub fn verdict(&self) -> Option<TestSeverity> {
        self.check.verdict(self.offending_count)
    }
}

macro_rules! check {
    ($severity:ident $name:literal) => {
        Check {
            name: $name,
            severity: TestSeverity::$severity,
            file: include_str!(concat!("../sql/checks/", $name, ".sql")),
        }
    };
}

/// Every data test, in order of execution.
pub const CHECKS: &[Check] = &[
    check!(Block "assert_upcoming_does_not_collapse"),
    check!(Block "assert_accepted_answers_are_landed"),
    check!(Block "assert_blocked_runs_published_nothing"),
    check!(Block "assert_board_shows_every_launch_once"),
    check!(Block "assert_booster_history_is_current"),
    check!(Block "assert_calendar_fits_launches"),
    check!(Block "assert_changes_are_counted"),
    check!(Block "assert_changes_are_published"),
    check!(Block "assert_children_are_as_received"),
    check!(Block "assert_dimension_changes_join_up"),
    check!(Block "assert_history_starts_when_first_seen"),
    check!(Block "assert_landed_pages_hold_something"),
    check!(Block "assert_ledger_joins_up"),
    check!(Block "assert_ledger_matches_revisions"),
    check!(Block "assert_members_have_names"),
    check!(Block "assert_membership_is_consistent"),
    check!(Block "assert_memory_of_the_job_is_whole"),
    check!(Block "assert_most_records_are_usable"),
    check!(Block "assert_newest_revision_is_the_fact"),
    check!(Block "assert_nothing_is_from_the_future"),
    check!(Block "assert_pad_and_location_are_known"),
    check!(Block "assert_payloads_are_possible"),
    check!(Block "assert_provider_is_known"),
    check!(Block "assert_revisions_are_contiguous"),
    check!(Block "assert_rocket_is_known"),
    check!(Block "assert_staged_children_have_a_launch"),
    check!(Block "assert_staged_members_are_distinct"),
    check!(Block "assert_staged_records_are_distinct"),
    check!(Block "assert_unread_is_quarantined"),
    check!(Warn "assert_budget_is_kept"),
    check!(Warn "assert_coarse_net_is_a_date"),
    check!(Warn "assert_country_codes_are_three_letters"),
    check!(Warn "assert_cursor_is_not_ahead"),
    check!(Warn "assert_drift_adds_up"),
    check!(Warn "assert_ended_runs_have_ended_steps"),
    check!(Warn "assert_flight_records_add_up"),
    check!(Warn "assert_flights_are_counted_as_by_ll2"),
    check!(Warn "assert_flights_end"),
    check!(Warn "assert_forecasts_are_possible"),
    check!(Warn "assert_forecasts_are_readable"),
    check!(Warn "assert_last_updated_does_not_go_back"),
    check!(Warn "assert_landings_follow_attempts"),
    check!(Warn "assert_lease_is_not_overdue"),
    check!(Warn "assert_nothing_flown_is_to_come"),
    check!(Warn "assert_one_run_is_at_work"),
    check!(Warn "assert_pads_are_near_their_location"),
    check!(Warn "assert_plan_is_possible"),
    check!(Warn "assert_precision_agrees_with_date"),
    check!(Warn "assert_precision_is_accepted"),
    check!(Warn "assert_programs_end_after_they_start"),
    check!(Warn "assert_quarantine_stays_small"),
    check!(Warn "assert_rebuilds_are_done"),
    check!(Warn "assert_rocket_measures_are_plausible"),
    check!(Warn "assert_run_counts_are_possible"),
    check!(Warn "assert_schema_versions_are_contiguous"),
    check!(Warn "assert_statements_are_noted"),
    check!(Warn "assert_status_is_accepted"),
    check!(Warn "assert_test_summaries_add_up"),
    check!(Warn "assert_upcoming_has_a_future"),
    check!(Warn "assert_window_holds_net"),
    check!(Warn "assert_window_is_not_reversed"),
];

/// Counts the rows of every test, in the same order, in one statement.
static COUNT_ALL: LazyLock<String> = LazyLock::new(|| {
    let counts = CHECKS.iter().map(|check| format!("(select count(*) from (\n{}\n) as offending)", check.query()));
    format!("select array[\n{}\n]::bigint[]", counts.collect::<Vec<_>>().join(",\n"))
});

/// Runs all tests over what the current run touched.
///
/// Most tests find nothing, and fifty single round trips cost more than the queries themselves. So one statement counts
/// for all tests, and only a test that finds rows is run again for a sample.
pub async fn run(connection: &mut PgConnection) -> Result<Vec<Finding>, Error> {
    failpoint!("publication.check");
    let counts: Vec<i64> = sqlx::query_scalar(AssertSqlSafe(COUNT_ALL.as_str()))
        .fetch_one(&mut *connection)
        .await
        .map_err(|source| Error::Statement { statement: "data_tests", source })?;
    let mut findings = Vec::with_capacity(CHECKS.len());
    for (check, offending_count) in CHECKS.iter().zip(counts) {
        findings.push(match offending_count {
            0 => Finding { check: *check, offending_count, sample: None },
            _ => run_one(connection, check).await?,
        });
    }
    Ok(findings)
}

/// Runs a single test.
pub async fn run_one(connection: &mut PgConnection, check: &Check) -> Result<Finding, Error> {
    let sql = format!(
        "with offending as (\n{}\n)
        select count(*), (select jsonb_agg(to_jsonb(sample)) from (select * from offending limit 5) as sample) from offending",
        check.query()
    );
    let (offending_count, sample): (i64, Option<serde_json::Value>) = sqlx::query_as(AssertSqlSafe(sql))
        .fetch_one(connection)
        .await
        .map_err(|source| Error::Statement { statement: check.name, source })?;
    Ok(Finding { check: *check, offending_count, sample })
}

/// Returns the tests whose rows have this effect, with the number of rows.
pub(crate) fn offences(findings: &[Finding], severity: Severity) -> Vec<String> {
    findings
        .iter()
        .filter(|finding| finding.verdict() == Some(severity))
        .map(|finding| format!("{} ({})", finding.check.name, finding.offending_count))
        .collect()
}

/// Runs all tests over everything that is published. The pretended changes are rolled back. No run waits for it,
/// because nothing is deleted.
pub async fn run_over_everything(connection: &mut PgConnection) -> Result<Vec<Finding>, Error> {
    let mut transaction = connection.begin().await.map_err(Error::database("open a transaction"))?;
    sqlx::raw_sql(include_str!("../sql/pretend_everything_changed.sql"))
        .execute(&mut *transaction)
        .await
        .map_err(|source| Error::Statement { statement: "pretend_everything_changed", source })?;
    let findings = run(&mut transaction).await;
    transaction.rollback().await.map_err(Error::database("roll back"))?;
    findings
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_file_states_severity_claim_and_covered_tables() {
        for check in CHECKS {
            let severity = format!("-- severity: {}", check.severity.into_str());
            assert_eq!(check.file.lines().next(), Some(severity.as_str()), "{}", check.name);
            assert!(check.claim().ends_with('.'), "{}", check.name);
            let statement = check.file.lines().skip(3).collect::<Vec<_>>().join("\n");
            for table in check.covers() {
                let is_read = statement
                    .split(|character: char| !(character.is_ascii_alphanumeric() || character == '_'))
                    .any(|word| word == table);
                assert!(is_read, "{} claims to cover {table} but does not read it", check.name);
            }
        }
    }

    #[test]
    fn every_threshold_can_be_read_and_has_an_effect() {
        for check in CHECKS {
            for (name, rows) in check.thresholds() {
                assert!(
                    matches!(name, "warn_if" | "error_if") && rows.is_some_and(|rows| rows > 0),
                    "{}: {name}",
                    check.name
                );
            }
            if let (Some(warn), Some(error)) = (check.threshold("warn_if"), check.threshold("error_if")) {
                assert!(warn < error, "{}", check.name);
            }
        }
        assert!(CHECKS.iter().any(|check| check.thresholds().next().is_some()), "no file has a threshold");
    }

    #[test]
    fn thresholds_decide_from_how_many_rows_on_a_test_warns_and_blocks() {
        use TestSeverity::{Block, Warn};
        let verdicts = |severity, thresholds: &str| {
            let file = format!("-- severity: x\n-- Holds.\n-- covers: x\n{thresholds}select 1\n-- error_if: > 1\n");
            let check = Check { name: "x", severity, file: file.leak() };
            [0, 1, 3, 4, 10, 11].map(|rows| check.verdict(rows))
        };
        assert_eq!(verdicts(Block, ""), [None, Some(Block), Some(Block), Some(Block), Some(Block), Some(Block)]);
        assert_eq!(verdicts(Warn, ""), [None, Some(Warn), Some(Warn), Some(Warn), Some(Warn), Some(Warn)]);
        assert_eq!(verdicts(Warn, "-- warn_if: > 3\n"), [None, None, None, Some(Warn), Some(Warn), Some(Warn)]);
        let both = [None, None, None, Some(Warn), Some(Warn), Some(Block)];
        assert_eq!(verdicts(Warn, "-- warn_if: > 3\n-- error_if: > 10\n"), both);
        assert_eq!(verdicts(Block, "-- error_if: > 10\n-- warn_if: > 3\n"), both);
        let mostly = [None, Some(Warn), Some(Warn), Some(Warn), Some(Warn), Some(Block)];
        assert_eq!(verdicts(Block, "-- Why.\n-- error_if: > 10\n"), mostly);
    }

    #[test]
    fn every_file_is_listed() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/sql/checks");
        let files = std::fs::read_dir(folder).expect("the folder is part of the crate").count();
        assert_eq!(files, CHECKS.len());
    }

    /// Views that only analysts read. They follow from tables that are covered, so that a data test would restate them, and reading them costs
    /// more with every year of history: `tests/it/analyses.rs` tests them.
    const FOR_ANALYSTS: [&str; 3] = ["fact_launch_attempt", "fact_launch_milestone", "mart_upcoming_per_month"];

    #[test]
    fn every_table_and_view_is_covered_by_a_test() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../migrations");
        let mut relations = BTreeSet::new();
        for entry in std::fs::read_dir(folder).expect("the folder is part of the workspace") {
            let path = entry.expect("readable").path();
            if path.extension().is_some_and(|extension| extension == "sql") {
                let sql = std::fs::read_to_string(path).expect("readable");
                relations.extend(crate::lineage::created_relations(&sql).map(str::to_owned));
            }
        }
        // Migration 49 renamed it.
        relations.remove("stg_ll2__provider");
        assert!(relations.contains("stg_ll2__launch") && relations.contains("mart_launch_board"), "{relations:?}");
        for covered in CHECKS.iter().flat_map(Check::covers) {
            assert!(relations.contains(covered), "{covered} is covered and does not exist");
        }
        assert!(FOR_ANALYSTS.iter().all(|view| relations.contains(*view)), "they exist");
        let covered: BTreeSet<String> =
            CHECKS.iter().flat_map(Check::covers).chain(FOR_ANALYSTS).map(str::to_owned).collect();
        let bare: Vec<_> = relations.difference(&covered).collect();
        // A data test would repeat their definition, and cannot fail unless it changes: `tests/it/views.rs` tests them.
        assert_eq!(bare, ["due_follow_up", "mart_flight", "mart_freshness", "mart_run"], "covered by no data test");
    }
}
