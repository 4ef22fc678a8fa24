mod alarm;
mod analysis;
mod board;
mod calendar;
mod clearness;
mod comparison;
mod csv;
mod deadline;
mod decision;
mod forecast;
mod freshness;
mod index;
mod moon;
mod net;
mod packed;
mod pairs;
mod query;
mod query_golden;
mod share;
mod text;
mod visit;
mod words;
mod world;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{Launch, Location, Mission, MoonReach, NetPrecision, Orbit, Pad, Provider, Rocket, Status};

pub(super) fn at(text: &str) -> DateTime<Utc> {
    text.parse().expect("a valid time")
}

pub(super) fn precision(id: i32) -> Option<NetPrecision> {
    Some(NetPrecision { id, abbrev: format!("P{id}"), name: format!("Precision {id}") })
}

/// Returns a launch with every attribute that filters use. Ids of different kinds come from disjoint ranges, so that a
/// filter that checks the wrong id finds nothing.
pub(super) fn launch(number: u128) -> Launch {
    let orbit = Orbit { id: 8, name: "Low Earth Orbit".into(), abbrev: "LEO".into(), celestial_body: None };
    Launch {
        id: Uuid::from_u128(number),
        name: format!("Falcon 9 Block 5 | Mission {number}"),
        net: at("2026-04-01T22:24:00Z"),
        net_precision: precision(1),
        window_start: Some(at("2026-04-01T22:24:00Z")),
        window_end: Some(at("2026-04-02T00:24:00Z")),
        status: Status { id: 1, abbrev: "Go".into(), name: "Go for Launch".into() },
        provider: Provider { id: 121, name: "SpaceX".into(), abbrev: Some("SpX".into()) },
        rocket: Rocket {
            id: 164,
            name: "Falcon 9 Block 5".into(),
            family: Some("Falcon".into()),
            length_m: Some(70.0),
            leo_capacity_kg: Some(22_800.0),
        },
        mission: Some(Mission {
            id: 7000,
            name: format!("Mission {number}"),
            kind: Some("Communications".into()),
            description: Some("A batch of satellites.".into()),
        }),
        moon: MoonReach::judge(Some(&orbit), None),
        orbit: Some(orbit),
        pad: Pad { id: 80, name: "SLC-40".into(), latitude: Some(28.56), longitude: Some(-80.57) },
        location: Location {
            id: 12,
            name: "Cape Canaveral SFS, FL, USA".into(),
            country_code: Some("USA".into()),
            timezone: Some("America/New_York".into()),
        },
        crewed: Some(false),
        last_updated: at("2026-03-20T00:00:00Z"),
        ..Launch::default()
    }
}
