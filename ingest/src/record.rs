//! The common form of all API versions: LL2's record with our names, one field per staging column.
//!
//! To add a field: a migration that adds its column to the staging table and to the target table, the field here, and
//! its key in [`crate::ll2`]. The fields of [`Launch`] are its columns; those of the other records have a line in
//! [`crate::staging::columns`].

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use crate::column::{AsValue, Value, row};

/// Why a record cannot be used. It goes to quarantine and does not stop other records.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Unusable {
    #[error("not the shape of a launch: {0}")]
    Shape(String),
    /// The id or the name. Without an id a launch cannot be identified, without a name it cannot be shown. Everything
    /// else may be missing and is then unknown.
    #[error("`{0}` is missing or unreadable")]
    Missing(&'static str),
}

impl Unusable {
    /// Returns the field that causes the error, if known.
    pub(crate) fn field(&self) -> Option<&'static str> {
        match self {
            Self::Shape(_) => None,
            Self::Missing(field) => Some(field),
        }
    }
}

/// The id of the member for missing values, in the dimensions that every launch refers to. LL2's ids start at 0. LL2
/// also has "unknown" members (orbit 25, sixteen pads), which mean that LL2's editors do not know; this one means that
/// we do not.
///
/// Rejected: nullable foreign keys. Every query of the board, every export and the contract of the API would have to
/// handle null in the same way, each in its own place.
pub(crate) const UNKNOWN_ID: i32 = -1;

/// The name of that member.
pub(crate) const UNKNOWN: &str = "Unknown";

/// Columns that the page did not contain, as opposed to sent as null.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Absent(pub(crate) Vec<&'static str>);

impl Absent {
    /// Returns the value, and notes the column if the key was missing.
    pub(crate) fn note<'v, T>(&mut self, column: &'static str, value: &'v Option<T>) -> Option<&'v T> {
        if value.is_none() {
            self.0.push(column);
        }
        value.as_ref()
    }

    /// Starts with the columns that this API version never sends.
    pub(crate) fn of(columns: &[&'static str]) -> Self {
        Self(columns.to_vec())
    }
}

impl AsValue for Absent {
    fn as_value(&self) -> Value<'_> {
        Value::Names(&self.0)
    }
}

/// A launch with everything that was sent with it. A dimension member without a name keeps its stored name.
#[derive(Debug)]
pub(crate) struct Record<'r> {
    pub(crate) launch_id: Uuid,
    pub(crate) launch: Launch<'r>,
    pub(crate) status: Word<'r>,
    pub(crate) net_precision: Option<Word<'r>>,
    pub(crate) provider: Agency<'r>,
    pub(crate) rocket_config: RocketConfig<'r>,
    /// None: the pad keeps its location.
    pub(crate) location: Option<Location<'r>>,
    pub(crate) pad: Pad<'r>,
    pub(crate) mission: Option<Mission<'r>>,
    pub(crate) orbit: Option<Orbit<'r>>,
    pub(crate) programs: Vec<Program<'r>>,
    pub(crate) agencies: Vec<Agency<'r>>,
    /// Data that only `detailed` records contain; none for other records.
    pub(crate) detail: Option<Detail<'r>>,
}

row! {
    /// A launch's own row in staging. Its content hash covers everything except the counters, in this order
    /// ([`crate::staging::columns`]).
    #[derive(Debug, Default)]
    pub(crate) struct Launch<'r> {
        is_detailed: bool,
        absent: Absent,
        name: &'r str => [Tracked],
        slug: Option<&'r str>,
        launch_designator: Option<&'r str> => [Optional],
        status_id: i32 => [Tracked],
        provider_id: i32 => [Tracked],
        rocket_config_id: i32 => [Tracked],
        mission_id: Option<i32> => [Tracked],
        pad_id: i32 => [Tracked],
        /// None: neither LL2's NET nor its window is usable.
        net_at: Option<DateTime<Utc>> => [Tracked],
        net_precision_id: Option<i32> => [Tracked],
        window_start_at: Option<DateTime<Utc>> => [Tracked],
        window_end_at: Option<DateTime<Utc>> => [Tracked],
        probability_percent: Option<i32> => [Tracked],
        weather_concerns: Option<&'r str> => [Tracked],
        fail_reason: Option<&'r str> => [Tracked],
        hashtag: Option<&'r str>,
        is_webcast_live: bool,
        image_url: Option<&'r str>,
        image_credit: Option<&'r str>,
        infographic_url: Option<&'r str>,
        flightclub_url: Option<&'r str> => [Optional],
        pad_turnaround: Option<&'r str> => [Optional, Counter],
        orbital_launch_attempt_count: Option<i32> => [Counter],
        location_launch_attempt_count: Option<i32> => [Counter],
        pad_launch_attempt_count: Option<i32> => [Counter],
        agency_launch_attempt_count: Option<i32> => [Counter],
        orbital_launch_attempt_count_year: Option<i32> => [Counter],
        location_launch_attempt_count_year: Option<i32> => [Counter],
        pad_launch_attempt_count_year: Option<i32> => [Counter],
        agency_launch_attempt_count_year: Option<i32> => [Counter],
        last_updated_at: Option<DateTime<Utc>>,
    }
}

