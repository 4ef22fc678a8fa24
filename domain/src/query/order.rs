use chrono::{DateTime, Utc};
use strum::{EnumString, IntoStaticStr, VariantArray};
use uuid::Uuid;

use crate::{Granularity, Launch};

/// The sort key of the rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum Sort {
    #[default]
    Net,
    Name,
    Status,
    Provider,
    Rocket,
    Family,
    Location,
    Pad,
    Country,
    Orbit,
    MissionType,
    Moon,
    Precision,
    Updated,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, EnumString, IntoStaticStr, VariantArray)]
pub enum Order {
    #[default]
    #[strum(serialize = "asc")]
    Ascending,
    #[strum(serialize = "desc")]
    Descending,
}

impl Sort {
    pub const ALL: [Self; Self::VARIANTS.len()] = crate::variants(Self::VARIANTS);

    pub fn slug(self) -> &'static str {
        self.into()
    }

    /// Returns the rank of every launch in ascending order. Launches that are equal under this sort share one.
    pub(super) fn ranks(self, launches: &[Launch]) -> Vec<u32> {
        match self {
            Self::Net => ranks(launches, net_order),
            Self::Moon => ranks(launches, |launch| launch.moon.tier),
            Self::Precision => ranks(launches, Launch::granularity),
            Self::Updated => ranks(launches, |launch| launch.last_updated),
            sort => ranks(launches, |launch| sort.text(launch).to_lowercase()),
        }
    }

    fn text(self, launch: &Launch) -> &str {
        match self {
            Self::Name => launch.title(),
            Self::Status => &launch.status.name,
            Self::Provider => &launch.provider.name,
            Self::Rocket => &launch.rocket.name,
            Self::Family => launch.rocket.family.as_deref().unwrap_or_default(),
            Self::Location => &launch.location.name,
            Self::Pad => &launch.pad.name,
            Self::Country => launch.location.country_code.as_deref().unwrap_or_default(),
            Self::Orbit => launch.orbit.as_ref().map_or("", |orbit| orbit.name.as_str()),
            Self::MissionType => {
                launch.mission.as_ref().and_then(|mission| mission.kind.as_deref()).unwrap_or_default()
            }
            Self::Net | Self::Moon | Self::Precision | Self::Updated => "",
        }
    }
}

impl Order {
    pub fn slug(self) -> &'static str {
        self.into()
    }

    #[must_use]
    pub fn reversed(self) -> Self {
        match self {
            Self::Ascending => Self::Descending,
            Self::Descending => Self::Ascending,
        }
    }
}

/// Computes each launch's key once: lower-casing inside a comparator costs n log n allocations.
fn ranks<K: Ord>(launches: &[Launch], key: impl Fn(&Launch) -> K) -> Vec<u32> {
    let mut keyed: Vec<(K, u32)> = launches.iter().map(key).zip(0..).collect();
    keyed.sort_unstable();
    let mut ranks = vec![0; keyed.len()];
    let mut rank = 0;
    for (at, pair) in keyed.iter().enumerate() {
        if at > 0 && keyed[at - 1].0 < pair.0 {
            rank += 1;
        }
        ranks[pair.1 as usize] = rank;
    }
    ranks
}

/// Returns the key of NET order: by the stored date, and for equal dates the more precise first.
fn net_order(launch: &Launch) -> (DateTime<Utc>, Granularity, Uuid) {
    (launch.net, launch.granularity(), launch.id)
}
