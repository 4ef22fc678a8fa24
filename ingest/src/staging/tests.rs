use std::collections::BTreeSet;

use serde_json::value::RawValue;
use sqlx::PgPool;
use strum::VariantArray;

use super::{Batch, Listing, Members};
use crate::ll2::ApiVersion;

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

/// The staged rows of known records, including content hashes, must not change. If a hash changes here without a change
/// of the row's content, every launch of every database counts as changed in the first run after an update, and the
/// whole history is written again.
#[test]
fn staged_rows_and_their_content_hashes_do_not_change() {
    for (version, records, golden) in [
        (ApiVersion::V220, include_str!("golden/v220.json"), include_str!("golden/v220.rows")),
        (ApiVersion::V230, include_str!("golden/v230.json"), include_str!("golden/v230.rows")),
    ] {
        let records: Vec<Box<RawValue>> = serde_json::from_str(records).expect("a list of records");
        let rows = rows(&mut staged(version, &records));
        assert_eq!(rows, golden, "{}", version.into_str());
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