/// A status or a precision.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Word<'r> {
    pub(crate) id: i32,
    pub(crate) name: Option<&'r str>,
    pub(crate) abbrev: Option<&'r str>,
    pub(crate) description: Option<&'r str>,
}

/// Past and future launches of a provider or a rocket.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Counts {
    pub(crate) total: Option<i32>,
    pub(crate) successful: Option<i32>,
    pub(crate) failed: Option<i32>,
    pub(crate) pending: Option<i32>,
    pub(crate) consecutive_successful: Option<i32>,
}

/// An agency in any of its roles.
#[derive(Debug, Default)]
pub(crate) struct Agency<'r> {
    pub(crate) id: i32,
    pub(crate) absent: Absent,
    pub(crate) name: Option<&'r str>,
    pub(crate) abbrev: Option<&'r str>,
    pub(crate) kind: Option<&'r str>,
    pub(crate) country_code: Option<String>,
    pub(crate) description: Option<&'r str>,
    pub(crate) administrator: Option<&'r str>,
    pub(crate) founding_year: Option<i32>,
    pub(crate) counts: Counts,
    pub(crate) info_url: Option<&'r str>,
    pub(crate) wiki_url: Option<&'r str>,
    pub(crate) logo_url: Option<&'r str>,
    pub(crate) image_url: Option<&'r str>,
}

#[derive(Debug, Default)]
pub(crate) struct RocketConfig<'r> {
    pub(crate) id: i32,
    pub(crate) absent: Absent,
    pub(crate) name: Option<&'r str>,
    pub(crate) full_name: Option<&'r str>,
    pub(crate) family: Option<&'r str>,
    pub(crate) variant: Option<&'r str>,
    /// Also without an agency: older records have only the name.
    pub(crate) manufacturer_name: Option<&'r str>,
    pub(crate) manufacturer: Option<Agency<'r>>,
    pub(crate) is_active: Option<bool>,
    pub(crate) is_reusable: Option<bool>,
    pub(crate) description: Option<&'r str>,
    pub(crate) length_m: Option<f64>,
    pub(crate) diameter_m: Option<f64>,
    pub(crate) launch_mass_t: Option<f64>,
    pub(crate) leo_capacity_kg: Option<f64>,
    pub(crate) gto_capacity_kg: Option<f64>,
    pub(crate) liftoff_thrust_kn: Option<f64>,
    pub(crate) launch_cost_usd: Option<i64>,
    pub(crate) maiden_flight_date: Option<NaiveDate>,
    pub(crate) counts: Counts,
    pub(crate) info_url: Option<&'r str>,
    pub(crate) wiki_url: Option<&'r str>,
    pub(crate) image_url: Option<&'r str>,
}

#[derive(Debug, Default)]
pub(crate) struct Location<'r> {
    pub(crate) id: i32,
    pub(crate) absent: Absent,
    pub(crate) name: Option<&'r str>,
    pub(crate) country_code: Option<&'r str>,
    pub(crate) timezone_name: Option<&'r str>,
    pub(crate) latitude: Option<f64>,
    pub(crate) longitude: Option<f64>,
    pub(crate) celestial_body: Option<&'r str>,
    pub(crate) description: Option<&'r str>,
    pub(crate) total_launch_count: Option<i32>,
    pub(crate) total_landing_count: Option<i32>,
}

#[derive(Debug, Default)]
pub(crate) struct Pad<'r> {
    pub(crate) id: i32,
    pub(crate) absent: Absent,
    pub(crate) name: Option<&'r str>,
    pub(crate) latitude: Option<f64>,
    pub(crate) longitude: Option<f64>,
    pub(crate) country_code: Option<&'r str>,
    pub(crate) description: Option<&'r str>,
    pub(crate) total_launch_count: Option<i32>,
    pub(crate) orbital_launch_attempt_count: Option<i32>,
    pub(crate) map_url: Option<&'r str>,
    pub(crate) wiki_url: Option<&'r str>,
    pub(crate) info_url: Option<&'r str>,
}

#[derive(Debug)]
pub(crate) struct Mission<'r> {
    pub(crate) id: i32,
    pub(crate) name: Option<&'r str>,
    pub(crate) mission_type: Option<&'r str>,
    pub(crate) description: Option<&'r str>,
}

