//! Data tests: each is a query in `sql/checks` that returns offending rows. They run inside the publishing transaction;
//! rows of a blocking test roll it back.
//!
//! To add one: a file whose first line states what must hold, whose second line names the tables it covers, and whose
//! next lines declare from how many rows on it has an effect, without a semicolon at the end of the file; a line in
//! [`CHECKS`]; and a case in `tests/it/checks/faults.rs` that makes it fail.
//!
//! Thresholds are those of dbt, without a default. `-- error_if: > 0` blocks the publication from the first row on, and
//! makes the test a blocking one; `-- warn_if: > 3` accepts three rows and warns of more. `-- cause: LL2` in a blocking
//! test says that LL2's data alone can make it find rows, so that an operator may acknowledge them
//! ([`acknowledge`](crate::acknowledge)).
//!
//! Large tables are checked only where the run touched them: launches by a join with `stg_ll2__change`, and tables that
//! grow with each run by the ids in `stg_run`, as an array or a range, because the planner then uses their indexes.
//! [`run_over_everything`] makes the same statements see all rows by pretending that the run touched everything.

mod header;
mod list;

use std::sync::LazyLock;

use domain::{DataTest, TestSeverity};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};

use crate::{
    acknowledgement::{self, Acknowledgement},
    error::Error,
    failpoint::failpoint,
};

pub use header::Check;
pub use list::CHECKS;

/// Returns every data test in the form used by the pages and the data dictionary.
pub fn catalogue() -> Vec<DataTest> {
    let test = |check: &Check| DataTest {
        name: check.name.to_owned(),
        severity: check.severity(),
        claim: check.claim().to_owned(),
        covers: check.covers().map(str::to_owned).collect(),
    };
    CHECKS.iter().map(test).collect()
}

/// What the rows of a data test mean for the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// No rows, or no more than the test accepts.
    Pass,
    /// An operator has acknowledged as many rows: the run is published, without a warning.
    Acknowledged,
    /// The run is published with a warning.
    Warn,
    /// The run is rolled back.
    Block,
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
    /// The acknowledgement that is in force and large enough for the rows.
    pub acknowledgement: Option<Acknowledgement>,
}

impl Finding {
    /// Returns the effect of the rows.
    pub fn verdict(&self) -> Verdict {
        match (self.check.effect(self.offending_count), &self.acknowledgement) {
            (None, _) => Verdict::Pass,
            (Some(_), Some(_)) => Verdict::Acknowledged,
            (Some(TestSeverity::Warn), None) => Verdict::Warn,
            (Some(TestSeverity::Block), None) => Verdict::Block,
        }
    }
}

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
            0 => Finding { check: *check, offending_count, sample: None, acknowledgement: None },
            _ => run_one(connection, check).await?,
        });
    }
    apply_acknowledgements(connection, &mut findings).await?;
    Ok(findings)
}

/// Adds to each finding with an effect the acknowledgement that covers its rows.
async fn apply_acknowledgements(connection: &mut PgConnection, findings: &mut [Finding]) -> Result<(), Error> {
    let has_effect = |finding: &Finding| finding.check.effect(finding.offending_count).is_some();
    if !findings.iter().any(has_effect) {
        return Ok(());
    }
    let acknowledged = acknowledgement::in_force(connection).await?;
    for finding in findings.iter_mut().filter(|finding| has_effect(finding)) {
        // By the rule of this release: a test may have become one of our own state, or a blocking one, since.
        finding.acknowledgement = acknowledged
            .iter()
            .find(|one| one.test == finding.check.name && finding.offending_count <= one.offending_count)
            .filter(|one| finding.check.refusal(finding.offending_count, one.expires_at.is_some()).is_none())
            .cloned();
    }
    Ok(())
}

/// Runs a single test, without regard to acknowledgements.
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
    Ok(Finding { check: *check, offending_count, sample, acknowledgement: None })
}

/// Returns the tests with this verdict, with the number of rows.
pub(crate) fn offences(findings: &[Finding], verdict: Verdict) -> Vec<String> {
    findings
        .iter()
        .filter(|finding| finding.verdict() == verdict)
        .map(|finding| format!("{} ({})", finding.check.name, finding.offending_count))
        .collect()
}

/// Runs all tests over everything that is published. The pretended changes are rolled back. No run waits for it,
/// because nothing is deleted.
pub async fn run_over_everything(connection: &mut PgConnection) -> Result<Vec<Finding>, Error> {
    over_everything(connection, run).await
}

/// Like [`run_over_everything`], for a single test and without regard to acknowledgements.
pub(crate) async fn run_one_over_everything(connection: &mut PgConnection, check: &Check) -> Result<Finding, Error> {
    over_everything(connection, async |connection| run_one(connection, check).await).await
}

async fn over_everything<Found>(
    connection: &mut PgConnection,
    test: impl AsyncFnOnce(&mut PgConnection) -> Result<Found, Error>,
) -> Result<Found, Error> {
    let mut transaction = connection.begin().await.map_err(Error::database("open a transaction"))?;
    sqlx::raw_sql(include_str!("../../sql/pretend_everything_changed.sql"))
        .execute(&mut *transaction)
        .await
        .map_err(|source| Error::Statement { statement: "pretend_everything_changed", source })?;
    let found = test(&mut transaction).await;
    transaction.rollback().await.map_err(Error::database("roll back"))?;
    found
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

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
        let old = domain::OLD_NAMES.map(|(old, _)| old);
        let covered: BTreeSet<String> =
            CHECKS.iter().flat_map(Check::covers).chain(FOR_ANALYSTS).chain(old).map(str::to_owned).collect();
        let bare: Vec<_> = relations.difference(&covered).collect();
        // A data test would repeat their definition, and cannot fail unless it changes: `tests/it/views.rs` tests them.
        assert_eq!(
            bare,
            ["ingest_due_follow_up", "mart_flight", "mart_freshness", "mart_run"],
            "covered by no data test"
        );
    }
}
