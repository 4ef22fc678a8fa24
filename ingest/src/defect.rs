//! What of a record could not be kept as it was sent, although the record could be used: a text that was cut, a link that was left out,
//! a date that is none. Counted by part, and shown beside the drift of the schema: no part is lost without a trace.

use std::{cell::RefCell, collections::BTreeMap};

use chrono::{DateTime, Utc};
use sqlx::PgPool;
use uuid::Uuid;

use crate::{error::Error, ll2::ApiVersion};

pub(crate) use domain::DefectTreatment as Treatment;

/// A part of a record, and what became of it.
pub(crate) type Defect = (&'static str, Treatment);

thread_local! {
    // Deserialisers have no place to hand notes on to. Parts and treatments are few: it stays small even if nobody collects.
    static NOTED: RefCell<Vec<Defect>> = const { RefCell::new(Vec::new()) };
}

/// Notes a defect of the record that this thread is reading.
pub(crate) fn note(part: &'static str, treatment: Treatment) {
    NOTED.with_borrow_mut(|noted| {
        if !noted.contains(&(part, treatment)) {
            noted.push((part, treatment));
        }
    });
}

/// Reads a record; returns what was noted meanwhile, each part once.
pub(crate) fn noting<T>(read: impl FnOnce() -> T) -> (T, Vec<Defect>) {
    NOTED.take();
    let value = read();
    (value, NOTED.take())
}

/// The defects of the records of a run.
#[derive(Debug, Default)]
pub(crate) struct Defects(BTreeMap<Defect, (i64, Option<Uuid>)>);

impl Defects {
    pub(crate) fn add(&mut self, launch_id: Uuid, defects: &[Defect]) {
        for defect in defects {
            let (count, last) = self.0.entry(*defect).or_default();
            *count += 1;
            *last = Some(launch_id);
        }
    }

    /// Adds them to what earlier runs met, and says in the log that there were some.
    pub(crate) async fn save(
        &self,
        pool: &PgPool,
        run_id: i64,
        version: ApiVersion,
        observed_at: DateTime<Utc>,
    ) -> Result<(), Error> {
        if self.0.is_empty() {
            return Ok(());
        }
        let (mut parts, mut treatments, mut counts, mut launches) = (vec![], vec![], vec![], vec![]);
        for ((part, treatment), (count, last)) in &self.0 {
            parts.push(*part);
            treatments.push(treatment.into_str());
            counts.push(*count);
            launches.push(*last);
        }
        sqlx::query(include_str!("../sql/note_defects.sql"))
            .bind(version.as_str())
            .bind(run_id)
            .bind(observed_at)
            .bind(&parts)
            .bind(&treatments)
            .bind(&counts)
            .bind(&launches)
            .execute(pool)
            .await
            .map_err(|source| Error::Statement { statement: "note_defects", source })?;
        let words: Vec<String> = parts
            .iter()
            .zip(&treatments)
            .zip(&counts)
            .map(|((part, word), count)| format!("{part} {word} ({count})"))
            .collect();
        tracing::warn!(
            run.id = run_id,
            defects = words.join(", "),
            "parts of some records could not be kept as they were sent"
        );
        Ok(())
    }
}
