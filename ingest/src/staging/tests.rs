use std::collections::BTreeSet;

use serde_json::value::RawValue;
use sqlx::PgPool;
use strum::VariantArray;

use super::{Batch, Listing, Members};
use crate::{
    column::Value,
    ll2::ApiVersion,
    record::{Launch, Record},
};

/// Returns every row of a batch, table by table.
pub(super) fn rows(batch: &mut Batch) -> String {
    let mut all = String::new();
    for table in batch.tables() {
        all.push_str(&format!("{}\n{}", table.name(), table.text()));
    }
    let mut add = |members: &Members| {
        let mut rows: Vec<_> = members.rows.iter().collect();
        rows.sort();
        all.push_str(&format!("{}\n", members.table.name()));
        for (_, (_, row)) in rows {
            all.push_str(&format!("{row}\n"));
        }
    };
    batch.members().into_iter().for_each(|members| add(members));
    add(&batch.mission);
    all
}

/// Reads records into a batch.
pub(super) fn staged(version: ApiVersion, records: &[Box<RawValue>]) -> Batch {
    let mut batch = Batch::new();
    let observed_at = "2026-01-02T03:04:05Z".parse().expect("a time");
    for record in records {
        version
            .read(record, |record| batch.push(&record, Listing::Upcoming, observed_at))
            .expect("the record can be used");
    }
    batch
}

/// The known records of each version, and the file of their rows.
const KNOWN: [(ApiVersion, &str, &str, &str); 2] = [
    (ApiVersion::V220, "v220.rows", include_str!("golden/v220.json"), include_str!("golden/v220.rows")),
    (ApiVersion::V230, "v230.rows", include_str!("golden/v230.json"), include_str!("golden/v230.rows")),
];

/// The staged rows of known records, including content hashes, must not change unintentionally. If a hash changes here
/// without a change of the row's content, the first run after an update compares every value of every launch.
/// `UPDATE_GOLDEN=1` rewrites the rows, for a new column.
#[test]
#[expect(clippy::disallowed_methods, reason = "UPDATE_GOLDEN is for developers, and no setting of the program")]
fn staged_rows_and_their_content_hashes_do_not_change() {
    for (version, file, records, golden) in KNOWN {
        let records: Vec<Box<RawValue>> = serde_json::from_str(records).expect("a list of records");
        let rows = rows(&mut staged(version, &records));
        if std::env::var_os("UPDATE_GOLDEN").is_some_and(|value| value == "1") {
            let path = format!("{}/src/staging/golden/{file}", env!("CARGO_MANIFEST_DIR"));
            std::fs::write(path, &rows).expect("the folder is part of the workspace");
        } else {
            assert_eq!(rows, golden, "{}", version.into_str());
        }
    }
}

#[sqlx::test(migrator = "warehouse::MIGRATOR")]
async fn both_columns_allow_every_listing_and_nothing_else(pool: PgPool) {
    let written: BTreeSet<&str> = Listing::VARIANTS.iter().map(Listing::into_str).collect();
    for constraint in ["stg_ll2__launch_listing_check", "raw_quarantine_listing_check"] {
        let rule: String = sqlx::query_scalar("select pg_get_constraintdef(oid) from pg_constraint where conname = $1")
            .bind(constraint)
            .fetch_one(&pool)
            .await
            .unwrap();
        let allowed: BTreeSet<&str> = rule.split('\'').skip(1).step_by(2).collect();
        assert_eq!(allowed, written, "{constraint}");
    }
}

/// A field of the record that no key goes into is empty in every row, and compiles.
#[test]
fn every_column_of_a_launch_is_filled_from_a_known_record() {
    let mut empty: BTreeSet<&str> = Launch::NAMES.iter().copied().collect();
    for (version, _, records, _) in KNOWN {
        // None of them failed.
        let records = records.replace("\"failreason\": \"\"", "\"failreason\": \"Engine\"");
        let records: Vec<Box<RawValue>> = serde_json::from_str(&records).expect("a list of records");
        for record in &records {
            let read = |record: Record<'_>| {
                for (name, value) in Launch::NAMES.iter().zip(record.launch.values()) {
                    // A field that no key goes into has its default.
                    let is_empty = match value {
                        Value::Null | Value::Flag(false) | Value::Integer(0) | Value::Text("") => true,
                        Value::Names(names) => names.is_empty(),
                        _ => false,
                    };
                    if !is_empty {
                        empty.remove(name);
                    }
                }
            };
            version.read(record, read).expect("the record can be used");
        }
    }
    assert!(empty.is_empty(), "no record fills {empty:?}");
}
