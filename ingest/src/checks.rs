//! Data tests: each is a query in `sql/checks` that returns the rows that offend. They run inside the publishing transaction;
//! any row from a blocking one rolls it back.
//!
//! To add one: a file whose first line is `-- severity: block` or `-- severity: warn` and whose second says what must hold,
//! without a semicolon at its end, and a line in [`CHECKS`].

use sqlx::PgConnection;

use crate::{error::Error, failpoint::failpoint};

/// What a test may do to a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// Nothing is published.
    Block,
    /// Published, and noted.
    Warn,
}

impl Severity {
    /// As the files and the table spell it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Block => "block",
            Self::Warn => "warn",
        }
    }
}

/// A data test.
#[derive(Clone, Copy, Debug)]
pub struct Check {
    /// The file's name without its ending.
    pub name: &'static str,
    /// As its first line says.
    pub severity: Severity,
    sql: &'static str,
}

/// What a data test found.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The test.
    pub check: Check,
    /// Rows it returned.
    pub offending_count: i64,
    /// Up to five of them.
    pub sample: Option<serde_json::Value>,
}

macro_rules! check {
    ($severity:ident $name:literal) => {
        Check {
            name: $name,
            severity: Severity::$severity,
            sql: concat!(
                "with offending as (\n",
                include_str!(concat!("../sql/checks/", $name, ".sql")),
                "\n) select count(*), (select jsonb_agg(to_jsonb(sample)) from (select * from offending limit 5) as sample) from offending"
            ),
        }
    };
}

/// Every data test, in the order they run.
pub const CHECKS: &[Check] = &[
    check!(Block "assert_upcoming_does_not_collapse"),
    check!(Block "assert_nothing_is_from_the_future"),
    check!(Block "assert_provider_is_known"),
    check!(Block "assert_rocket_is_known"),
    check!(Block "assert_pad_and_location_are_known"),
    check!(Block "assert_board_shows_every_launch_once"),
    check!(Block "assert_coordinates_are_on_the_globe"),
    check!(Block "assert_revisions_are_contiguous"),
    check!(Block "assert_newest_revision_is_the_fact"),
    check!(Block "assert_changes_are_counted"),
    check!(Block "assert_ledger_joins_up"),
    check!(Warn "assert_status_is_accepted"),
    check!(Warn "assert_precision_is_accepted"),
    check!(Warn "assert_window_holds_net"),
    check!(Warn "assert_window_is_not_reversed"),
    check!(Warn "assert_coarse_net_is_a_date"),
    check!(Warn "assert_precision_agrees_with_date"),
    check!(Warn "assert_nothing_flown_is_to_come"),
];

/// Runs all tests against what the connection sees.
pub async fn run(connection: &mut PgConnection) -> Result<Vec<Finding>, Error> {
    let mut findings = Vec::with_capacity(CHECKS.len());
    for check in CHECKS {
        failpoint!("publication.check");
        let (offending_count, sample): (i64, Option<serde_json::Value>) = sqlx::query_as(check.sql)
            .fetch_one(&mut *connection)
            .await
            .map_err(|source| Error::Statement { statement: check.name, source })?;
        findings.push(Finding { check: *check, offending_count, sample });
    }
    Ok(findings)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_says_its_severity_and_what_must_hold() {
        for check in CHECKS {
            let file = check.sql.split_once("(\n").map(|(_, file)| file).unwrap_or_default();
            let mut lines = file.lines();
            let severity = format!("-- severity: {}", check.severity.as_str());
            assert_eq!(lines.next(), Some(severity.as_str()), "{}", check.name);
            assert!(lines.next().is_some_and(|line| line.starts_with("-- ") && line.ends_with('.')), "{}", check.name);
        }
    }

    #[test]
    fn every_file_is_listed() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/sql/checks");
        let files = std::fs::read_dir(folder).expect("the folder is part of the crate").count();
        assert_eq!(files, CHECKS.len());
    }
}
