use chrono::{DateTime, TimeDelta, Utc};
use domain::{Granularity, NetSpan, StatusKind};
use uuid::Uuid;

/// The announced date and status of a launch over one interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Announcement {
    pub from: DateTime<Utc>,
    pub net: DateTime<Utc>,
    pub precision_id: Option<i32>,
    pub status_id: i32,
    pub provider_id: i32,
    /// The end of the launch window. None if LL2 gives none.
    pub window_end: Option<DateTime<Utc>>,
    /// Flights of its rocket configuration before, and of its provider. None if LL2 does not give the number.
    pub rocket_flights: Option<u32>,
    pub provider_flights: Option<u32>,
}

impl Announcement {
    /// Returns how long the launch window stays open after the announced T-0.
    pub(super) fn window_left(&self) -> Option<TimeDelta> {
        self.window_end.map(|end| end - self.net).filter(|left| *left >= TimeDelta::zero())
    }

    /// Returns the announced period.
    pub fn span(&self) -> NetSpan {
        NetSpan::new(self.net, Granularity::of(self.precision_id))
    }

    /// Returns the announced T-0 if it has a time of day, otherwise the end of the announced period: after that the
    /// launch is overdue.
    pub fn promised_at(&self) -> DateTime<Utc> {
        promised_at(self.net, self.precision_id)
    }

    /// Returns whether the launch had not flown yet.
    pub fn is_waiting(&self) -> bool {
        !StatusKind::of(self.status_id).has_left_the_pad()
    }
}

/// Returns when a launch with this date is overdue: [`Announcement::promised_at`].
pub(crate) fn promised_at(net: DateTime<Utc>, precision_id: Option<i32>) -> DateTime<Utc> {
    let granularity = Granularity::of(precision_id);
    if granularity.ticks() { net } else { NetSpan::new(net, granularity).end }
}

/// The observed history of the date of one launch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Course {
    pub launch_id: Uuid,
    /// In chronological order.
    pub announcements: Vec<Announcement>,
    /// When each of its slips was observed, in chronological order. What a slip is, is decided by the star schema
    /// (`fact_net_change.is_slip`).
    pub slipped_at: Vec<DateTime<Utc>>,
    /// When LL2 last mentioned it.
    pub last_seen_at: DateTime<Utc>,
}

/// The outcome of a launch as known at some time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Flown(DateTime<Utc>),
    /// Not flown until then; later is unknown (censored).
    Waiting(DateTime<Utc>),
}

impl Course {
    /// Returns when it finally flew.
    pub fn flown_at(&self) -> Option<DateTime<Utc>> {
        self.announcements.last().filter(|last| !last.is_waiting()).map(|last| last.net)
    }

    /// Returns the outcome as known at `now`.
    pub fn outcome(&self, now: DateTime<Utc>) -> Outcome {
        let flight = self.announcements.iter().find(|announcement| !announcement.is_waiting());
        match (flight, self.flown_at()) {
            (Some(flight), Some(flown_at)) if flight.from <= now => Outcome::Flown(flown_at),
            _ => Outcome::Waiting(self.last_seen_at.min(now)),
        }
    }

    /// Returns what was known of it at `now`. None before it was first seen.
    pub fn known_at(&self, now: DateTime<Utc>) -> Option<Self> {
        let announcements: Vec<_> = self.announcements.iter().filter(|one| one.from <= now).copied().collect();
        (!announcements.is_empty()).then(|| Self {
            launch_id: self.launch_id,
            announcements,
            slipped_at: self.slipped_at.iter().filter(|at| **at <= now).copied().collect(),
            last_seen_at: self.last_seen_at.min(now),
        })
    }

    /// Returns what was announced at `now`. None before it was first seen and after it had flown.
    pub fn announced(&self, now: DateTime<Utc>) -> Option<&Announcement> {
        let announced = self.announcements.iter().take_while(|announcement| announcement.from <= now).last()?;
        (announced.is_waiting() && self.flown_at().is_none_or(|flown_at| now < flown_at)).then_some(announced)
    }

    /// Returns whether LL2 still listed it at `now`.
    pub fn is_listed(&self, now: DateTime<Utc>) -> bool {
        now <= self.last_seen_at
    }

    /// Returns whether it may have flown without being seen: it was no longer listed at `end`, and when it was last seen
    /// it was waiting after a T-0 with a time of day. A launch that is no longer listed for another reason was moved to
    /// a later date than those listed, and has not flown.
    pub fn may_have_flown_unseen(&self, end: DateTime<Utc>) -> bool {
        self.announcements.last().is_some_and(|last| {
            last.is_waiting()
                && self.last_seen_at < end
                && Granularity::of(last.precision_id).ticks()
                && last.net <= self.last_seen_at
        })
    }

    /// Returns how often it had slipped by `now`.
    pub fn slips(&self, now: DateTime<Utc>) -> u32 {
        u32::try_from(self.slipped_at.iter().filter(|at| **at <= now).count()).unwrap_or(u32::MAX)
    }
}
