//! The server's state about its clients: the request log, the throttle's hour, and the next fault.

use std::{collections::VecDeque, time::Instant};

use chrono::{DateTime, TimeDelta, Utc};

use crate::{Fault, FaultKind};

/// Older entries of the log are dropped to limit memory, even if a simulator runs for weeks.
const LOG_LENGTH: usize = 10_000;

/// LL2 counts requests in a sliding hour.
pub(super) const THROTTLE_SECONDS: i64 = 3600;

/// One request with its response status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestLog {
    /// When it arrived, by the simulator's clock.
    pub at: DateTime<Utc>,
    /// When it arrived, by the machine's clock, even if the simulator uses another one.
    pub received: Instant,
    /// `GET` and the like.
    pub method: String,
    /// Path and query as sent.
    pub path: String,
    /// The response status. A fault that breaks the connection is logged with the status that it interrupted; 0 means
    /// that the client disconnected before the response.
    pub status: u16,
}

#[derive(Debug)]
pub(super) struct Ledger {
    log: VecDeque<RequestLog>,
    /// When the counted requests of the last hour arrived, oldest first.
    hour: VecDeque<DateTime<Utc>>,
    faults: Vec<Fault>,
    /// Requests since the faults were set, without those that the throttle refused, and without `api-throttle`.
    number: u64,
}

impl Ledger {
    pub(super) fn new(faults: Vec<Fault>) -> Self {
        Ledger { log: VecDeque::new(), hour: VecDeque::new(), faults, number: 0 }
    }

    pub(super) fn set_faults(&mut self, faults: Vec<Fault>) {
        self.faults = faults;
        self.number = 0;
    }

    /// Numbers a request and returns the fault that affects it; the first one listed takes precedence.
    pub(super) fn next_fault(&mut self) -> Option<FaultKind> {
        self.number += 1;
        self.faults.iter().find(|fault| fault.at.hits(self.number)).map(|fault| fault.kind)
    }

    /// Counts a request, or returns the seconds to wait as the error. As in DRF, a refused request is not counted.
    pub(super) fn admit(&mut self, limit: u32, now: DateTime<Utc>) -> Result<(), i64> {
        let (used, wait) = self.usage(limit, now);
        if used >= limit as usize {
            return Err(wait);
        }
        self.hour.push_back(now);
        Ok(())
    }

    /// Returns the requests used in the hour before `now`, and the seconds until one more is allowed.
    pub(super) fn usage(&mut self, limit: u32, now: DateTime<Utc>) -> (usize, i64) {
        let window = TimeDelta::seconds(THROTTLE_SECONDS);
        while self.hour.front().is_some_and(|&oldest| oldest <= now - window) {
            self.hour.pop_front();
        }
        let used = self.hour.len();
        if used < limit as usize {
            return (used, 0);
        }
        let wait = self.hour.front().map_or(window, |&oldest| oldest + window - now);
        (used, wait.num_seconds().max(0) + i64::from(wait.subsec_nanos() > 0))
    }

    pub(super) fn log(&mut self, entry: RequestLog) {
        if self.log.len() == LOG_LENGTH {
            self.log.pop_front();
        }
        self.log.push_back(entry);
    }

    pub(super) fn requests(&self) -> Vec<RequestLog> {
        self.log.iter().cloned().collect()
    }
}
