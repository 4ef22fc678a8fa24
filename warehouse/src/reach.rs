//! Whether the database responds, and what this process remembers for the time when it does not.

use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, PoisonError, RwLock},
};

use chrono::{DateTime, TimeDelta, Utc};
use domain::{Freshness, Launch, Movement};
use uuid::Uuid;

use crate::revision_mark::RevisionMark;

/// What one process knows about the database. Shared by all clones of a [`Db`](crate::Db).
#[derive(Debug, Default)]
pub(crate) struct Reach(RwLock<Known>);

#[derive(Debug, Default)]
struct Known {
    /// The database is unreachable, and readers are not sent to it.
    is_away: bool,
    /// When it last responded, by its own clock.
    answered_at: Option<DateTime<Utc>>,
    /// How far its clock is ahead of ours.
    ahead: TimeDelta,
    last: Option<Last>,
    /// Additional data for exports of the upcoming launches: see [`Reach::keep`].
    marks: Arc<HashMap<Uuid, RevisionMark>>,
    /// The launches for which that data was read; one without an entry in `marks` has no mark.
    marked: Arc<HashSet<Uuid>>,
    predicted: Arc<HashMap<Uuid, DateTime<Utc>>>,
    deleted: Arc<Vec<Launch>>,
}

/// The board that was read last.
#[derive(Clone, Debug)]
pub(crate) struct Last {
    pub(crate) freshness: Freshness,
    pub(crate) launches: Arc<Vec<Launch>>,
    pub(crate) movement: Movement,
}

impl Reach {
    fn read<T>(&self, look: impl FnOnce(&Known) -> T) -> T {
        look(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn write<T>(&self, change: impl FnOnce(&mut Known) -> T) -> T {
        change(&mut self.0.write().unwrap_or_else(PoisonError::into_inner))
    }

    pub(crate) fn is_away(&self) -> bool {
        self.read(|known| known.is_away)
    }

    /// Sets whether the database is unreachable; returns whether it was before.
    pub(crate) fn set_away(&self, is_away: bool) -> bool {
        self.write(|known| std::mem::replace(&mut known.is_away, is_away))
    }

    /// Records that the database responded, with the time of its clock.
    #[expect(
        clippy::disallowed_methods,
        reason = "the offset from the clock of the database, used while the database is unreachable"
    )]
    pub(crate) fn answered(&self, now: DateTime<Utc>) {
        self.write(|known| {
            known.answered_at = Some(now);
            known.ahead = now - Utc::now();
        });
    }

    pub(crate) fn remember(&self, freshness: &Freshness, launches: &Arc<Vec<Launch>>, movement: Movement) {
        let last = Last { freshness: freshness.clone(), launches: Arc::clone(launches), movement };
        self.write(|known| known.last = Some(last));
    }

    /// Keeps what exports of the launches `marked` need besides the board.
    pub(crate) fn keep(
        &self,
        marked: Vec<Uuid>,
        marks: HashMap<Uuid, RevisionMark>,
        predicted: HashMap<Uuid, DateTime<Utc>>,
        deleted: Vec<Launch>,
    ) {
        self.write(|known| {
            known.marks = Arc::new(marks);
            known.marked = Arc::new(marked.into_iter().collect());
            known.predicted = Arc::new(predicted);
            known.deleted = Arc::new(deleted);
        });
    }

    /// The clock of the database as far as we know it; none before it was ever read.
    #[expect(clippy::disallowed_methods, reason = "corrected to the clock of the database")]
    pub(crate) fn now(&self) -> Option<DateTime<Utc>> {
        self.read(|known| known.answered_at.map(|_| Utc::now() + known.ahead))
    }

    /// The board that was read last; its freshness says since when the database has not responded.
    pub(crate) fn last(&self) -> Option<Last> {
        self.read(|known| {
            let mut last = known.last.clone()?;
            last.freshness.unreachable_since = known.answered_at;
            Some(last)
        })
    }

    /// The marks of these launches; none unless all of them are remembered.
    pub(crate) fn marks(&self, launches: &[Uuid]) -> Option<HashMap<Uuid, RevisionMark>> {
        let (marks, marked) = self.read(|known| (Arc::clone(&known.marks), Arc::clone(&known.marked)));
        let is_known = launches.iter().all(|id| marked.contains(id));
        is_known.then(|| launches.iter().filter_map(|id| Some((*id, marks.get(id)?.clone()))).collect())
    }

    /// Since when the forecasts of these launches name their present days; none unless all launches are remembered.
    pub(crate) fn predicted(&self, launches: &[Uuid]) -> Option<HashMap<Uuid, DateTime<Utc>>> {
        self.marks(launches)?;
        let predicted = self.read(|known| Arc::clone(&known.predicted));
        Some(launches.iter().filter_map(|id| Some((*id, *predicted.get(id)?))).collect())
    }

    /// The launches deleted lately; none when they were never read.
    pub(crate) fn deleted(&self) -> Option<Vec<Launch>> {
        self.read(|known| (!known.marked.is_empty()).then(|| known.deleted.to_vec()))
    }
}
