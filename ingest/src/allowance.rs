//! Computes how many requests LL2 allows and when the next one may be sent. Arithmetic only: [`crate::budget`] reads
//! the numbers from Postgres, a simulation supplies its own.

use std::{fmt, time::Duration};

use chrono::{DateTime, TimeDelta, Utc};

/// LL2 counts a request when it arrives, up to one timeout after the reservation, so our window is longer than its hour
/// by this margin.
const MARGIN: TimeDelta = TimeDelta::seconds(10);

/// A reservation that is not sent within this time is spent. A process that was stopped in between could otherwise send
/// a request that has already left the window in Postgres.
pub const SEND_WITHIN: TimeDelta = TimeDelta::seconds(2);

/// A larger difference between the database's clock and ours means that one of them was set. Up to twice this value,
/// once in each direction, stays undetected; together with [`SEND_WITHIN`] it must fit into the margin.
pub const CLOCK_DOUBT: TimeDelta = TimeDelta::seconds(3);

/// After a longer gap between two readings, a process cannot tell whether the database's clock was set and set back.
pub const LONGEST_GAP: Duration = Duration::from_secs(120);

/// LL2's own window, unless the throttle endpoint reports another one.
pub const HOUR: TimeDelta = TimeDelta::hours(1);

/// Returns [`HOUR`] plus the margin: the window for requests that a process counts by its own clock.
pub fn own_window() -> Duration {
    (HOUR + MARGIN).to_std().unwrap_or_default()
}

/// A response of `/api-throttle/`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Told {
    /// When it was received, by the database's clock.
    pub at: DateTime<Utc>,
    /// Requests in a window; none if LL2 sets no limit.
    pub request_limit: Option<u32>,
    /// The length of the window.
    pub window: TimeDelta,
    /// Requests that LL2 counted and that we have no record of. When each of them leaves the window is unknown, so all
    /// of them count until the whole window has passed.
    pub foreign_use: u32,
}

/// Everything that decides when a request may be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allowance {
    /// The configured limit.
    pub configured: u32,
    /// Whether requests carry an API key. LL2 may then grant more than the configured limit.
    pub has_key: bool,
    /// Requests reserved within the window and its margin, oldest first. A reservation in the future counts: the clock
    /// was set back since.
    pub sent: Vec<DateTime<Utc>>,
    /// The latest response of the throttle endpoint.
    pub told: Option<Told>,
    /// Until when a 429 forbids requests.
    pub silent_until: Option<DateTime<Utc>>,
}

/// The limit that blocks the next request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// LL2 answered 429.
    Throttled,
    /// All requests of the window are spent.
    Spent(u32),
}

impl fmt::Display for Limit {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Throttled => formatter.write_str("LL2 throttled the requests (429)"),
            Self::Spent(limit) => write!(formatter, "the budget of {limit} requests per hour is used up"),
        }
    }
}

impl Allowance {
    /// Returns the number of requests in any sliding window. A limit reported by LL2 lowers it. It raises it only with
    /// an API key, because a key is configured on purpose.
    pub fn limit(&self) -> u32 {
        match self.told.and_then(|told| told.request_limit) {
            Some(told) if self.has_key => told.max(1),
            Some(told) => self.configured.min(told.max(1)),
            None => self.configured,
        }
    }

    /// Returns the window including the margin.
    pub fn window(&self) -> TimeDelta {
        self.told.map_or(HOUR, |told| told.window.max(TimeDelta::seconds(1))) + MARGIN
    }

    /// Returns how many requests may be sent now, one after the other.
    pub fn free(&self, now: DateTime<Utc>) -> u32 {
        if self.silent_until.is_some_and(|until| until > now) {
            return 0;
        }
        self.limit().saturating_sub(self.used(now))
    }

    /// Returns how many requests count in the window that ends now.
    pub fn used(&self, now: DateTime<Utc>) -> u32 {
        let since = now - self.window();
        let ours = self.sent.iter().filter(|&&sent| sent > since).count();
        u32::try_from(ours).unwrap_or(u32::MAX).saturating_add(self.foreign(now))
    }

