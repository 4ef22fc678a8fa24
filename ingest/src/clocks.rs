//! Tracks whether the database's clock, by which requests are counted, agreed with ours for as long as those requests
//! count.
//!
//! While it agreed, the requests that Postgres recorded in the last hour are as old as their timestamps say, whichever
//! process wrote them. If it did not, or was not observed, a request may have left our window but not LL2's. Until the
//! clocks have agreed for an hour, LL2 is queried for its count before each request.

use std::{
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::PgPool;

use crate::{
    allowance::{CLOCK_DOUBT, LONGEST_GAP},
    error::Error,
};

/// A reading that took longer does not tell exactly enough when it was taken.
const BLUR: Duration = Duration::from_secs(1);

/// Why LL2's count and ours may differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RecheckReason {
    /// We may have no record of some requests: in the first hour of a process, and when the outcome of a request is
    /// unknown.
    Memory,
    /// The database's clock was set.
    Clock,
}

/// What this process observed of the database's clock.
#[derive(Debug, Default)]
pub(crate) struct Clocks(Mutex<Option<Seen>>);

#[derive(Clone, Copy, Debug)]
struct Seen {
    /// The database's time and ours when they were last found to differ. Not those of the last reading: small steps
    /// must add up.
    anchor: (DateTime<Utc>, Instant),
    looked_at: Instant,
    reason: (RecheckReason, Instant),
}

impl Clocks {
    /// Compares both clocks; returns the reason for doubt, if there is one now or was one within `window`.
    pub(crate) async fn compare(&self, pool: &PgPool, window: Duration) -> Result<Option<RecheckReason>, Error> {
        let failed = || Error::database("read the time");
        let mut connection = pool.acquire().await.map_err(failed())?;
        let before = Instant::now();
        let now = sqlx::query_scalar("select ingest_now()").fetch_one(&mut *connection).await.map_err(failed())?;
        Ok(self.note(now, before, Instant::now(), window))
    }

    /// Processes a reading: the database returned `now` between `before` and `after`.
    fn note(&self, now: DateTime<Utc>, before: Instant, after: Instant, window: Duration) -> Option<RecheckReason> {
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let seen = match seen.as_mut() {
            // The time before this process is unknown.
            None => {
                seen.insert(Seen { anchor: (now, after), looked_at: after, reason: (RecheckReason::Memory, after) })
            }
            Some(seen) => {
                let is_blurred = after - before > BLUR;
                let is_set = seen.drift(now, before) > CLOCK_DOUBT || seen.drift(now, after) < -CLOCK_DOUBT;
                if is_set && !is_blurred {
                    let seconds = seen.drift(now, after).num_seconds();
                    tracing::warn!(seconds, "the database's clock was set; querying LL2's count before each request");
                    seen.anchor = (now, after);
                    seen.reason = (RecheckReason::Clock, after);
                } else if is_blurred || before.saturating_duration_since(seen.looked_at) > LONGEST_GAP {
                    // The clock may have been set and set back in the meantime; that would leave no trace.
                    let reason = seen.reason_at(before, window).unwrap_or(RecheckReason::Memory);
                    seen.reason = (reason, after);
                }
                seen.looked_at = after;
                seen
            }
        };
        seen.reason_at(after, window)
    }

    /// Returns whether the clock was certainly set since the last comparison. The database returned `now` between
    /// `before` and `after`.
    pub(crate) fn was_set(&self, now: DateTime<Utc>, before: Instant, after: Instant) -> bool {
        let seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        seen.is_some_and(|seen| seen.drift(now, after) > CLOCK_DOUBT || seen.drift(now, before) < -CLOCK_DOUBT)
    }
}

impl Seen {
    /// Returns how far the database's clock is ahead of ours.
    fn drift(&self, now: DateTime<Utc>, own: Instant) -> TimeDelta {
        let (then, instant) = self.anchor;
        (now - then) - TimeDelta::from_std(own.saturating_duration_since(instant)).unwrap_or(TimeDelta::MAX)
    }

    fn reason_at(&self, own: Instant, window: Duration) -> Option<RecheckReason> {
        let (reason, since) = self.reason;
        (own.saturating_duration_since(since) <= window).then_some(reason)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WINDOW: Duration = Duration::from_secs(3610);

    struct Bench {
        clocks: Clocks,
        start: Instant,
    }

    impl Bench {
        fn new() -> Self {
            let bench = Self { clocks: Clocks::default(), start: Instant::now() };
            assert_eq!(bench.at(0, 0, 0), Some(RecheckReason::Memory), "the hour before the process is unknown");
            bench
        }

        /// A reading after `own` seconds: the database returns `database` and takes `took` seconds to respond.
        fn at(&self, own: u64, database: i64, took: u64) -> Option<RecheckReason> {
            let now = DateTime::from_timestamp(1_800_000_000 + database, 0).expect("a date");
            let before = self.start + Duration::from_secs(own);
            self.clocks.note(now, before, before + Duration::from_secs(took), WINDOW)
        }

        /// Compares every minute.
        fn agree(&self, from: u64, until: u64, offset: i64) -> Option<RecheckReason> {
            (from..=until).step_by(60).map(|own| self.at(own, i64::try_from(own).expect("few") + offset, 0)).last()?
        }
    }

    #[test]
    fn doubt_ends_after_an_hour_of_agreement() {
        let bench = Bench::new();
        assert_eq!(bench.agree(60, 3600, 0), Some(RecheckReason::Memory));
        assert_eq!(bench.agree(3660, 3660, 0), None);
        assert_eq!(bench.at(3700, 3750, 0), Some(RecheckReason::Clock));
        assert_eq!(
            bench.agree(3720, 7300, 50),
            Some(RecheckReason::Clock),
            "the clocks agree again, but earlier requests may still count"
        );
        assert_eq!(bench.agree(7320, 7320, 50), None);
    }

    #[test]
    fn small_steps_add_up() {
        let bench = Bench::new();
        bench.agree(60, 3660, 0);
        assert_eq!([bench.at(3700, 3702, 0), bench.at(3701, 3705, 0)], [None, Some(RecheckReason::Clock)]);
    }

    #[test]
    fn a_gap_or_a_slow_reading_is_a_reason_for_doubt() {
        let bench = Bench::new();
        bench.agree(60, 3660, 0);
        assert_eq!(bench.at(3800, 3800, 0), Some(RecheckReason::Memory));
        let bench = Bench::new();
        bench.agree(60, 3660, 0);
        assert_eq!(bench.at(3700, 3704, 4), Some(RecheckReason::Memory), "the reading took four seconds");
    }
}
