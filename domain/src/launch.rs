use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    Countdown, Evidence, Granularity, LaunchForecast, Location, Mission, MoonFacts, MoonReach, NetPrecision, NetSpan,
    Orbit, Pad, Program, Provider, Rocket, Status, StatusKind,
};

/// A launch as the pages show it. The public API has a separate form (`server::web::api::view`). The default is of
/// unknown values; tests fill in what they are about.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Launch {
    pub id: Uuid,
    /// LL2's full name, "Falcon 9 Block 5 | Starlink Group 17-17".
    pub name: String,
    /// No earlier than. For coarse precisions LL2 stores the last day of the period: use [`Launch::span`] to place it.
    pub net: DateTime<Utc>,
    pub net_precision: Option<NetPrecision>,
    pub window_start: Option<DateTime<Utc>>,
    pub window_end: Option<DateTime<Utc>>,
    pub status: Status,
    pub provider: Provider,
    pub rocket: Rocket,
    pub mission: Option<Mission>,
    pub orbit: Option<Orbit>,
    pub pad: Pad,
    pub location: Location,
    pub programs: Vec<Program>,
    /// Probability of acceptable weather in percent, if the range published one.
    pub probability: Option<i16>,
    pub weather_concerns: Option<String>,
    pub fail_reason: Option<String>,
    pub webcast_live: bool,
    /// Null if no detailed record was ever received: unknown is not "no".
    pub crewed: Option<bool>,
    /// LL2's address of the picture. Pages use [`crate::media_path`] of it, never the address itself.
    pub image: Option<String>,
    pub image_credit: Option<String>,
    pub last_updated: DateTime<Utc>,
    /// How often the NET was observed to move later, beyond its old precision.
    pub slip_count: i32,
    pub moon: MoonReach,
    /// None if nothing was predicted yet, and for past launches.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub forecast: Option<Box<LaunchForecast>>,
}

impl Launch {
    /// Returns what flies, without the rocket: the mission's name, otherwise the part of LL2's name after the bar.
    pub fn title(&self) -> &str {
        match &self.mission {
            Some(mission) => &mission.name,
            None => self.name.split_once(" | ").map_or(self.name.as_str(), |(_, payload)| payload),
        }
    }

    /// Returns how exact the NET is.
    pub fn granularity(&self) -> Granularity {
        Granularity::of(self.net_precision.as_ref().map(|precision| precision.id))
    }

    /// Returns the interval in which the launch is expected, according to its precision.
    pub fn span(&self) -> NetSpan {
        NetSpan::new(self.net, self.granularity())
    }

    /// Returns whether the flight is suborbital. None if LL2 does not give the orbit.
    pub fn suborbital(&self) -> Option<bool> {
        let orbit = self.orbit.as_ref()?;
        match orbit.id {
            25 => None,
            15 => Some(true),
            _ => Some(orbit.name.to_ascii_lowercase().contains("suborbital")),
        }
    }

    /// Returns the evidence for the Moon tier, strongest first. It is derived, so that the board need not contain it.
    pub fn moon_evidence(&self) -> Vec<Evidence> {
        MoonFacts {
            orbit: self.orbit.as_ref(),
            programs: &self.programs,
            mission: self.mission.as_ref(),
            ..MoonFacts::default()
        }
        .evidence()
    }

    pub fn status_kind(&self) -> StatusKind {
        StatusKind::of(self.status.id)
    }

    /// Returns the countdown to show.
    pub fn countdown(&self, now: DateTime<Utc>) -> Countdown {
        if self.status_kind().is_final() {
            return Countdown::Flown;
        }
        if self.net_passed(now) {
            return Countdown::Passed;
        }
        Countdown::to(self.net, self.granularity(), now)
    }

    /// Returns whether the NET (with its whole period, and the window if there is one) is before `now`, and no outcome
    /// is known.
    ///
    /// LL2 leaves such launches for up to a day and longer (ll2/README, rule 12): secretive launches, holds, stale
    /// pages.
    pub fn net_passed(&self, now: DateTime<Utc>) -> bool {
        if self.status_kind().has_left_the_pad() {
            return false;
        }
        let end = match self.window_end {
            Some(window_end) if self.granularity().ticks() => self.span().end.max(window_end),
            _ => self.span().end,
        };
        end <= now
    }

    /// Returns the launch window if it adds to the NET: the NET is precise, and the window is at least a minute long.
    pub fn window(&self) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
        let (start, end) = (self.window_start?, self.window_end?);
        (self.granularity().ticks() && end - start >= Duration::minutes(1)).then_some((start, end))
    }
}
