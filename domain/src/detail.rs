use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use crate::{Freshness, Launch, NetPrecision, Status, Tally};

/// Everything known about one launch: the body of `/api/v1/launches/{id}` and of its page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LaunchDetail {
    pub launch: Launch,
    /// LL2 still lists it as upcoming.
    pub is_upcoming: bool,
    /// When LL2 responded with 404 for it: deleted or merged upstream.
    pub deleted_at: Option<DateTime<Utc>>,
    pub first_seen_at: DateTime<Utc>,
    pub designator: Option<String>,
    pub hashtag: Option<String>,
    pub flightclub_url: Option<String>,
    pub infographic_url: Option<String>,
    /// LL2's counts including this launch: of the year and of all time.
    pub attempts: Attempts,
    pub provider: ProviderRecord,
    pub rocket: RocketRecord,
    pub pad: PadRecord,
    pub updates: Vec<Update>,
    pub videos: Vec<Video>,
    pub patches: Vec<Patch>,
    pub links: Vec<Link>,
    pub crew: Vec<CrewMember>,
    pub boosters: Vec<Booster>,
    pub spacecraft: Vec<SpacecraftFlight>,
    pub agencies: Vec<AgencyRecord>,
    /// Programs that the launch belongs to. Not deserialized: the browser receives them as HTML.
    #[serde(skip_deserializing)]
    pub programs: Vec<ProgramRecord>,
    /// Payloads that LL2 lists. Not deserialized: the browser receives them as HTML.
    #[serde(skip_deserializing)]
    pub payloads: Vec<Payload>,
    /// Updates, videos, boosters and crew are known, even if there are none.
    pub has_detail: bool,
    /// Newest first.
    pub revisions: Vec<Revision>,
    /// Newest first.
    pub changes: Vec<NetChange>,
    /// The next launches that share its pad, rocket or provider, in NET order.
    pub related: Vec<Launch>,
    pub freshness: Freshness,
    pub now: DateTime<Utc>,
}

/// The ordinal number of this attempt, as counted by LL2.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attempts {
    pub orbital: Option<i32>,
    pub orbital_year: Option<i32>,
    pub provider: Option<i32>,
    pub provider_year: Option<i32>,
    pub pad: Option<i32>,
    pub pad_year: Option<i32>,
}

/// A flight record, with LL2's current counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FlightRecord {
    pub total: Option<i32>,
    pub successful: Option<i32>,
    pub failed: Option<i32>,
    pub pending: Option<i32>,
    pub consecutive_successful: Option<i32>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProviderRecord {
    pub id: i32,
    pub name: String,
    pub abbrev: Option<String>,
    pub kind: Option<String>,
    pub country_code: Option<String>,
    pub description: Option<String>,
    pub administrator: Option<String>,
    pub founding_year: Option<i32>,
    /// LL2's counters.
    pub record: FlightRecord,
    /// Counted from the stored launches.
    pub held: Tally,
    pub info_url: Option<String>,
    pub wiki_url: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RocketRecord {
    pub id: i32,
    pub name: String,
    pub family: Option<String>,
    pub variant: Option<String>,
    pub manufacturer: Option<String>,
    pub description: Option<String>,
    pub length_m: Option<f64>,
    pub diameter_m: Option<f64>,
    pub launch_mass_t: Option<f64>,
    pub leo_capacity_kg: Option<f64>,
    pub gto_capacity_kg: Option<f64>,
    pub liftoff_thrust_kn: Option<f64>,
    pub launch_cost_usd: Option<i64>,
    pub maiden_flight: Option<NaiveDate>,
    pub is_reusable: Option<bool>,
    /// LL2's counters.
    pub record: FlightRecord,
    /// Counted from the stored launches.
    pub held: Tally,
    pub info_url: Option<String>,
    pub wiki_url: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PadRecord {
    pub description: Option<String>,
    /// LL2's counter.
    pub total_launch_count: Option<i32>,
    /// Counted from the stored launches.
    pub held: Tally,
    pub map_url: Option<String>,
    pub wiki_url: Option<String>,
}

/// A comment by LL2's editors.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Update {
    pub id: i64,
    pub comment: String,
    pub info_url: Option<String>,
    pub created_by: Option<String>,
    pub created_at: Option<DateTime<Utc>>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Video {
    pub url: String,
    pub title: Option<String>,
    pub publisher: Option<String>,
    pub kind: Option<String>,
    pub language_code: Option<String>,
    pub start_at: Option<DateTime<Utc>>,
    pub is_live: Option<bool>,
}

/// A mission patch, of the mission or of its series.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Patch {
    pub name: String,
    pub image: Option<String>,
    pub agency: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    pub url: String,
    pub title: Option<String>,
    pub source: Option<String>,
    pub kind: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CrewMember {
    pub name: String,
    pub role: String,
    pub agency: Option<String>,
    pub nationality: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Booster {
    pub stage_type: Option<String>,
    pub serial_number: Option<String>,
    /// A shared placeholder such as "Unknown F9".
    pub is_placeholder: bool,
    pub is_reused: Option<bool>,
    pub flight_number: Option<i32>,
    pub landing_attempt: Option<bool>,
    pub landing_success: Option<bool>,
    pub landing_type: Option<String>,
    pub landing_location: Option<String>,
}

/// A flight of a spacecraft on the launch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpacecraftFlight {
    /// LL2's id of this flight.
    pub flight_id: i64,
    /// LL2's id of the spacecraft.
    pub id: Option<i32>,
    pub name: Option<String>,
    pub serial_number: Option<String>,
    /// Such as "Cargo Dragon 2".
    pub model: Option<String>,
    /// A shared placeholder, no real spacecraft.
    pub is_placeholder: bool,
    pub destination: Option<String>,
    pub mission_end: Option<DateTime<Utc>>,
    pub landing_attempt: Option<bool>,
    pub landing_success: Option<bool>,
    pub landing_type: Option<String>,
    pub landing_location: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgencyRecord {
    pub id: i32,
    pub name: String,
    pub abbrev: Option<String>,
    pub kind: Option<String>,
    pub country_code: Option<String>,
}

/// A program of launches, such as Artemis.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ProgramRecord {
    pub id: i32,
    pub name: String,
    pub kind: Option<String>,
    pub description: Option<String>,
    pub start_date: Option<NaiveDate>,
    pub end_date: Option<NaiveDate>,
    pub info_url: Option<String>,
    pub wiki_url: Option<String>,
    /// Its launches on the current board.
    pub upcoming_count: i64,
}

/// A payload on one flight.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Payload {
    /// LL2's id of this flight of the payload.
    pub flight_id: i64,
    pub name: String,
    pub kind: Option<String>,
    pub manufacturer: Option<String>,
    pub operator: Option<String>,
    /// Where it is deployed, in LL2's words.
    pub destination: Option<String>,
    /// How many units of it fly.
    pub amount: Option<i32>,
    /// Mass of one unit.
    pub mass_kg: Option<f64>,
    pub description: Option<String>,
    pub info_url: Option<String>,
    pub wiki_url: Option<String>,
}

/// The state of a launch over one interval in which no tracked attribute changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Revision {
    pub number: i32,
    pub valid_from: DateTime<Utc>,
    pub valid_to: Option<DateTime<Utc>>,
    pub name: String,
    pub status: Status,
    pub net: DateTime<Utc>,
    pub net_precision: Option<NetPrecision>,
    pub window_start: Option<DateTime<Utc>>,
    pub window_end: Option<DateTime<Utc>>,
    pub provider: String,
    pub rocket: String,
    pub pad: String,
    pub location: String,
    pub mission: Option<String>,
    pub orbit: Option<String>,
    pub probability: Option<i16>,
    pub is_upcoming: bool,
}

