use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{FromDomain, PredictedDates, moon::MoonReach, view};

view! {
    Status of domain::Status {
        /// LL2's id.
        id: i32,
        abbrev: String,
        name: String,
    }
}

view! {
    /// How exact a NET is.
    NetPrecision of domain::NetPrecision {
        /// LL2's id.
        id: i32,
        abbrev: String,
        name: String,
    }
}

view! {
    Provider of domain::Provider {
        /// LL2's id.
        id: i32,
        name: String,
        abbrev: Option<String>,
    }
}

view! {
    Rocket of domain::Rocket {
        /// LL2's id of the configuration.
        id: i32,
        /// Full name of the configuration, such as "Falcon 9 Block 5".
        name: String,
        family: Option<String>,
        length_m: Option<f64>,
        /// Payload capacity to low Earth orbit.
        leo_capacity_kg: Option<f64>,
    }
}

view! {
    Mission of domain::Mission {
        /// LL2's id.
        id: i32,
        name: String,
        #[serde(rename = "type")]
        kind: Option<String>,
        description: Option<String>,
    }
}

view! {
    Orbit of domain::Orbit {
        /// LL2's id.
        id: i32,
        name: String,
        abbrev: String,
        /// The body orbited.
        celestial_body: Option<String>,
    }
}

view! {
    Pad of domain::Pad {
        /// LL2's id.
        id: i32,
        name: String,
        /// Degrees, north positive.
        latitude: Option<f64>,
        /// Degrees, east positive.
        longitude: Option<f64>,
    }
}

view! {
    Location of domain::Location {
        /// LL2's id.
        id: i32,
        name: String,
        /// ISO 3166-1 alpha-3, or `???`.
        country_code: Option<String>,
        /// IANA name.
        timezone: Option<String>,
    }
}

view! {
    Program of domain::Program {
        /// LL2's id.
        id: i32,
        name: String,
    }
}

/// A launch.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(in crate::web::api) struct Launch {
    /// LL2's id.
    id: Uuid,
    /// LL2's full name, such as "Falcon 9 Block 5 | Starlink Group 17-17".
    name: String,
    /// No earlier than. If the precision is a period, LL2 uses its last day.
    net: DateTime<Utc>,
    #[schema(required = true)]
    net_precision: Option<NetPrecision>,
    #[schema(required = true)]
    window_start: Option<DateTime<Utc>>,
    #[schema(required = true)]
    window_end: Option<DateTime<Utc>>,
    status: Status,
    provider: Provider,
    rocket: Rocket,
    #[schema(required = true)]
    mission: Option<Mission>,
    #[schema(required = true)]
    orbit: Option<Orbit>,
    pad: Pad,
    location: Location,
    programs: Vec<Program>,
    /// Chance of acceptable weather in per cent, if the range published one.
    #[schema(required = true)]
    probability: Option<i16>,
    #[schema(required = true)]
    weather_concerns: Option<String>,
    #[schema(required = true)]
    fail_reason: Option<String>,
    webcast_live: bool,
    /// Null while no detailed record was read: unknown is not "no".
    #[schema(required = true)]
    crewed: Option<bool>,
    /// LL2's URL of the picture.
    #[schema(required = true)]
    image: Option<String>,
    #[schema(required = true)]
    image_credit: Option<String>,
    last_updated: DateTime<Utc>,
    /// Number of observed moves of the NET to a later date, beyond its old precision.
    slip_count: i32,
    moon: MoonReach,
    /// 0 to 1: the score of the launch in `/api/v1/decision`, with the weights of the query. Null if a value that it needs is not known.
    #[schema(required = true)]
    score: Option<f64>,
}

impl Launch {
    pub(in crate::web::api) fn new(launch: domain::Launch, score: Option<f64>) -> Self {
        let domain::Launch {
            id,
            name,
            net,
            net_precision,
            window_start,
            window_end,
            status,
            provider,
            rocket,
            mission,
            orbit,
            pad,
            location,
            programs,
            probability,
            weather_concerns,
            fail_reason,
            webcast_live,
            crewed,
            image,
            image_credit,
            last_updated,
            slip_count,
            moon,
            // Not in the API: the forecast, which has its own address there, and every field that is not added to the type above.
            ..
        } = launch;
        Self {
            id,
            name,
            net,
            net_precision: FromDomain::from_domain(net_precision),
            window_start,
            window_end,
            status: Status::from_domain(status),
            provider: Provider::from_domain(provider),
            rocket: Rocket::from_domain(rocket),
            mission: FromDomain::from_domain(mission),
            orbit: FromDomain::from_domain(orbit),
            pad: Pad::from_domain(pad),
            location: Location::from_domain(location),
            programs: FromDomain::from_domain(programs),
            probability,
            weather_concerns,
            fail_reason,
            webcast_live,
            crewed,
            image,
            image_credit,
            last_updated,
            slip_count,
            moon: MoonReach::from_domain(moon),
            score,
        }
    }
}

/// A launch of a list, with its predicted dates.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(in crate::web::api) struct ListedLaunch {
    #[serde(flatten)]
    launch: Launch,
    #[serde(flatten)]
    predicted: PredictedDates,
}

impl ListedLaunch {
    pub(in crate::web::api) fn new(launch: &domain::Launch, score: Option<f64>) -> Self {
        Self { predicted: PredictedDates::of(launch), launch: Launch::new(launch.clone(), score) }
    }
}
