use chrono::{DateTime, Utc};
use strum::IntoStaticStr;

use crate::{Launch, MoonTier};

use super::{DecisionQuery, Lift};

/// A launch that is not ranked, with the reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Excluded {
    /// Index into the launches of the query.
    pub at: usize,
    pub why: ExclusionReason,
}

/// Why a launch that may go to the Moon has no rank. An unknown value is not treated as zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum ExclusionReason {
    /// Its destination is not known.
    TierUnknown,
    /// There is no forecast of its date.
    #[strum(serialize = "no_date_forecast")]
    NoDate,
    /// There is no forecast of its success.
    #[strum(serialize = "no_success_forecast")]
    NoSuccess,
    /// It has left the pad, or its time has passed and no outcome is known.
    Left,
    /// The agent's filter on people aboard excludes it. `CrewUnknown`: LL2 does not state whether there are any.
    #[strum(serialize = "crewed")]
    Crew,
    #[strum(serialize = "crewed_unknown")]
    CrewUnknown,
    Country,
    CountryUnknown,
    Lift,
    LiftUnknown,
}

impl ExclusionReason {
    /// Returns the identifier used in the API.
    pub fn slug(self) -> &'static str {
        self.into()
    }

    pub fn describe(self) -> &'static str {
        match self {
            Self::TierUnknown => "LL2 gives no destination",
            Self::NoDate => "no forecast of its date yet",
            Self::NoSuccess => "no forecast of its success yet",
            Self::Left => "it has left the pad, or its date has passed without an outcome",
            Self::Crew => "excluded by your parameters: people aboard",
            Self::CrewUnknown => "excluded by your parameters: LL2 does not say whether people are aboard",
            Self::Country => "excluded by your parameters: country of the pad",
            Self::CountryUnknown => "excluded by your parameters: LL2 gives no country",
            Self::Lift => "excluded by your parameters: size of the rocket",
            Self::LiftUnknown => "excluded by your parameters: LL2 gives no capacity of the rocket",
        }
    }

    /// Returns whether a filter of the agent excludes it.
    pub fn is_ruled_out(self) -> bool {
        self >= Self::Crew
    }
}

/// Returns why a launch is excluded before any score is computed. Whether it goes to the Moon at all is not checked
/// here.
pub(super) fn exclusion(launch: &Launch, query: &DecisionQuery, now: DateTime<Utc>) -> Option<ExclusionReason> {
    if has_left(launch, now) {
        return Some(ExclusionReason::Left);
    }
    if launch.moon.tier == MoonTier::Unknown {
        return Some(ExclusionReason::TierUnknown);
    }
    if let Some(wanted) = query.crewed {
        match launch.crewed {
            None => return Some(ExclusionReason::CrewUnknown),
            Some(crewed) if crewed != wanted => return Some(ExclusionReason::Crew),
            Some(_) => {}
        }
    }
    if !query.country.is_empty() {
        match &launch.location.country_code {
            None => return Some(ExclusionReason::CountryUnknown),
            Some(code) if !query.country.contains(code) => return Some(ExclusionReason::Country),
            Some(_) => {}
        }
    }
    if !query.lift.is_empty() {
        match Lift::of(&launch.rocket) {
            None => return Some(ExclusionReason::LiftUnknown),
            Some(lift) if !query.lift.contains(&lift) => return Some(ExclusionReason::Lift),
            Some(_) => {}
        }
    }
    None
}

/// Returns whether the launch can no longer be boarded.
pub(super) fn has_left(launch: &Launch, now: DateTime<Utc>) -> bool {
    launch.status_kind().has_left_the_pad() || launch.status_kind().is_final() || launch.net_passed(now)
}