#[derive(Debug)]
pub(crate) struct Orbit<'r> {
    pub(crate) id: i32,
    pub(crate) absent: Absent,
    pub(crate) name: Option<&'r str>,
    pub(crate) abbrev: Option<&'r str>,
    pub(crate) celestial_body: Option<&'r str>,
}

#[derive(Debug)]
pub(crate) struct Program<'r> {
    pub(crate) id: i32,
    pub(crate) absent: Absent,
    pub(crate) name: Option<&'r str>,
    pub(crate) description: Option<&'r str>,
    pub(crate) kind: Option<&'r str>,
    pub(crate) start_date: Option<NaiveDate>,
    pub(crate) end_date: Option<NaiveDate>,
    pub(crate) info_url: Option<&'r str>,
    pub(crate) wiki_url: Option<&'r str>,
    pub(crate) image_url: Option<&'r str>,
}

/// The child sets of a `detailed` record.
#[derive(Debug, Default)]
pub(crate) struct Detail<'r> {
    pub(crate) updates: Vec<Update<'r>>,
    pub(crate) videos: Vec<Video<'r>>,
    pub(crate) patches: Vec<Patch<'r>>,
    pub(crate) links: Vec<InfoLink<'r>>,
    pub(crate) crew: Vec<CrewMember<'r>>,
    pub(crate) boosters: Vec<Booster<'r>>,
    pub(crate) spacecraft_flights: Vec<SpacecraftFlight<'r>>,
    pub(crate) payloads: Vec<Payload<'r>>,
}

#[derive(Debug)]
pub(crate) struct Payload<'r> {
    pub(crate) flight_id: i64,
    pub(crate) name: &'r str,
    pub(crate) kind: Option<&'r str>,
    pub(crate) manufacturer_name: Option<&'r str>,
    pub(crate) manufacturer: Option<Agency<'r>>,
    pub(crate) operator_name: Option<&'r str>,
    pub(crate) operator: Option<Agency<'r>>,
    pub(crate) destination: Option<&'r str>,
    pub(crate) amount: Option<i32>,
    pub(crate) mass_kg: Option<f64>,
    pub(crate) description: Option<&'r str>,
    pub(crate) info_url: Option<&'r str>,
    pub(crate) wiki_url: Option<&'r str>,
}

#[derive(Debug)]
pub(crate) struct Update<'r> {
    pub(crate) id: i64,
    pub(crate) comment: &'r str,
    pub(crate) info_url: Option<&'r str>,
    pub(crate) created_by: Option<&'r str>,
    pub(crate) created_at: Option<DateTime<Utc>>,
}

#[derive(Debug)]
pub(crate) struct Video<'r> {
    pub(crate) url: &'r str,
    pub(crate) priority: Option<i32>,
    pub(crate) title: Option<&'r str>,
    pub(crate) publisher: Option<&'r str>,
    pub(crate) source: Option<&'r str>,
    pub(crate) description: Option<&'r str>,
    pub(crate) kind: Option<&'r str>,
    pub(crate) language_code: Option<&'r str>,
    pub(crate) start_at: Option<DateTime<Utc>>,
    pub(crate) end_at: Option<DateTime<Utc>>,
    pub(crate) is_live: Option<bool>,
}

#[derive(Debug)]
pub(crate) struct Patch<'r> {
    pub(crate) id: i64,
    pub(crate) name: &'r str,
    pub(crate) priority: Option<i32>,
    pub(crate) image_url: Option<&'r str>,
    pub(crate) agency_name: Option<&'r str>,
    pub(crate) agency: Option<Agency<'r>>,
}

#[derive(Debug)]
pub(crate) struct InfoLink<'r> {
    pub(crate) url: &'r str,
    pub(crate) priority: Option<i32>,
    pub(crate) title: Option<&'r str>,
    pub(crate) source: Option<&'r str>,
    pub(crate) description: Option<&'r str>,
    pub(crate) kind: Option<&'r str>,
}

#[derive(Debug)]
pub(crate) struct CrewMember<'r> {
    pub(crate) role: &'r str,
    pub(crate) astronaut: Astronaut<'r>,
}

#[derive(Debug)]
pub(crate) struct Astronaut<'r> {
    pub(crate) id: i64,
    pub(crate) absent: Absent,
    pub(crate) name: &'r str,
    /// The adjective, such as `American`; several joined by commas.
    pub(crate) nationality: Option<String>,
    /// ISO 3166-1 alpha-3, joined by commas; only 2.3.0 sends it.
    pub(crate) country_code: Option<String>,
    pub(crate) agency_name: Option<&'r str>,
    pub(crate) agency: Option<Agency<'r>>,
    pub(crate) kind: Option<&'r str>,
    pub(crate) status: Option<&'r str>,
    pub(crate) birth_date: Option<NaiveDate>,
    pub(crate) death_date: Option<NaiveDate>,
    pub(crate) wiki_url: Option<&'r str>,
    pub(crate) image_url: Option<&'r str>,
}

