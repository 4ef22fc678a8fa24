use chrono::{DateTime, Utc};
use strum::{EnumString, IntoStaticStr, VariantArray};

use crate::{Facet, FlightRecord, Launch, Location, Pad, PadRecord, ProviderRecord, RocketRecord};

/// Whose launches a page gathers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString, IntoStaticStr, VariantArray)]
pub enum Subject {
    #[strum(serialize = "providers")]
    Provider,
    #[strum(serialize = "rockets")]
    Rocket,
    #[strum(serialize = "pads")]
    Pad,
}

impl Subject {
    pub const ALL: [Self; Self::VARIANTS.len()] = crate::variants(Self::VARIANTS);

    /// The first part of its pages' addresses.
    pub fn slug(self) -> &'static str {
        self.into()
    }

    pub fn from_slug(slug: &str) -> Option<Self> {
        slug.parse().ok()
    }

    /// The address of one of them: "/providers/121".
    pub fn address(self, id: i32) -> String {
        format!("/{}/{id}", self.slug())
    }

    pub fn label(self) -> &'static str {
        match self {
            Self::Provider => "Launch provider",
            Self::Rocket => "Rocket",
            Self::Pad => "Launch pad",
        }
    }

    /// The board's filter that shows the same launches.
    pub fn facet(self) -> Facet {
        match self {
            Self::Provider => Facet::Provider,
            Self::Rocket => Facet::Rocket,
            Self::Pad => Facet::Pad,
        }
    }

    /// Which of them a launch belongs to.
    pub fn of(self, launch: &Launch) -> i32 {
        match self {
            Self::Provider => launch.provider.id,
            Self::Rocket => launch.rocket.id,
            Self::Pad => launch.pad.id,
        }
    }
}

/// The launches we hold of a subject, counted by outcome. Every launch that LL2 has not deleted is in one of the first five.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Tally {
    pub succeeded: i64,
    pub partly_failed: i64,
    pub failed: i64,
    /// Flown, or no longer listed as upcoming, without an outcome that we know of.
    pub unsettled: i64,
    /// Listed as upcoming and still on the ground.
    pub ahead: i64,
    /// NET of the earliest launch with an outcome: how far back the counts reach.
    pub since: Option<DateTime<Utc>>,
}

impl Tally {
    /// Launches with an outcome: what a share of successes is a share of.
    pub fn settled(&self) -> i64 {
        self.succeeded + self.partly_failed + self.failed
    }

    /// Launches behind us.
    pub fn past(&self) -> i64 {
        self.settled() + self.unsettled
    }
}

/// Another subject that shares launches with the one of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Companion {
    pub subject: Subject,
    pub id: i32,
    pub name: String,
    /// Launches shared that are behind us, and those ahead.
    pub past: i64,
    pub ahead: i64,
}

/// What LL2 says of a subject itself.
#[derive(Clone, Debug, PartialEq)]
pub enum About {
    Provider(ProviderRecord),
    Rocket(RocketRecord),
    Pad { pad: Pad, location: Location, record: PadRecord },
}

impl About {
    pub fn name(&self) -> &str {
        match self {
            Self::Provider(provider) => &provider.name,
            Self::Rocket(rocket) => &rocket.name,
            Self::Pad { pad, .. } => &pad.name,
        }
    }

    /// LL2's own counters, where it keeps any.
    pub fn record(&self) -> Option<FlightRecord> {
        match self {
            Self::Provider(provider) => Some(provider.record),
            Self::Rocket(rocket) => Some(rocket.record),
            Self::Pad { record, .. } => {
                Some(FlightRecord { total: record.total_launch_count, ..FlightRecord::default() })
            }
        }
    }
}

/// A provider, a rocket or a pad with its launches.
#[derive(Clone, Debug, PartialEq)]
pub struct Profile {
    pub subject: Subject,
    pub id: i32,
    pub about: About,
    /// A logo or a picture, at LL2's address.
    pub image: Option<String>,
    pub held: Tally,
    /// Most launches first.
    pub companions: Vec<Companion>,
    /// The first of those ahead, in NET order; [`Tally::ahead`] counts them all.
    pub upcoming: Vec<Launch>,
    /// One page of those behind us, newest first; [`Tally::past`] counts them all.
    pub past: Vec<Launch>,
}
