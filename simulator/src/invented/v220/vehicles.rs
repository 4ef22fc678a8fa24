//! Agencies and rockets.

use serde::Serialize;
use serde_json::Number;

use crate::{
    ApiVersion,
    invented::{
        facts::{self, Facts},
        shape::{self, url},
        stages::{LauncherStage, SpacecraftStage},
        totals::{Flights, Totals},
    },
};

#[derive(Serialize)]
pub(super) struct Agency<'a> {
    id: i64,
    url: String,
    name: &'a str,
    r#type: &'a str,
    #[serde(flatten)]
    more: Option<AgencyMore<'a>>,
}

#[derive(Serialize)]
struct AgencyMore<'a> {
    featured: bool,
    country_code: String,
    abbrev: &'a str,
    description: Option<&'static str>,
    administrator: Option<&'static str>,
    founding_year: Option<String>,
    launchers: &'static str,
    spacecraft: &'static str,
    launch_library_url: Option<&'static str>,
    #[serde(flatten)]
    flights: AgencyFlights,
    info_url: Option<&'static str>,
    wiki_url: Option<&'static str>,
    logo_url: Option<&'static str>,
    image_url: Option<&'static str>,
    nation_url: Option<&'static str>,
}

#[derive(Serialize)]
struct AgencyFlights {
    total_launch_count: u32,
    consecutive_successful_launches: u32,
    successful_launches: u32,
    failed_launches: u32,
    pending_launches: u32,
    consecutive_successful_landings: u32,
    successful_landings: u32,
    failed_landings: u32,
    attempted_landings: u32,
}

impl From<Flights> for AgencyFlights {
    fn from(flights: Flights) -> Self {
        AgencyFlights {
            total_launch_count: flights.total(),
            consecutive_successful_launches: flights.in_a_row,
            successful_launches: flights.succeeded,
            failed_launches: flights.failed,
            pending_launches: flights.pending,
            consecutive_successful_landings: 0,
            successful_landings: 0,
            failed_landings: 0,
            attempted_landings: 0,
        }
    }
}

#[derive(Serialize)]
pub(super) struct Rocket<'a> {
    pub(super) id: u64,
    pub(super) configuration: Configuration<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) launcher_stage: Option<Vec<LauncherStage>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) spacecraft_stage: Option<Option<SpacecraftStage>>,
}

#[derive(Serialize)]
pub(super) struct Configuration<'a> {
    id: i64,
    url: String,
    name: &'a str,
    family: &'a str,
    full_name: &'a str,
    variant: &'a str,
    #[serde(flatten)]
    more: Option<ConfigurationMore<'a>>,
}

#[derive(Serialize)]
struct ConfigurationMore<'a> {
    active: bool,
    reusable: bool,
    description: &'static str,
    manufacturer: Option<Agency<'a>>,
    program: [(); 0],
    alias: &'static str,
    min_stage: Option<u8>,
    max_stage: Option<u8>,
    length: Option<Number>,
    diameter: Option<Number>,
    maiden_flight: Option<&'a str>,
    launch_cost: Option<String>,
    launch_mass: Option<Number>,
    leo_capacity: Option<Number>,
    gto_capacity: Option<Number>,
    to_thrust: Option<Number>,
    apogee: Option<Number>,
    vehicle_range: Option<Number>,
    image_url: Option<&'static str>,
    info_url: Option<&'static str>,
    wiki_url: Option<&'static str>,
    #[serde(flatten)]
    flights: AgencyFlights,
}

pub(super) fn agency<'a>(provider: &'a facts::Provider, whole: Option<&Totals>) -> Agency<'a> {
    let more = whole.map(|totals| AgencyMore {
        featured: false,
        country_code: provider.countries.split_whitespace().collect::<Vec<_>>().join(","),
        abbrev: &provider.abbrev,
        description: None,
        administrator: None,
        founding_year: provider.founded.map(|year| year.to_string()),
        launchers: "",
        spacecraft: "",
        launch_library_url: None,
        flights: totals.provider(provider.id).into(),
        info_url: None,
        wiki_url: None,
        logo_url: None,
        image_url: None,
        nation_url: None,
    });
    Agency {
        id: provider.id,
        url: url(ApiVersion::V220, "agencies", provider.id),
        name: &provider.name,
        r#type: &provider.kind,
        more,
    }
}

pub(super) fn configuration<'a>(rocket: &'a facts::Rocket, whole: Option<&Totals>) -> Configuration<'a> {
    let more = whole.map(|totals| ConfigurationMore {
        active: rocket.active,
        reusable: rocket.reusable,
        description: "",
        manufacturer: rocket.manufacturer.map(|id| agency(&Facts::get().providers[&id], whole)),
        program: [],
        alias: "",
        min_stage: None,
        max_stage: None,
        length: shape::number(rocket.length_m),
        diameter: shape::number(rocket.diameter_m),
        maiden_flight: rocket.maiden_flight.as_deref(),
        launch_cost: rocket.cost_usd.map(|cost| cost.to_string()),
        launch_mass: shape::number(rocket.mass_t),
        leo_capacity: shape::number(rocket.leo_kg),
        gto_capacity: shape::number(rocket.gto_kg),
        to_thrust: shape::number(rocket.thrust_kn),
        apogee: None,
        vehicle_range: None,
        image_url: None,
        info_url: None,
        wiki_url: None,
        flights: totals.rocket(rocket.id).into(),
    });
    Configuration {
        id: rocket.id,
        url: url(ApiVersion::V220, "config/launcher", rocket.id),
        name: &rocket.name,
        family: &rocket.family,
        full_name: &rocket.full_name,
        variant: &rocket.variant,
        more,
    }
}
