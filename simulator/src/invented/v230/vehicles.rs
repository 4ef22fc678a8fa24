//! Agencies and rockets.

use serde::Serialize;
use serde_json::Number;

use super::places::{Country, country};
use crate::{
    ApiVersion,
    invented::{
        codes,
        facts::{self, Facts},
        shape::{self, IdName, url},
        stages::{LauncherStage, SpacecraftStage},
        totals::{Flights, Totals},
    },
};

#[derive(Serialize)]
pub(super) struct Agency<'a> {
    response_mode: &'static str,
    id: i64,
    url: String,
    name: &'a str,
    abbrev: &'a str,
    r#type: IdName<'a>,
    #[serde(flatten)]
    more: Option<AgencyMore<'a>>,
}

#[derive(Serialize)]
struct AgencyMore<'a> {
    featured: bool,
    country: Vec<Country<'a>>,
    description: Option<&'static str>,
    administrator: Option<&'static str>,
    founding_year: Option<i32>,
    launchers: &'static str,
    spacecraft: &'static str,
    parent: Option<&'static str>,
    image: Option<&'static str>,
    logo: Option<&'static str>,
    social_logo: Option<&'static str>,
    #[serde(flatten)]
    flights: VehicleFlights,
    successful_landings_spacecraft: u32,
    failed_landings_spacecraft: u32,
    attempted_landings_spacecraft: u32,
    successful_landings_payload: u32,
    failed_landings_payload: u32,
    attempted_landings_payload: u32,
    info_url: Option<&'static str>,
    wiki_url: Option<&'static str>,
    social_media_links: [(); 0],
}

#[derive(Serialize)]
struct VehicleFlights {
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

impl From<Flights> for VehicleFlights {
    fn from(flights: Flights) -> Self {
        VehicleFlights {
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
    #[serde(flatten)]
    pub(super) stages: Option<Stages>,
}

/// The stages besides the rocket configuration; payloads are not invented.
#[derive(Serialize)]
pub(super) struct Stages {
    pub(super) launcher_stage: Vec<LauncherStage>,
    pub(super) spacecraft_stage: Vec<SpacecraftStage>,
    pub(super) payloads: [(); 0],
}

#[derive(Serialize)]
pub(super) struct Configuration<'a> {
    response_mode: &'static str,
    id: i64,
    url: String,
    name: &'a str,
    families: Vec<Family<'a>>,
    full_name: &'a str,
    variant: &'a str,
    #[serde(flatten)]
    more: Option<ConfigurationMore<'a>>,
}

#[derive(Serialize)]
struct Family<'a> {
    response_mode: &'static str,
    id: i64,
    name: &'a str,
}

#[derive(Serialize)]
struct ConfigurationMore<'a> {
    active: bool,
    is_placeholder: bool,
    manufacturer: Option<Agency<'a>>,
    program: [(); 0],
    reusable: bool,
    image: Option<&'static str>,
    info_url: Option<&'static str>,
    wiki_url: Option<&'static str>,
    description: &'static str,
    alias: &'static str,
    min_stage: Option<u8>,
    max_stage: Option<u8>,
    length: Option<Number>,
    diameter: Option<Number>,
    maiden_flight: Option<&'a str>,
    launch_cost: Option<i64>,
    launch_mass: Option<Number>,
    leo_capacity: Option<Number>,
    gto_capacity: Option<Number>,
    geo_capacity: Option<Number>,
    sso_capacity: Option<Number>,
    to_thrust: Option<Number>,
    apogee: Option<Number>,
    #[serde(flatten)]
    flights: VehicleFlights,
    fastest_turnaround: Option<&'static str>,
}

pub(super) fn agency<'a>(provider: &'a facts::Provider, whole: Option<&Totals>) -> Agency<'a> {
    let more = whole.map(|totals| AgencyMore {
        featured: false,
        country: provider.countries.split_whitespace().filter_map(country).collect(),
        description: None,
        administrator: None,
        founding_year: provider.founded,
        launchers: "",
        spacecraft: "",
        parent: None,
        image: None,
        logo: None,
        social_logo: None,
        flights: totals.provider(provider.id).into(),
        successful_landings_spacecraft: 0,
        failed_landings_spacecraft: 0,
        attempted_landings_spacecraft: 0,
        successful_landings_payload: 0,
        failed_landings_payload: 0,
        attempted_landings_payload: 0,
        info_url: None,
        wiki_url: None,
        social_media_links: [],
    });
    Agency {
        response_mode: if whole.is_some() { "normal" } else { "list" },
        id: provider.id,
        url: url(ApiVersion::V230, "agencies", provider.id),
        name: &provider.name,
        abbrev: &provider.abbrev,
        r#type: IdName { id: codes::agency_type(&provider.kind), name: &provider.kind },
        more,
    }
}

pub(super) fn configuration<'a>(rocket: &'a facts::Rocket, whole: Option<&Totals>) -> Configuration<'a> {
    // The tables contain only the names of families; the rocket's id is used as the family's id.
    let family =
        (!rocket.family.is_empty()).then(|| Family { response_mode: "list", id: rocket.id, name: &rocket.family });
    let more = whole.map(|totals| ConfigurationMore {
        active: rocket.active,
        is_placeholder: false,
        manufacturer: rocket.manufacturer.map(|id| agency(&Facts::get().providers[&id], whole)),
        program: [],
        reusable: rocket.reusable,
        image: None,
        info_url: None,
        wiki_url: None,
        description: "",
        alias: "",
        min_stage: None,
        max_stage: None,
        length: shape::number(rocket.length_m),
        diameter: shape::number(rocket.diameter_m),
        maiden_flight: rocket.maiden_flight.as_deref(),
        launch_cost: rocket.cost_usd,
        launch_mass: shape::number(rocket.mass_t),
        leo_capacity: shape::number(rocket.leo_kg),
        gto_capacity: shape::number(rocket.gto_kg),
        geo_capacity: None,
        sso_capacity: None,
        to_thrust: shape::number(rocket.thrust_kn),
        apogee: None,
        flights: totals.rocket(rocket.id).into(),
        fastest_turnaround: None,
    });
    Configuration {
        response_mode: if whole.is_some() { "detailed" } else { "list" },
        id: rocket.id,
        url: url(ApiVersion::V230, "launcher_configurations", rocket.id),
        name: &rocket.name,
        families: family.into_iter().collect(),
        full_name: &rocket.full_name,
        variant: &rocket.variant,
        more,
    }
}
