//! Parts of a record that could not be kept as sent, although the record was usable: a text that was cut, a link that
//! was left out, a date that was invalid. They are counted by part and shown next to the schema drift, so that no part
//! is lost without a trace.

use std::{cell::RefCell, collections::BTreeMap};

use chrono::{DateTime, Utc};
use sqlx::PgPool;
use uuid::Uuid;

use crate::{error::Error, ll2::ApiVersion};

pub(crate) use domain::DefectTreatment as Treatment;

/// A part of a record, and how it was treated.
pub(crate) type Defect = (&'static str, Treatment);

thread_local! {
    // Deserializers have no channel for notes. Parts and treatments are few: the list stays small even if it is never
    // collected.
    static NOTED: RefCell<Vec<Defect>> = const { RefCell::new(Vec::new()) };
}

/// Notes a defect of the record that this thread is parsing.
pub(crate) fn note(part: &'static str, treatment: Treatment) {
    NOTED.with_borrow_mut(|noted| {
        if !noted.contains(&(part, treatment)) {
            noted.push((part, treatment));
        }
    });
}

/// Calls `read`; returns its result and the defects noted during the call, each once.
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

    /// Adds the defects to those of earlier runs and logs a warning if there are any.
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
            .bind(version.into_str())
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
        tracing::warn!(run.id = run_id, defects = words.join(", "), "parts of some records could not be kept as sent");
        Ok(())
    }
}
