use strum::{EnumString, IntoStaticStr, VariantArray};

use super::Sort;

/// A column of the table. The launch's name is always shown and not listed here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum TableColumn {
    Provider,
    Rocket,
    Family,
    Net,
    Precision,
    Window,
    Status,
    Moon,
    DeltaV,
    Orbit,
    MissionType,
    Program,
    Location,
    Pad,
    Country,
    Crewed,
    Weather,
    Slips,
    Updated,
}

impl TableColumn {
    pub const ALL: [Self; Self::VARIANTS.len()] = crate::variants(Self::VARIANTS);

    /// The columns shown by default.
    pub const USUAL: [Self; 8] =
        [Self::Provider, Self::Rocket, Self::Net, Self::Status, Self::Moon, Self::DeltaV, Self::Orbit, Self::Location];

    pub fn slug(self) -> &'static str {
        self.into()
    }

    /// Returns the header, with the unit if there is one.
    pub fn label(self) -> &'static str {
        match self {
            Self::Provider => "Provider",
            Self::Rocket => "Rocket",
            Self::Family => "Rocket family",
            Self::Net => "Listed date",
            Self::Precision => "Precision",
            Self::Window => "Window, UTC",
            Self::Status => "Status",
            Self::Moon => "Moon",
            Self::DeltaV => "km/s left",
            Self::Orbit => "Orbit",
            Self::MissionType => "Mission type",
            Self::Program => "Program",
            Self::Location => "Location",
            Self::Pad => "Pad",
            Self::Country => "Country",
            Self::Crewed => "Crew",
            Self::Weather => "Weather, % go",
            Self::Slips => "Slips",
            Self::Updated => "Updated, UTC",
        }
    }

    pub fn sort(self) -> Option<Sort> {
        Some(match self {
            Self::Provider => Sort::Provider,
            Self::Rocket => Sort::Rocket,
            Self::Family => Sort::Family,
            Self::Net => Sort::Net,
            Self::Precision => Sort::Precision,
            Self::Status => Sort::Status,
            Self::Moon => Sort::Moon,
            Self::Orbit => Sort::Orbit,
            Self::MissionType => Sort::MissionType,
            Self::Location => Sort::Location,
            Self::Pad => Sort::Pad,
            Self::Country => Sort::Country,
            Self::Updated => Sort::Updated,
            Self::Window | Self::DeltaV | Self::Program | Self::Crewed | Self::Weather | Self::Slips => return None,
        })
    }

    /// Returns whether it contains numbers: these are right-aligned.
    pub fn is_number(self) -> bool {
        matches!(self, Self::DeltaV | Self::Weather | Self::Slips)
    }
}
