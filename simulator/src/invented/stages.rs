//! Crews and boosters in LL2's format. Names of people and stages are invented.

use serde::Serialize;

use super::{
    codes::{self, status},
    facts::{Country, Facts},
    hardware::PEOPLE,
    item::Item,
    mission::DISCLAIMER,
    shape::{IdName, url},
};
use crate::ApiVersion;

const GIVEN: [&str; 10] = ["Ada", "Bo", "Cleo", "Dara", "Emil", "Fay", "Gus", "Hana", "Ivo", "Jun"];
const FAMILY: [&str; 8] = ["Alder", "Birch", "Cedar", "Elm", "Fir", "Hazel", "Linden", "Rowan"];
const ROLES: [(i64, &str); 4] =
    [(1, "Commander"), (2, "Pilot"), (24, "Mission Specialist"), (25, "Spaceflight Participant")];

// Every astronaut has a unique name.
const _: () = assert!(GIVEN.len() * FAMILY.len() == PEOPLE);

/// First id of invented people, above any of LL2's.
const FIRST_ASTRONAUT: i64 = 900_000;

/// Invented spacecraft, and the first of their ids.
const SPACECRAFT: u64 = 7;
const FIRST_SPACECRAFT: u64 = 900_000;

#[derive(Serialize)]
pub(super) struct SpacecraftStage {
    #[serde(skip_serializing_if = "Option::is_none")]
    response_mode: Option<&'static str>,
    id: u64,
    url: String,
    mission_end: Option<&'static str>,
    destination: &'static str,
    spacecraft: Spacecraft,
    landing: Landing,
    launch_crew: Vec<CrewMember>,
    onboard_crew: [(); 0],
    landing_crew: [(); 0],
    docking_events: [(); 0],
}

#[derive(Serialize)]
struct Spacecraft {
    id: u64,
    url: String,
    name: String,
    serial_number: String,
    is_placeholder: bool,
    status: IdName<'static>,
    description: &'static str,
    spacecraft_config: SpacecraftConfig,
}

#[derive(Serialize)]
struct SpacecraftConfig {
    id: i64,
    name: &'static str,
    r#type: IdName<'static>,
    agency: Option<IdName<'static>>,
    human_rated: bool,
    crew_capacity: usize,
}

#[derive(Serialize)]
struct CrewMember {
    id: u64,
    role: Role,
    astronaut: Astronaut,
}

#[derive(Serialize)]
struct Role {
    id: i64,
    role: &'static str,
    priority: usize,
}

#[derive(Serialize)]
struct Astronaut {
    id: i64,
    url: String,
    name: String,
    r#type: IdName<'static>,
    status: IdName<'static>,
    agency: Option<IdName<'static>>,
    nationality: Nationality,
}

/// A word in 2.2.0, a list of countries in 2.3.0.
#[derive(Serialize)]
#[serde(untagged)]
enum Nationality {
    Word(&'static str),
    Countries(Vec<CountryOfBirth>),
}

#[derive(Serialize)]
struct CountryOfBirth {
    id: i64,
    name: &'static str,
    alpha_2_code: &'static str,
    alpha_3_code: &'static str,
    nationality_name: &'static str,
    nationality_name_composed: &'static str,
}

impl From<&'static Country> for CountryOfBirth {
    fn from(country: &'static Country) -> Self {
        CountryOfBirth {
            id: country.id,
            name: &country.name,
            alpha_2_code: &country.alpha_2,
            alpha_3_code: &country.alpha_3,
            nationality_name: &country.nationality,
            nationality_name_composed: &country.nationality,
        }
    }
}

#[derive(Serialize)]
pub(super) struct LauncherStage {
    id: u64,
    r#type: &'static str,
    reused: bool,
    launcher_flight_number: u32,
    launcher: Launcher,
    landing: Landing,
    previous_flight_date: Option<&'static str>,
    previous_flight: Option<&'static str>,
}

#[derive(Serialize)]
struct Launcher {
    id: u32,
    url: String,
    details: &'static str,
    flight_proven: bool,
    serial_number: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_placeholder: Option<bool>,
}

#[derive(Serialize)]
struct Landing {
    id: u64,
    attempt: bool,
    success: Option<bool>,
    description: &'static str,
    downrange_distance: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    location: Option<Place>,
    #[serde(skip_serializing_if = "Option::is_none")]
    landing_location: Option<Place>,
    r#type: Place,
}

/// `{id, name, abbrev}`.
#[derive(Serialize)]
struct Place {
    id: i64,
    name: &'static str,
    abbrev: &'static str,
}

const OCEAN: Place = Place { id: 18, name: "Pacific Ocean", abbrev: "PAC" };

