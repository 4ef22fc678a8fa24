//! The readers that work while the database does not respond: they serve what this process remembers.

use std::{convert::Infallible, time::Duration};

use domain::{Board, Freshness};
use uuid::Uuid;

use crate::{Db, Error, reach::Last};

/// The interval of [`Db::watch`].
const PULSE: Duration = Duration::from_secs(1);
/// The database counts as not responding when reading its clock takes longer.
const ANSWER: Duration = Duration::from_secs(2);
/// Consecutive failed checks before the database counts as unreachable: one busy moment must not make every page fail.
const MISSES: u32 = 2;
/// How long the board waits for the database before it is served from memory.
const BOARD: Duration = Duration::from_secs(5);

impl Db {
    /// Checks every second whether the database responds. While it does not, readers fail at once, and the data that
    /// this process remembers is served. Never returns; run it concurrently with the web server.
    pub async fn watch(&self) -> Infallible {
        let mut misses = 0;
        loop {
            let look = sqlx::query_scalar("select clock_timestamp()").fetch_one(self.health_pool());
            let looked = tokio::time::timeout(ANSWER, look).await.unwrap_or(Err(sqlx::Error::PoolTimedOut));
            match looked {
                Ok(now) => {
                    misses = 0;
                    self.reach().answered(now);
                    if self.reach().set_away(false) {
                        tracing::info!("the database responds again");
                    }
                }
                Err(error) => {
                    misses += 1;
                    if misses == MISSES {
                        self.reach().set_away(true);
                        tracing::error!(
                            error = &error as &dyn std::error::Error,
                            "the database is unreachable: the last published board is served from memory, everything else is 503"
                        );
                    }
                }
            }
            tokio::time::sleep(PULSE).await;
        }
    }

    /// Reads the published data, so that it can be served while the database is unreachable. Call it whenever a run has
    /// published: a process that waits for a visitor to trigger the read serves an old board, or none.
    pub async fn keep_published(&self) -> Result<(), Error> {
        let board = self.present_board().await?;
        let ids: Vec<Uuid> = board.launches.iter().map(|launch| launch.id).collect();
        let deleted = self.deleted_lately().await?;
        let ids: Vec<Uuid> = ids.into_iter().chain(deleted.iter().map(|launch| launch.id)).collect();
        let marks = self.marks_of(&ids, None).await?;
        let predicted = self.present_predicted_at(&ids).await?;
        self.reach().keep(ids, marks, predicted, deleted);
        Ok(())
    }

    /// The data of the board page. The clock is the database's. While the database does not respond, the board is the
    /// one that this process read last, and its freshness says so.
    pub async fn board(&self) -> Result<Board, Error> {
        let read = tokio::time::timeout(BOARD, self.present_board());
        match read.await.unwrap_or(Err(Error::NoAnswer { query: "board" })) {
            Err(error) if error.is_unavailable() => self.remembered_board().ok_or(error),
            answered => answered,
        }
    }

    /// The age of the published data and its source. Always one row, also before the first run. While the database does
    /// not respond, it is the row that this process read last, marked as such.
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
        let Last { freshness, launches, movement } = self.reach().last()?;
        let now = self.frozen().or_else(|| self.reach().now())?;
        Some(Board { launches: launches.to_vec(), past_from: None, freshness, now, movement, past_state: None })
    }
}
