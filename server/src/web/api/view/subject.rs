use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    FromDomain,
    launch::{Location, Pad},
    view,
};

view! {
    /// LL2's counters of launches.
    FlightRecord of domain::FlightRecord {
        total: Option<i32>,
        successful: Option<i32>,
        failed: Option<i32>,
        pending: Option<i32>,
        consecutive_successful: Option<i32>,
    }
}

view! {
    /// The launches in this program's database, counted by outcome.
    Tally of domain::Tally {
        succeeded: i64,
        partly_failed: i64,
        failed: i64,
        /// Flown, or no longer listed as upcoming, without a known outcome.
        unsettled: i64,
        /// Listed as upcoming and not flown yet.
        ahead: i64,
        /// NET of the earliest launch with an outcome: how far back the counts reach.
        since: Option<DateTime<Utc>>,
    }
}

view! {
    ProviderRecord of domain::ProviderRecord {
        /// LL2's id.
        id: i32,
        name: String,
        abbrev: Option<String>,
        kind: Option<String>,
        country_code: Option<String>,
        description: Option<String>,
        administrator: Option<String>,
        founding_year: Option<i32>,
        /// LL2's counters.
        record: FlightRecord,
        /// Counted from the launches in this program's database.
        held: Tally,
        info_url: Option<String>,
        wiki_url: Option<String>,
    }
}

view! {
    RocketRecord of domain::RocketRecord {
        /// LL2's id of the configuration.
        id: i32,
        name: String,
        family: Option<String>,
        variant: Option<String>,
        manufacturer: Option<String>,
        description: Option<String>,
        length_m: Option<f64>,
        diameter_m: Option<f64>,
        launch_mass_t: Option<f64>,
        leo_capacity_kg: Option<f64>,
        gto_capacity_kg: Option<f64>,
        liftoff_thrust_kn: Option<f64>,
        launch_cost_usd: Option<i64>,
        maiden_flight: Option<NaiveDate>,
        is_reusable: Option<bool>,
        /// LL2's counters.
        record: FlightRecord,
        /// Counted from the launches in this program's database.
        held: Tally,
        info_url: Option<String>,
        wiki_url: Option<String>,
    }
}

view! {
    PadRecord of domain::PadRecord {
        description: Option<String>,
        /// LL2's counter.
        total_launch_count: Option<i32>,
        /// Counted from the launches in this program's database.
        held: Tally,
        map_url: Option<String>,
        wiki_url: Option<String>,
    }
}

/// A pad with its location.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(in crate::web::api) struct ListedPad {
    #[serde(flatten)]
    pad: Pad,
    location: Location,
    #[serde(flatten)]
    record: PadRecord,
}

impl FromDomain<(domain::Pad, domain::Location, domain::PadRecord)> for ListedPad {
    fn from_domain((pad, location, record): (domain::Pad, domain::Location, domain::PadRecord)) -> Self {
        Self {
            pad: Pad::from_domain(pad),
            location: Location::from_domain(location),
            record: PadRecord::from_domain(record),
        }
    }
}