/// Returns the spacecraft of a crewed launch.
pub(super) fn spacecraft(item: &Item, version: ApiVersion) -> Option<SpacecraftStage> {
    let crew = &item.launch.hardware.crew;
    let id = item.launch.serial + 1;
    (!crew.is_empty() && item.state().is_named).then(|| SpacecraftStage {
        response_mode: (version == ApiVersion::V230).then_some("detailed"),
        id,
        url: url(version, "spacecraft/flight", id),
        mission_end: None,
        destination: codes::orbit(item.launch.entry.orbit).1,
        spacecraft: vehicle(item.launch.serial, version),
        landing: Landing {
            // Above those of boosters.
            id: 50_000_000 + id,
            attempt: true,
            success: status::is_final(item.state().status).then_some(item.state().status == status::SUCCESS),
            description: DISCLAIMER,
            downrange_distance: None,
            location: (version == ApiVersion::V220).then_some(OCEAN),
            landing_location: (version == ApiVersion::V230).then_some(OCEAN),
            r#type: Place { id: 4, name: "Parachute Landing", abbrev: "PCL" },
        },
        launch_crew: crew
            .iter()
            .enumerate()
            .map(|(seat, &person)| {
                let (role_id, role) = ROLES[seat.min(ROLES.len() - 1)];
                CrewMember {
                    id: id * 10 + seat as u64,
                    role: Role { id: role_id, role, priority: seat },
                    astronaut: astronaut(person, version),
                }
            })
            .collect(),
        onboard_crew: [],
        landing_crew: [],
        docking_events: [],
    })
}

fn vehicle(serial: u64, version: ApiVersion) -> Spacecraft {
    let number = serial % SPACECRAFT;
    let id = FIRST_SPACECRAFT + number;
    Spacecraft {
        id,
        url: url(version, "spacecraft", id),
        name: format!("Simulated Capsule {}", number + 1),
        serial_number: format!("SIMC{}", number + 1),
        is_placeholder: false,
        status: IdName { id: 1, name: "Active" },
        description: DISCLAIMER,
        spacecraft_config: SpacecraftConfig {
            id: 900,
            name: "Simulated Capsule",
            r#type: IdName { id: 2, name: "Capsule" },
            agency: None,
            human_rated: true,
            crew_capacity: 7,
        },
    }
}

fn astronaut(person: usize, version: ApiVersion) -> Astronaut {
    const NATIONS: [&str; 5] = ["USA", "FRA", "JPN", "CAN", "ITA"];
    let id = FIRST_ASTRONAUT + person as i64;
    let name = format!("{} {}", GIVEN[person % GIVEN.len()], FAMILY[person / GIVEN.len() % FAMILY.len()]);
    let country = Facts::get().countries.get(NATIONS[person % NATIONS.len()]);
    Astronaut {
        id,
        url: url(version, if version == ApiVersion::V220 { "astronaut" } else { "astronauts" }, id),
        name,
        r#type: IdName { id: 2, name: "Government" },
        status: IdName { id: 1, name: "Active" },
        agency: None,
        nationality: match version {
            ApiVersion::V220 => Nationality::Word(country.map_or("Unknown", |country| &country.nationality)),
            ApiVersion::V230 => Nationality::Countries(country.into_iter().map(CountryOfBirth::from).collect()),
        },
    }
}

/// Returns the boosters, if the date of the launch is more than a placeholder.
pub(super) fn launchers(item: &Item, version: ApiVersion) -> Vec<LauncherStage> {
    let state = item.state();
    if state.status == status::TBD {
        return Vec::new();
    }
    let boosters = item.launch.hardware.boosters.iter().enumerate();
    boosters
        .map(|(position, booster)| {
            let id = (item.launch.serial + 1) * 10 + position as u64;
            let ship = || Place { id: 16, name: "Drone ship", abbrev: "SHIP" };
            let serial_number = format!("SIM{}", booster.serial);
            LauncherStage {
                id,
                r#type: if position == 0 { "Core" } else { "Strap-On Booster" },
                reused: booster.flight > 1,
                launcher_flight_number: booster.flight,
                launcher: Launcher {
                    id: booster.serial,
                    url: url(
                        version,
                        if version == ApiVersion::V220 { "launcher" } else { "launchers" },
                        booster.serial,
                    ),
                    details: "",
                    flight_proven: booster.flight > 1,
                    serial_number,
                    is_placeholder: (version == ApiVersion::V230).then_some(false),
                },
                landing: Landing {
                    id,
                    attempt: true,
                    success: status::is_final(state.status).then_some(booster.lands && state.status == status::SUCCESS),
                    description: DISCLAIMER,
                    downrange_distance: None,
                    location: (version == ApiVersion::V220).then(ship),
                    landing_location: (version == ApiVersion::V230).then(ship),
                    r#type: Place { id: 1, name: "Autonomous Spaceport Drone Ship", abbrev: "ASDS" },
                },
                previous_flight_date: None,
                previous_flight: None,
            }
        })
        .collect()
}
