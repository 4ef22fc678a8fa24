//! Whether the database responds, and what this process remembers for the time when it does not.

use std::{
    collections::{HashMap, HashSet},
    convert::Infallible,
    sync::{Arc, PoisonError, RwLock},
    time::Duration,
};

use chrono::{DateTime, TimeDelta, Utc};
use domain::{Board, Freshness, Launch};
use uuid::Uuid;

use crate::{Db, Error, RevisionMark};

/// The interval of [`Db::watch`].
const PULSE: Duration = Duration::from_secs(1);
/// The database counts as not responding when reading its clock takes longer.
const ANSWER: Duration = Duration::from_secs(2);
/// Consecutive failed checks before the database counts as unreachable: one busy moment must not make every page fail.
const MISSES: u32 = 2;
/// How long the board waits for the database before it is served from memory.
const BOARD: Duration = Duration::from_secs(5);

/// What one process knows about the database. Shared by all clones of a [`Db`].
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
    /// Additional data for exports of the upcoming launches: kept by [`Db::keep_published`].
    marks: Arc<HashMap<Uuid, RevisionMark>>,
    /// The launches for which that data was read; one without an entry in `marks` has no mark.
    marked: Arc<HashSet<Uuid>>,
    predicted: Arc<HashMap<Uuid, DateTime<Utc>>>,
    deleted: Arc<Vec<Launch>>,
}

/// The board that was read last.
#[derive(Clone, Debug)]
struct Last {
    freshness: Freshness,
    launches: Arc<Vec<Launch>>,
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

    /// Records that the database responded, with the time of its clock.
    #[expect(clippy::disallowed_methods, reason = "the difference to the clock of the database, for when that is away")]
    pub(crate) fn answered(&self, now: DateTime<Utc>) {
        self.write(|known| {
            known.answered_at = Some(now);
            known.ahead = now - Utc::now();
        });
    }

    pub(crate) fn remember(&self, freshness: &Freshness, launches: &Arc<Vec<Launch>>) {
        let last = Last { freshness: freshness.clone(), launches: Arc::clone(launches) };
        self.write(|known| known.last = Some(last));
    }

    /// The clock of the database as far as we know it; none before it was ever read.
    #[expect(clippy::disallowed_methods, reason = "corrected to the clock of the database")]
    pub(crate) fn now(&self) -> Option<DateTime<Utc>> {
        self.read(|known| known.answered_at.map(|_| Utc::now() + known.ahead))
    }

    fn last(&self) -> Option<Last> {
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

impl Db {
    /// Checks every second whether the database responds. While it does not, readers fail at once, and the data that this process
    /// remembers is served. Never returns; run it concurrently with the web server.
    pub async fn watch(&self) -> Infallible {
        let mut misses = 0;
        loop {
            let look = sqlx::query_scalar("select clock_timestamp()").fetch_one(self.health_pool());
            let looked = tokio::time::timeout(ANSWER, look).await.unwrap_or(Err(sqlx::Error::PoolTimedOut));
            match looked {
                Ok(now) => {
                    misses = 0;
                    self.reach().answered(now);
                    if self.reach().write(|known| std::mem::take(&mut known.is_away)) {
                        tracing::info!("the database answers again");
                    }
                }
                Err(error) => {
                    misses += 1;
                    if misses == MISSES {
                        self.reach().write(|known| known.is_away = true);
                        tracing::error!(
                            error = &error as &dyn std::error::Error,
                            "the database is out of reach: the last published board is served from memory, everything else is 503"
                        );
                    }
                }
            }
            tokio::time::sleep(PULSE).await;
        }
    }

    /// Reads the published data, so that it can be served while the database is unreachable. Call it whenever a run has published:
    /// a process that waits for a visitor to trigger the read serves an old board, or none.
    pub async fn keep_published(&self) -> Result<(), Error> {
        let board = self.present_board().await?;
        let ids: Vec<Uuid> = board.launches.iter().map(|launch| launch.id).collect();
        let deleted = self.deleted_lately().await?;
        let ids: Vec<Uuid> = ids.into_iter().chain(deleted.iter().map(|launch| launch.id)).collect();
        let marks = self.marks_of(&ids, None).await?;
        let predicted = self.present_predicted_at(&ids).await?;
        self.reach().write(|known| {
            known.marks = Arc::new(marks);
            known.marked = Arc::new(ids.into_iter().collect());
            known.predicted = Arc::new(predicted);
            known.deleted = Arc::new(deleted);
        });
        Ok(())
    }

    /// The data of the board page. The clock is the database's. While the database does not respond, the board is the one that this process
    /// read last, and its freshness says so.
    pub async fn board(&self) -> Result<Board, Error> {
        let read = tokio::time::timeout(BOARD, self.present_board());
        match read.await.unwrap_or(Err(Error::NoAnswer { query: "board" })) {
            Err(error) if error.is_unavailable() => self.remembered_board().ok_or(error),
            answered => answered,
        }
    }

    /// The age of the published data and its source. Always one row, also before the first run. While the database does not respond,
    /// it is the row that this process read last, marked as such.
    pub async fn freshness(&self) -> Result<Freshness, Error> {
        let read = tokio::time::timeout(BOARD, self.present_freshness());
        match read.await.unwrap_or(Err(Error::NoAnswer { query: "freshness" })) {
            Err(error) if error.is_unavailable() => self.remembered_freshness().ok_or(error),
            answered => answered,
        }
    }

    /// The freshness when the database last responded, with the time of that response; none when nothing was read yet.
    fn remembered_freshness(&self) -> Option<Freshness> {
        self.reach().last().map(|last| last.freshness)
    }

    fn remembered_board(&self) -> Option<Board> {
        let Last { freshness, launches } = self.reach().last()?;
        let now = self.frozen().or_else(|| self.reach().now())?;
        Some(Board { launches: launches.to_vec(), past_from: None, freshness, now, past_state: None })
    }
}
