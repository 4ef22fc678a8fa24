use chrono::{DateTime, Utc};
use strum::IntoStaticStr;

use crate::{Launch, MoonTier};

use super::{DecisionQuery, Lift};

/// A launch that is not ranked, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Excluded {
    /// Its place among the launches that were asked about.
    pub at: usize,
    pub why: Why,
}

/// Why a launch that may go to the Moon has no rank. Unknown is not zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum Why {
    /// Where it goes is not known.
    TierUnknown,
    /// No forecast says when it goes.
    #[strum(serialize = "no_date_forecast")]
    NoDate,
    /// No forecast says whether it succeeds.
    #[strum(serialize = "no_success_forecast")]
    NoSuccess,
    /// It has left the pad, or its time has passed without a word.
    Left,
    /// People aboard are against what the agent asked, or nobody says whether there are any.
    #[strum(serialize = "crewed")]
    Crew,
    #[strum(serialize = "crewed_unknown")]
    CrewUnknown,
    Country,
    CountryUnknown,
    Lift,
    LiftUnknown,
}

impl Why {
    /// The word of the API.
    pub fn slug(self) -> &'static str {
        self.into()
    }

    pub fn words(self) -> &'static str {
        match self {
            Self::TierUnknown => "LL2 does not say where it goes",
            Self::NoDate => "no forecast yet of when it flies",
            Self::NoSuccess => "no forecast yet of whether it succeeds",
            Self::Left => "it has left, or its time has passed without word",
            Self::Crew => "ruled out by you: people aboard",
            Self::CrewUnknown => "you asked about people aboard, and LL2 does not say",
            Self::Country => "ruled out by you: country of the pad",
            Self::CountryUnknown => "you asked for a country, and LL2 gives none",
            Self::Lift => "ruled out by you: size of the rocket",
            Self::LiftUnknown => "you asked for a size of rocket, and LL2 gives no capacity",
        }
    }

    /// The agent's own wish keeps it out.
    pub fn is_ruled_out(self) -> bool {
        self >= Self::Crew
    }
}

/// What keeps a launch out before any number is looked at. Whether it goes to the Moon at all is not asked here.
pub(super) fn kept_out(launch: &Launch, query: &DecisionQuery, now: DateTime<Utc>) -> Option<Why> {
    if has_left(launch, now) {
        return Some(Why::Left);
    }
    if launch.moon.tier == MoonTier::Unknown {
        return Some(Why::TierUnknown);
    }
    if let Some(wanted) = query.crewed {
        match launch.crewed {
            None => return Some(Why::CrewUnknown),
            Some(crewed) if crewed != wanted => return Some(Why::Crew),
            Some(_) => {}
        }
    }
    if !query.country.is_empty() {
        match &launch.location.country_code {
            None => return Some(Why::CountryUnknown),
            Some(code) if !query.country.contains(code) => return Some(Why::Country),
            Some(_) => {}
        }
    }
    if !query.lift.is_empty() {
        match Lift::of(&launch.rocket) {
            None => return Some(Why::LiftUnknown),
            Some(lift) if !query.lift.contains(&lift) => return Some(Why::Lift),
            Some(_) => {}
        }
    }
    None
}

/// It cannot be boarded any more.
pub(super) fn has_left(launch: &Launch, now: DateTime<Utc>) -> bool {
    launch.status_kind().has_left_the_pad() || launch.status_kind().is_final() || launch.net_passed(now)
}
