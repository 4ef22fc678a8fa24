use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::SystemTime,
};

use chrono::{DateTime, TimeDelta, Utc};

/// The clock of a simulator.
#[derive(Clone, Debug, Default)]
pub enum Clock {
    /// The machine's clock; an invented world runs from its `start` at its `speed`.
    #[default]
    Real,
    /// The time is constant: for tests that compare bytes.
    Fixed(DateTime<Utc>),
    /// The holder of a clone moves the time: for tests that step through months.
    Manual(ManualClock),
}

/// A clock that is moved by the caller; clones share the same time.
#[derive(Clone, Debug)]
pub struct ManualClock(Arc<AtomicI64>);

impl ManualClock {
    /// Creates a clock that shows `now` until it is moved.
    pub fn new(now: DateTime<Utc>) -> Self {
        ManualClock(Arc::new(AtomicI64::new(now.timestamp())))
    }

    /// Sets the time to `now`, in whole seconds.
    pub fn set(&self, now: DateTime<Utc>) {
        self.0.store(now.timestamp(), Ordering::SeqCst);
    }

    /// Moves the clock; backwards if `by` is negative.
    pub fn advance(&self, by: TimeDelta) {
        self.0.fetch_add(by.num_seconds(), Ordering::SeqCst);
    }

    /// Returns the current time of the clock.
    pub fn now(&self) -> DateTime<Utc> {
        DateTime::from_timestamp(self.0.load(Ordering::SeqCst), 0).unwrap_or_default()
    }
}

/// A clock with the moment of its creation, so that world time can run faster than wall time.
#[derive(Debug)]
pub(crate) struct Timeline {
    clock: Clock,
    wound_at: DateTime<Utc>,
    start: DateTime<Utc>,
    speed: f64,
}

impl Timeline {
    /// Creates a timeline whose world time runs from `start` at `speed` virtual seconds per second.
    pub(crate) fn new(clock: Clock, start: DateTime<Utc>, speed: f64) -> Self {
        let wound_at = wall(&clock);
        Timeline { clock, wound_at, start, speed }
    }

    /// Creates a timeline whose world time is wall time: for replays, whose launches do not move.
    pub(crate) fn wall_only(clock: Clock) -> Self {
        let start = wall(&clock);
        Timeline { clock, wound_at: start, start, speed: 1.0 }
    }

    /// Returns the time that clients use: throttling, `Retry-After`, the request log.
    pub(crate) fn wall(&self) -> DateTime<Utc> {
        wall(&self.clock)
    }

    /// Returns the time of the launches, in whole seconds as the API shows it.
    pub(crate) fn world(&self) -> DateTime<Utc> {
        let now = match &self.clock {
            Clock::Real => {
                let elapsed = (wall(&self.clock) - self.wound_at).as_seconds_f64();
                // World time stops after a century: an extreme speed must not reach the year 9999.
                let seconds = (elapsed * self.speed).clamp(0.0, 3.2e9);
                self.start + TimeDelta::milliseconds((seconds * 1000.0) as i64)
            }
            Clock::Fixed(now) => *now,
            Clock::Manual(clock) => clock.now(),
        };
        DateTime::from_timestamp(now.timestamp(), 0).unwrap_or(now)
    }
}

#[expect(clippy::disallowed_methods, reason = "the only place in this crate that reads the system clock")]
fn wall(clock: &Clock) -> DateTime<Utc> {
    match clock {
        Clock::Real => SystemTime::now().into(),
        Clock::Fixed(now) => *now,
        Clock::Manual(clock) => clock.now(),
    }
}
