//! The simulated LL2 of one test, at two moments: before and after a change.

use chrono::{DateTime, TimeDelta, Utc};
use simulator::{
    ApiVersion, Clock, Fault, InventedOptions, ManualClock, Options, RequestLog, Running, Simulator, WorldSource,
};

/// An invented world whose clock moves only when the test advances it.
#[derive(Debug)]
pub(crate) struct Stage {
    running: Running,
    clock: ManualClock,
}

/// The time of the first observation.
fn start() -> DateTime<Utc> {
    "2026-02-01T00:00:00Z".parse().expect("a time")
}

impl Stage {
    pub(crate) async fn open(upcoming: usize) -> Self {
        let clock = ManualClock::new(start());
        let world = InventedOptions { seed: 1969, upcoming, past: 10, start: start(), ..InventedOptions::default() };
        let options =
            Options { source: WorldSource::Invented(world), clock: Clock::Manual(clock.clone()), ..Options::default() };
        let address = "127.0.0.1:0".parse().expect("an address");
        let running = Simulator::bind(address, options).await.expect("a free port").spawn();
        Self { running, clock }
    }

    /// Sets the clock to this many days after the start.
    pub(crate) fn show(&self, days: i64) {
        self.clock.set(start() + TimeDelta::days(days));
    }

    /// Advances the clock by this many hours.
    pub(crate) fn go_on(&self, hours: i64) {
        self.clock.advance(TimeDelta::hours(hours));
    }

    pub(crate) fn url(&self) -> String {
        self.running.base_url(ApiVersion::V230)
    }

    pub(crate) fn port(&self) -> u16 {
        self.running.addr().port()
    }

    pub(crate) fn set_faults(&self, faults: Vec<Fault>) {
        self.running.set_faults(faults);
    }

    /// Returns the requests that count against LL2's limit.
    pub(crate) fn requests(&self) -> Vec<RequestLog> {
        self.running.requests().into_iter().filter(|request| !request.path.contains("api-throttle")).collect()
    }
}
