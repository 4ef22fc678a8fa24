//! LL2's records that launches refer to: providers, rockets, missions, orbits, pads, locations and programs.

use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provider {
    pub id: i32,
    pub name: String,
    pub abbrev: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Rocket {
    pub id: i32,
    /// Full name of the configuration, "Falcon 9 Block 5".
    pub name: String,
    pub family: Option<String>,
    pub length_m: Option<f64>,
    /// Payload capacity to low Earth orbit, if LL2 gives it.
    #[serde(default)]
    pub leo_capacity_kg: Option<f64>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mission {
    pub id: i32,
    pub name: String,
    #[serde(rename = "type")]
    pub kind: Option<String>,
    pub description: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Orbit {
    pub id: i32,
    pub name: String,
    pub abbrev: String,
    /// The body orbited; absent in API 2.2.0.
    pub celestial_body: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Pad {
    pub id: i32,
    pub name: String,
    pub latitude: Option<f64>,
    pub longitude: Option<f64>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Location {
    pub id: i32,
    pub name: String,
    /// ISO 3166-1 alpha-3, or `???`.
    pub country_code: Option<String>,
    /// IANA name.
    pub timezone: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Program {
    pub id: i32,
    pub name: String,
}
