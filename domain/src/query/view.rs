use strum::{EnumString, IntoStaticStr, VariantArray};

use super::Facet;

/// How the board is displayed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum View {
    #[default]
    Cards,
    Table,
    Timeline,
    Map,
    Calendar,
    Agenda,
}

/// The attribute by which the timeline groups launches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum Lanes {
    Provider,
    Pad,
    Rocket,
    Orbit,
}

impl View {
    pub const ALL: [Self; Self::VARIANTS.len()] = crate::variants(Self::VARIANTS);

    pub fn slug(self) -> &'static str {
        self.into()
    }

    pub fn label(self) -> &'static str {
        match self {
            Self::Cards => "Cards",
            Self::Table => "Table",
            Self::Timeline => "Timeline",
            Self::Map => "Map",
            Self::Calendar => "Calendar",
            Self::Agenda => "Agenda",
        }
    }
}

impl Lanes {
    pub const ALL: [Self; Self::VARIANTS.len()] = crate::variants(Self::VARIANTS);

    pub fn slug(self) -> &'static str {
        self.into()
    }

    pub fn label(self) -> &'static str {
        self.facet().label()
    }

    /// Returns the filter that selects one lane.
    pub fn facet(self) -> Facet {
        match self {
            Self::Provider => Facet::Provider,
            Self::Pad => Facet::Pad,
            Self::Rocket => Facet::Rocket,
            Self::Orbit => Facet::Orbit,
        }
    }
}