/// An observed change of a NET or of its precision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NetChange {
    pub observed_at: DateTime<Utc>,
    pub kind: NetChangeKind,
    pub direction: NetDirection,
    pub precision_change: PrecisionChange,
    /// The old period had passed when the change was observed.
    pub is_after_old_date: bool,
    pub is_slip: bool,
    /// A slip of a scrub by at most two days.
    pub is_recycle: bool,
    pub net_before: DateTime<Utc>,
    pub net_precision_before: Option<NetPrecision>,
    pub net_after: DateTime<Utc>,
    pub net_precision_after: Option<NetPrecision>,
    /// How far the NET moved out of its old interval, signed. 0 if the new one lies within it.
    pub shift_seconds: i64,
    /// The least and the most by which the flight moved, signed; equal between instants. None if the direction is unknown.
    pub shift_min_seconds: Option<i64>,
    pub shift_max_seconds: Option<i64>,
    /// Observed as it happened. Otherwise it was found by catching up, and may combine several changes.
    pub observed_live: bool,
}

/// The kind of a NET change (`fact_net_change.kind`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum NetChangeKind {
    Slip,
    PullIn,
    Firmed,
    Loosened,
    Placeholder,
    Trim,
    Actual,
}

/// Where a new period lies (`fact_net_change.direction`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum NetDirection {
    /// After the whole old period.
    Later,
    /// Before the whole old period.
    Earlier,
    /// The periods overlap.
    None,
    /// A precision is not given or not known.
    Unknown,
}

/// How the precision of a NET changed (`fact_net_change.precision_change`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum PrecisionChange {
    Finer,
    Coarser,
    Same,
}

impl NetChangeKind {
    pub const ALL: [Self; Self::VARIANTS.len()] = crate::variants(Self::VARIANTS);

    pub fn slug(self) -> &'static str {
        self.into()
    }

    pub fn label(self) -> &'static str {
        match self {
            Self::Slip => "Slipped",
            Self::PullIn => "Pulled in",
            Self::Firmed => "Firmed up",
            Self::Loosened => "Loosened",
            Self::Placeholder => "Placeholder moved",
            Self::Trim => "Trimmed",
            Self::Actual => "Flown",
        }
    }

    pub fn from_slug(slug: &str) -> Option<Self> {
        slug.parse().ok()
    }
}
