use strum::{IntoStaticStr, VariantArray};

use crate::Rocket;

/// The size of a rocket by its payload capacity to low Earth orbit: NASA's classes, with limits at 2, 20 and 50 t.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum Lift {
    Small,
    Medium,
    Heavy,
    SuperHeavy,
}

impl Lift {
    pub const ALL: [Self; Self::VARIANTS.len()] = crate::variants(Self::VARIANTS);

    /// Returns the class. None if LL2 gives no capacity.
    pub fn of(rocket: &Rocket) -> Option<Self> {
        let tonnes = rocket.leo_capacity_kg.filter(|capacity| *capacity > 0.0)? / 1000.0;
        Some(match tonnes {
            ..=2.0 => Self::Small,
            ..=20.0 => Self::Medium,
            ..=50.0 => Self::Heavy,
            _ => Self::SuperHeavy,
        })
    }

    /// Returns the identifier used in the query string.
    pub fn slug(self) -> &'static str {
        self.into()
    }

    pub fn label(self) -> &'static str {
        match self {
            Self::Small => "Small, to 2 t",
            Self::Medium => "Medium, to 20 t",
            Self::Heavy => "Heavy, to 50 t",
            Self::SuperHeavy => "Super heavy, above 50 t",
        }
    }
}
