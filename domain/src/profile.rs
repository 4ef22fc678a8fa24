use strum::{EnumString, IntoStaticStr, VariantArray};

use crate::{Facet, FlightRecord, Launch, Location, Pad, PadRecord, ProviderRecord, RocketRecord, Tally};

/// The kind of entity whose launches a page lists.
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

    /// Returns the first path segment of its pages.
    pub fn slug(self) -> &'static str {
        self.into()
    }

    pub fn from_slug(slug: &str) -> Option<Self> {
        slug.parse().ok()
    }

    /// Returns the address of one page: "/providers/121".
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

    /// Returns the board's filter that shows the same launches.
    pub fn facet(self) -> Facet {
        match self {
            Self::Provider => Facet::Provider,
            Self::Rocket => Facet::Rocket,
            Self::Pad => Facet::Pad,
        }
    }

    /// Returns the id of the provider, rocket or pad of a launch.
    pub fn of(self, launch: &Launch) -> i32 {
        match self {
            Self::Provider => launch.provider.id,
            Self::Rocket => launch.rocket.id,
            Self::Pad => launch.pad.id,
        }
    }
}

/// Another subject that shares launches with the subject of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Companion {
    pub subject: Subject,
    pub id: i32,
    pub name: String,
    /// Past launches that both share; `ahead` counts the upcoming ones.
    pub past: i64,
    pub ahead: i64,
}

/// LL2's data about the subject itself.
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

    /// Returns LL2's own counters, if it has any.
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
    /// The first upcoming launches, in NET order; [`Tally::ahead`] counts them all.
    pub upcoming: Vec<Launch>,
    /// One page of past launches, newest first; [`Tally::past`] counts them all.
    pub past: Vec<Launch>,
}
