use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::SystemTime,
};

use chrono::{DateTime, TimeDelta, Utc};

/// What time it is for a simulator.
#[derive(Clone, Debug, Default)]
pub enum Clock {
    /// The machine's clock; an invented world runs from its `start` at its `speed`.
    #[default]
    Real,
    /// Time stands still: for tests that compare bytes.
    Fixed(DateTime<Utc>),
    /// Time moves when the holder of a clone says so: for tests that walk through months.
    Manual(ManualClock),
}

/// A clock that is moved by hand; clones show the same time.
#[derive(Clone, Debug)]
pub struct ManualClock(Arc<AtomicI64>);

impl ManualClock {
    /// A clock that shows `now` until it is moved.
    pub fn new(now: DateTime<Utc>) -> Self {
        ManualClock(Arc::new(AtomicI64::new(now.timestamp())))
    }

    /// Shows `now` from here on; whole seconds.
    pub fn set(&self, now: DateTime<Utc>) {
        self.0.store(now.timestamp(), Ordering::SeqCst);
    }

    /// Moves the clock, backwards when `by` is negative.
    pub fn advance(&self, by: TimeDelta) {
        self.0.fetch_add(by.num_seconds(), Ordering::SeqCst);
    }

    /// The time shown.
    pub fn now(&self) -> DateTime<Utc> {
        DateTime::from_timestamp(self.0.load(Ordering::SeqCst), 0).unwrap_or_default()
    }
}

/// A clock with the moment it was wound up, so that world time can run faster than the wall's.
#[derive(Debug)]
pub(crate) struct Timeline {
    clock: Clock,
    wound_at: DateTime<Utc>,
    start: DateTime<Utc>,
    speed: f64,
}

impl Timeline {
    /// World time runs from `start` at `speed` virtual seconds a second.
    pub(crate) fn new(clock: Clock, start: DateTime<Utc>, speed: f64) -> Self {
        let wound_at = wall(&clock);
        Timeline { clock, wound_at, start, speed }
    }

    /// World time is wall time: for replays, whose launches do not move.
    pub(crate) fn wall_only(clock: Clock) -> Self {
        let start = wall(&clock);
        Timeline { clock, wound_at: start, start, speed: 1.0 }
    }

    /// The time that clients live in: throttling, `Retry-After`, the request log.
    pub(crate) fn wall(&self) -> DateTime<Utc> {
        wall(&self.clock)
    }

    /// The time that launches live in, in whole seconds as the API shows it.
    pub(crate) fn world(&self) -> DateTime<Utc> {
        let now = match &self.clock {
            Clock::Real => {
                let elapsed = (wall(&self.clock) - self.wound_at).as_seconds_f64();
                // A century is the end of this world: an absurd speed must not walk it into the year 9999.
                let seconds = (elapsed * self.speed).clamp(0.0, 3.2e9);
                self.start + TimeDelta::milliseconds((seconds * 1000.0) as i64)
            }
            Clock::Fixed(now) => *now,
            Clock::Manual(clock) => clock.now(),
        };
        DateTime::from_timestamp(now.timestamp(), 0).unwrap_or(now)
    }
}

#[expect(clippy::disallowed_methods, reason = "the only place in this crate that asks the machine for the time")]
fn wall(clock: &Clock) -> DateTime<Utc> {
    match clock {
        Clock::Real => SystemTime::now().into(),
        Clock::Fixed(now) => *now,
        Clock::Manual(clock) => clock.now(),
    }
}