    fn foreign(&self, now: DateTime<Utc>) -> u32 {
        self.told.filter(|told| told.at + self.window() > now).map_or(0, |told| told.foreign_use)
    }

    /// Returns the earliest moment, now or later, at which `count` requests may be sent in a row, and the limit that
    /// blocks them until then. More than the whole limit can never be sent in a row; the result then applies to the
    /// whole limit.
    pub fn free_at(&self, now: DateTime<Utc>, count: u32) -> (DateTime<Utc>, Option<Limit>) {
        let limit = self.limit();
        let count = count.clamp(1, limit.max(1));
        // The result can change only at the moments at which something leaves the window or a 429 ends.
        let mut moments: Vec<DateTime<Utc>> = self.sent.iter().map(|&sent| sent + self.window()).collect();
        moments.extend(self.told.map(|told| told.at + self.window()));
        moments.extend(self.silent_until);
        moments.retain(|&moment| moment > now);
        moments.sort_unstable();
        let at = std::iter::once(now).chain(moments).find(|&moment| self.free(moment) >= count);
        // With a limit of 0 there is no such moment. LL2 has no such limit; look again after a window.
        let at = at.unwrap_or_else(|| now + self.window());
        let limit = (at > now).then(|| match self.silent_until {
            Some(until) if until >= at => Limit::Throttled,
            _ => Limit::Spent(limit),
        });
        (at, limit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000 + second, 0).expect("a date")
    }

    fn allowance(sent: &[i64]) -> Allowance {
        Allowance {
            configured: 3,
            has_key: false,
            sent: sent.iter().map(|&second| at(second)).collect(),
            told: None,
            silent_until: None,
        }
    }

    #[test]
    fn a_request_counts_for_an_hour_and_a_margin() {
        let allowance = allowance(&[0, 100, 200]);
        assert_eq!(allowance.free(at(3609)), 0);
        assert_eq!(allowance.free(at(3610)), 1);
        assert_eq!(allowance.free_at(at(300), 1), (at(3610), Some(Limit::Spent(3))));
        assert_eq!(allowance.free_at(at(300), 3), (at(3810), Some(Limit::Spent(3))));
        assert_eq!(allowance.free_at(at(300), 9), (at(3810), Some(Limit::Spent(3))), "never more than the budget");
        assert_eq!(allowance.free_at(at(4000), 1), (at(4000), None));
    }

    #[test]
    fn a_429_applies_even_with_unused_budget() {
        let allowance = Allowance { silent_until: Some(at(50)), ..allowance(&[]) };
        assert_eq!(allowance.free_at(at(0), 1), (at(50), Some(Limit::Throttled)));
        assert_eq!(allowance.free(at(50)), 3);
    }

    #[test]
    fn requests_of_others_count_until_they_must_have_left_the_window() {
        let told = Told { at: at(0), request_limit: Some(15), window: HOUR, foreign_use: 2 };
        let allowance = Allowance { told: Some(told), ..allowance(&[10]) };
        assert_eq!(allowance.limit(), 3, "LL2 allows more than the configured budget");
        assert_eq!(allowance.free(at(20)), 0);
        assert_eq!(allowance.free(at(3610)), 2);
    }

    #[test]
    fn only_a_key_raises_the_budget() {
        let told = Told { at: at(0), request_limit: Some(210), window: HOUR, foreign_use: 0 };
        let told = |has_key| Allowance { told: Some(told), has_key, ..allowance(&[]) };
        assert_eq!((told(false).limit(), told(true).limit()), (3, 210));
        let less = Told { at: at(0), request_limit: Some(2), window: HOUR, foreign_use: 0 };
        assert_eq!(Allowance { told: Some(less), ..allowance(&[]) }.limit(), 2);
    }

    #[test]
    fn a_request_in_the_future_counts() {
        // The clock was set back after it was sent.
        assert_eq!(allowance(&[5000]).free(at(0)), 2);
    }
}
