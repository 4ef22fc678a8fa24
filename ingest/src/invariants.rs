//! Properties that hold after any fault, kill or lost response. Each file of `sql/invariants` is a query that returns
//! offending rows. Unlike data tests, these check the whole database and the job's own records, and no run waits for
//! them: they are for the fault tests and for engineers who investigate a problem.
//!
//! To add one: a file whose first line states what must hold, without a semicolon at the end of the file, and a line in
//! [`INVARIANTS`]. The one row of `parameter` contains the `budget`.

use std::{
    collections::{BTreeMap, BTreeSet},
    num::NonZeroU32,
};

use serde::Deserialize;
use serde_json::value::RawValue;
use sqlx::PgConnection;

use crate::{
    error::Error,
    landing::{Bodies, PageId},
    quarantine::record_key,
};

macro_rules! invariant {
    ($name:literal) => {
        Invariant {
            name: $name,
            sql: concat!(
                "with parameter as (select $1::bigint as budget),\noffending as (\n",
                include_str!(concat!("../sql/invariants/", $name, ".sql")),
                "\n) select count(*), (select jsonb_agg(to_jsonb(sample)) from (select * from offending limit 5) as sample) from offending"
            ),
        }
    };
}

/// A property that always holds.
#[derive(Clone, Copy, Debug)]
pub struct Invariant {
    /// The file name without its extension.
    pub name: &'static str,
    sql: &'static str,
}

/// Every invariant that is a query.
pub const INVARIANTS: &[Invariant] = &[
    invariant!("budget_holds_in_any_hour"),
    invariant!("nothing_is_sent_before_retry_after"),
    invariant!("accepted_answers_are_landed"),
    invariant!("landed_pages_have_a_request"),
    invariant!("requests_in_flight_belong_to_lost_runs"),
    invariant!("published_rows_belong_to_published_runs"),
    invariant!("complete_lists_account_for_every_launch"),
    invariant!("succeeded_runs_have_their_pages"),
    invariant!("history_is_contiguous"),
    invariant!("history_has_no_equal_neighbours"),
    invariant!("every_launch_has_an_open_revision"),
    invariant!("net_changes_are_counted"),
    invariant!("runs_do_not_overlap"),
    invariant!("epochs_do_not_go_back"),
    invariant!("steps_end_with_their_run"),
    invariant!("sessions_do_not_linger"),
];

/// An invariant that does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// The name of the invariant.
    pub invariant: &'static str,
    /// Number of offending rows.
    pub offending_count: i64,
    /// Up to five of them, as JSON.
    pub sample: String,
}

/// Runs every query; an empty result means that all invariants hold.
pub async fn violations(connection: &mut PgConnection, budget: NonZeroU32) -> Result<Vec<Violation>, Error> {
    let mut violations = Vec::new();
    for invariant in INVARIANTS {
        let (offending_count, sample): (i64, Option<serde_json::Value>) = sqlx::query_as(invariant.sql)
            .bind(i64::from(budget.get()))
            .fetch_one(&mut *connection)
            .await
            .map_err(|source| Error::Statement { statement: invariant.name, source })?;
        if offending_count > 0 {
            let sample = sample.map(|sample| sample.to_string()).unwrap_or_default();
            violations.push(Violation { invariant: invariant.name, offending_count, sample });
        }
    }
    Ok(violations)
}

/// Checks the landed pages: each body that was not deleted must match its key, and each record of a page that a run published must be a
/// known launch or be in quarantine. Takes seconds for a thousand pages, so it is for the end of a test.
pub async fn landing_violations(connection: &mut PgConnection) -> Result<Vec<Violation>, Error> {
    let pages: Vec<(Vec<u8>, i64, bool)> = sqlx::query_as(
        "select
            sha256,
            body_bytes,
            exists (
                select
                from ingest_request
                inner join ingest_run using (ingest_run_id)
                where ingest_request.page_sha256 = raw_ll2_page.sha256 and ingest_run.state = 'succeeded'
            )
        from raw_ll2_page
        where body_deleted_at is null
        order by raw_ll2_segment_id, segment_offset",
    )
    .fetch_all(&mut *connection)
    .await
    .map_err(Error::database("read the landed pages"))?;
    let mut opened = Bodies::default();
    let mut damaged = Vec::new();
    let mut published: BTreeSet<String> = BTreeSet::new();
    for (sha256, body_bytes, is_published) in pages {
        let body = match PageId::from_bytes(&sha256) {
            Some(id) => opened.open(&mut *connection, id).await,
            None => Err(Error::Landing { page: format!("{sha256:02x?}"), reason: "has an invalid key" }),
        };
        match body {
            Ok(body) if i64::try_from(body.len()) == Ok(body_bytes) => {
                if is_published {
                    published.extend(ids(&body));
                }
            }
            Ok(_) | Err(Error::Landing { .. }) => damaged.push(sha256),
            Err(error) => return Err(error),
        }
    }
    let known: Vec<String> = sqlx::query_scalar(
        "select launch_id::text from fact_launch union select record_key from raw_quarantine where record_key is not null",
    )
    .fetch_all(&mut *connection)
    .await
    .map_err(Error::database("read the known launches"))?;
    let known: BTreeSet<String> = known.into_iter().collect();
    let lost: Vec<&String> = published.difference(&known).collect();
    let mut violations = Vec::new();
    if !damaged.is_empty() {
        violations.push(Violation {
            invariant: "landed_bodies_are_what_their_key_says",
            offending_count: i64::try_from(damaged.len()).unwrap_or(i64::MAX),
            sample: format!("{:02x?}", damaged.first()),
        });
    }
    if !lost.is_empty() {
        violations.push(Violation {
            invariant: "landed_records_are_known_or_quarantined",
            offending_count: i64::try_from(lost.len()).unwrap_or(i64::MAX),
            sample: format!("{:?}", lost.iter().take(5).collect::<Vec<_>>()),
        });
    }
    Ok(violations)
}

