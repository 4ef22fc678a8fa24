//! Which JSON paths LL2 sends, with which types, and when that changes.
//!
//! The contract: landing stores every body; the star schema takes the fields it knows. An unknown key does not break
//! the load and is noted here. A required field of another type sends its record to quarantine and is noted here, too.

mod entity;
mod walk;

use chrono::{DateTime, Utc};
use sqlx::PgPool;

pub(crate) use self::walk::Shape;
use crate::{
    error::Error,
    ll2::{ApiVersion, Mode},
};

/// The run that a shape belongs to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Occasion {
    pub(crate) run_id: i64,
    pub(crate) version: ApiVersion,
    pub(crate) mode: Mode,
    pub(crate) observed_at: DateTime<Utc>,
    /// Only a complete list can show that something vanished.
    pub(crate) is_complete: bool,
}

/// Stores the shape of a run's records; logs paths that are new, of another type, or gone.
pub(crate) async fn note(pool: &PgPool, occasion: Occasion, shape: &Shape) -> Result<(), Error> {
    let observed = shape.observed();
    if observed.is_empty() {
        return Ok(());
    }
    if shape.ignored > 0 {
        tracing::warn!(
            run.id = occasion.run_id,
            ignored = shape.ignored,
            "records with too many or too long keys; some paths are not noted"
        );
    }
    let (mut paths, mut parents, mut entities, mut types, mut counts, mut everywhere) =
        (vec![], vec![], vec![], vec![], vec![], vec![]);
    for observed in observed {
        paths.push(observed.path);
        parents.push(observed.parent);
        entities.push(observed.entity);
        types.push(observed.kind.into_str());
        counts.push(observed.count);
        everywhere.push(observed.is_everywhere);
    }
    let (version_number, drifted): (Option<i32>, Vec<String>) =
        sqlx::query_as(include_str!("../../sql/note_drift.sql"))
            .bind(occasion.version.into_str())
            .bind(occasion.run_id)
            .bind(occasion.observed_at)
            .bind(occasion.is_complete)
            .bind(paths)
            .bind(parents)
            .bind(entities)
            .bind(types)
            .bind(counts)
            .bind(everywhere)
            .bind(occasion.mode.as_str())
            .fetch_one(pool)
            .await
            .map_err(|source| Error::Statement { statement: "note_drift", source })?;
    if !drifted.is_empty() {
        tracing::warn!(
            run.id = occasion.run_id,
            api_version = occasion.version.into_str(),
            mode = occasion.mode.as_str(),
            schema_version = version_number,
            drifted = drifted.join(", "),
            "the shape of LL2's responses has changed"
        );
    }
    Ok(())
}
