//! Every facet of the board, declared once. Query string, index, filter bar, active filters, exports and the API's
//! parameters are derived from the entry here. The order of the entries is the order of keys in the canonical query
//! string and of the filters on the page.

use super::{Control, kind::Kind, value::Found};
use crate::Launch;

/// One filter of the board.
pub(super) struct Declaration {
    /// The key of the query string.
    pub(super) key: &'static str,
    pub(super) label: &'static str,
    /// The type of its values.
    pub(super) kind: Kind,
    /// How the page shows it.
    pub(super) control: Control,
    /// Calls the closure with every value of a launch: at least one, which is "missing" if the source gives none.
    pub(super) each: for<'launch> fn(&'launch Launch, &mut dyn FnMut(Found<'launch>)),
}

/// Creates the enum and its declarations from one list, so that no variant can lack an entry.
macro_rules! facets {
    ($($(#[$doc:meta])* $facet:ident { $($field:ident: $value:expr),+ $(,)? })+) => {
        /// A filter with a set of choices.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Facet {
            $($(#[$doc])* $facet,)+
        }

        impl Facet {
            /// In the order of the query string.
            pub const ALL: [Self; DECLARED.len()] = [$(Self::$facet),+];
        }

        /// Indexed by the number of the variant.
        pub(super) const DECLARED: &[Declaration] = &[$(Declaration { $($field: $value),+ }),+];
    };
}

facets! {
    Status {
        key: "status",
        label: "Status",
        kind: Kind::Status,
        control: Control::Chips,
        each: |launch, take| take(Found::id(launch.status.id, &launch.status.name)),
    }
    Provider {
        key: "provider",
        label: "Provider",
        kind: Kind::Id,
        control: Control::Menu,
        each: |launch, take| take(Found::id(launch.provider.id, &launch.provider.name)),
    }
    Rocket {
        key: "rocket",
        label: "Rocket",
        kind: Kind::Id,
        control: Control::Menu,
        each: |launch, take| take(Found::id(launch.rocket.id, &launch.rocket.name)),
    }
    /// The most specific family that LL2 gives ("Falcon 9" of Falcon, Falcon 9).
    Family {
        key: "family",
        label: "Rocket family",
        kind: Kind::Text,
        control: Control::More,
        each: |launch, take| take(Found::text(launch.rocket.family.as_deref())),
    }
    Location {
        key: "location",
        label: "Location",
        kind: Kind::Id,
        control: Control::Menu,
        each: |launch, take| take(Found::id(launch.location.id, &launch.location.name)),
    }
    Pad {
        key: "pad",
        label: "Pad",
        kind: Kind::Id,
        control: Control::More,
        each: |launch, take| take(Found::id(launch.pad.id, &launch.pad.name).at(&launch.location.name)),
    }
    Orbit {
        key: "orbit",
        label: "Orbit",
        kind: Kind::OptionalId,
        control: Control::Menu,
        each: |launch, take| {
            let orbit = launch.orbit.as_ref();
            take(orbit.map_or_else(Found::missing, |orbit| Found::id(orbit.id, &orbit.name)));
        },
    }
    MissionType {
        key: "mission_type",
        label: "Mission type",
        kind: Kind::Text,
        control: Control::More,
        each: |launch, take| take(Found::text(launch.mission.as_ref().and_then(|mission| mission.kind.as_deref()))),
    }
    Program {
        key: "program",
        label: "Program",
        kind: Kind::OptionalId,
        control: Control::More,
        each: |launch, take| {
            if launch.programs.is_empty() {
                take(Found::missing());
            }
            launch.programs.iter().for_each(|program| take(Found::id(program.id, &program.name)));
        },
    }
    /// The country of the pad.
    Country {
        key: "country",
        label: "Country",
        kind: Kind::Country,
        control: Control::More,
        each: |launch, take| take(Found::text(launch.location.country_code.as_deref())),
    }
    Crewed {
        key: "crewed",
        label: "Crew",
        kind: Kind::Flag { yes: "Crewed", no: "Not crewed" },
        control: Control::Switch("Crewed"),
        each: |launch, take| take(Found::flag(launch.crewed)),
    }
    Suborbital {
        key: "suborbital",
        label: "Reach",
        kind: Kind::Flag { yes: "Suborbital", no: "Orbital or beyond" },
        control: Control::Switch("Suborbital"),
        each: |launch, take| take(Found::flag(launch.suborbital())),
    }
    Moon {
        key: "moon",
        label: "Moon",
        kind: Kind::Tier,
        control: Control::Chips,
        each: |launch, take| take(Found::tier(launch.moon.tier)),
    }
    /// How exact the NET is.
    Precision {
        key: "precision",
        label: "Precision",
        kind: Kind::Precision,
        control: Control::More,
        each: |launch, take| {
            let precision = launch.net_precision.as_ref();
            take(precision.map_or_else(Found::missing, |precision| Found::id(precision.id, &precision.name)));
        },
    }
}