/// Returns the ids of a page's records; a page that cannot be parsed has none, since it was not accepted either.
fn ids(body: &[u8]) -> Vec<String> {
    #[derive(Deserialize)]
    struct Page<'p> {
        #[serde(borrow)]
        results: Vec<&'p RawValue>,
    }
    #[derive(Deserialize)]
    struct Record {
        id: String,
    }
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    let records = serde_json::from_slice::<Page<'_>>(body).map(|page| page.results).unwrap_or_default();
    records
        .into_iter()
        .filter_map(|record| serde_json::from_str::<Record>(record.get()).ok())
        .map(|it| record_key(&it.id))
        .collect()
}

/// Digests of what is published, without the times of observation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content(BTreeMap<(String, String), String>);

impl Content {
    /// Reads the digests from the database.
    pub async fn read(connection: &mut PgConnection) -> Result<Self, Error> {
        let rows: Vec<(String, String, String)> = sqlx::query_as(include_str!("../sql/content.sql"))
            .fetch_all(connection)
            .await
            .map_err(|source| Error::Statement { statement: "content", source })?;
        Ok(Self(rows.into_iter().map(|(relation, key, digest)| ((relation, key), digest)).collect()))
    }

    /// Returns the content without its history: without revisions and NET changes.
    pub fn current(&self) -> Self {
        let is_current = |relation: &str| !matches!(relation, "history" | "net_change");
        let rows = self.0.iter().filter(|((relation, _), _)| is_current(relation));
        Self(rows.map(|(key, digest)| (key.clone(), digest.clone())).collect())
    }

    /// Returns the keys of rows that differ from `other` or that exist only in one of the two.
    pub fn differences(&self, other: &Self) -> Vec<String> {
        let keys: BTreeSet<_> = self.0.keys().chain(other.0.keys()).collect();
        keys.into_iter().filter(|key| self.0.get(key) != other.0.get(key)).map(|(a, b)| format!("{a} {b}")).collect()
    }

    /// Returns the keys of rows that are missing or different in `other`.
    pub fn missing_from(&self, other: &Self) -> Vec<String> {
        let rows = self.0.iter().filter(|(key, digest)| other.0.get(*key) != Some(*digest));
        rows.map(|((relation, key), _)| format!("{relation} {key}")).collect()
    }

    /// Returns the keys of rows that are neither as in `before` nor as in `after`.
    pub fn unexpected(&self, before: &Self, after: &Self) -> Vec<String> {
        let is_unexpected = |key| {
            let digest = self.0.get(key);
            digest != before.0.get(key) && digest != after.0.get(key)
        };
        let keys: BTreeSet<_> = self.0.keys().chain(before.0.keys()).chain(after.0.keys()).collect();
        keys.into_iter().filter(|key| is_unexpected(key)).map(|(a, b)| format!("{a} {b}")).collect()
    }

    /// Returns the number of rows.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Returns whether nothing is published.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_states_its_claim_and_is_listed() {
        for invariant in INVARIANTS {
            let file = invariant.sql.split_once("offending as (\n").map(|(_, file)| file).unwrap_or_default();
            assert!(
                file.lines().next().is_some_and(|line| line.starts_with("-- ") && line.ends_with('.')),
                "{}",
                invariant.name
            );
        }
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/sql/invariants");
        let files = std::fs::read_dir(folder).expect("the folder is part of the crate").count();
        assert_eq!(files, INVARIANTS.len());
    }

    #[test]
    fn a_row_that_is_neither_old_nor_new_is_unexpected() {
        let content = |rows: &[(&str, &str)]| {
            Content(
                rows.iter()
                    .map(|(key, digest)| (("launch".to_owned(), (*key).to_owned()), (*digest).to_owned()))
                    .collect(),
            )
        };
        let before = content(&[("a", "1"), ("b", "1")]);
        let after = content(&[("a", "2"), ("b", "2"), ("c", "2")]);
        assert!(content(&[("a", "1"), ("b", "2")]).unexpected(&before, &after).is_empty());
        assert_eq!(content(&[("a", "3"), ("b", "2")]).unexpected(&before, &after), ["launch a"]);
        assert_eq!(content(&[("a", "1")]).unexpected(&before, &after), ["launch b"]);
    }
}