/// A stage of the rocket, which may be recovered and fly again.
#[derive(Debug)]
pub(crate) struct Booster<'r> {
    /// LL2's id of this stage of this launch.
    pub(crate) stage_id: i64,
    /// The vehicle that flies as this stage.
    pub(crate) launcher: Option<Launcher<'r>>,
    pub(crate) stage_type: Option<&'r str>,
    pub(crate) serial_number: Option<&'r str>,
    pub(crate) is_placeholder: bool,
    pub(crate) is_reused: Option<bool>,
    pub(crate) flight_number: Option<i32>,
    pub(crate) previous_flight_at: Option<DateTime<Utc>>,
    pub(crate) landing: Landing<'r>,
}

/// The landing of a stage or a spacecraft; empty if LL2 plans none or does not mention one.
#[derive(Debug, Default)]
pub(crate) struct Landing<'r> {
    pub(crate) id: Option<i64>,
    pub(crate) is_attempted: Option<bool>,
    pub(crate) is_successful: Option<bool>,
    pub(crate) kind: Option<&'r str>,
    pub(crate) location_name: Option<&'r str>,
    pub(crate) location: Option<LandingLocation<'r>>,
    pub(crate) downrange_km: Option<f64>,
}

#[derive(Debug, Default)]
pub(crate) struct LandingLocation<'r> {
    pub(crate) id: i32,
    pub(crate) absent: Absent,
    pub(crate) name: Option<&'r str>,
    pub(crate) abbrev: Option<&'r str>,
    pub(crate) description: Option<&'r str>,
    pub(crate) location_id: Option<i32>,
    pub(crate) latitude: Option<f64>,
    pub(crate) longitude: Option<f64>,
    pub(crate) is_active: Option<bool>,
    pub(crate) attempted_landing_count: Option<i32>,
    pub(crate) successful_landing_count: Option<i32>,
    pub(crate) failed_landing_count: Option<i32>,
}

/// A vehicle that flies as a stage, once or many times.
#[derive(Debug, Default)]
pub(crate) struct Launcher<'r> {
    pub(crate) id: i32,
    pub(crate) absent: Absent,
    pub(crate) serial_number: Option<&'r str>,
    pub(crate) is_placeholder: bool,
    pub(crate) status: Option<&'r str>,
    pub(crate) description: Option<&'r str>,
    pub(crate) is_flight_proven: Option<bool>,
    pub(crate) flight_count: Option<i32>,
    pub(crate) attempted_landing_count: Option<i32>,
    pub(crate) successful_landing_count: Option<i32>,
    pub(crate) first_launch_at: Option<DateTime<Utc>>,
    pub(crate) last_launch_at: Option<DateTime<Utc>>,
    pub(crate) image_url: Option<&'r str>,
}

/// A flight of a spacecraft on a launch.
#[derive(Debug)]
pub(crate) struct SpacecraftFlight<'r> {
    pub(crate) id: i64,
    pub(crate) spacecraft: Option<Spacecraft<'r>>,
    pub(crate) destination: Option<&'r str>,
    pub(crate) mission_end_at: Option<DateTime<Utc>>,
    pub(crate) landing: Landing<'r>,
}

/// A spacecraft with its configuration.
#[derive(Debug, Default)]
pub(crate) struct Spacecraft<'r> {
    pub(crate) id: i32,
    pub(crate) absent: Absent,
    pub(crate) name: Option<&'r str>,
    pub(crate) serial_number: Option<&'r str>,
    pub(crate) is_placeholder: Option<bool>,
    pub(crate) status: Option<&'r str>,
    pub(crate) description: Option<&'r str>,
    pub(crate) is_in_space: Option<bool>,
    pub(crate) flight_count: Option<i32>,
    pub(crate) mission_end_count: Option<i32>,
    pub(crate) image_url: Option<&'r str>,
    pub(crate) config_id: Option<i32>,
    pub(crate) config_name: Option<&'r str>,
    pub(crate) config_type: Option<&'r str>,
    pub(crate) manufacturer: Option<Agency<'r>>,
    pub(crate) is_human_rated: Option<bool>,
    pub(crate) crew_capacity: Option<i32>,
    pub(crate) payload_capacity_kg: Option<f64>,
    pub(crate) maiden_flight_date: Option<NaiveDate>,
}
