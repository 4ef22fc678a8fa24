use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    Freshness, FromDomain, Launch, NetChange, Revision,
    subject::{PadRecord, ProviderRecord, RocketRecord},
    view,
};

view! {
    /// Which attempt this launch is, as LL2 counts them: in total, and in its year.
    Attempts of domain::Attempts {
        orbital: Option<i32>,
        orbital_year: Option<i32>,
        provider: Option<i32>,
        provider_year: Option<i32>,
        pad: Option<i32>,
        pad_year: Option<i32>,
    }
}

view! {
    /// A remark of LL2's editors.
    Update of domain::Update {
        id: i64,
        comment: String,
        info_url: Option<String>,
        created_by: Option<String>,
        created_at: Option<DateTime<Utc>>,
    }
}

view! {
    Video of domain::Video {
        url: String,
        title: Option<String>,
        publisher: Option<String>,
        kind: Option<String>,
        language_code: Option<String>,
        start_at: Option<DateTime<Utc>>,
        is_live: Option<bool>,
    }
}

view! {
    /// A mission patch, of the mission or of the series it belongs to.
    Patch of domain::Patch {
        name: String,
        image: Option<String>,
        agency: Option<String>,
    }
}

view! {
    Link of domain::Link {
        url: String,
        title: Option<String>,
        source: Option<String>,
        kind: Option<String>,
    }
}

view! {
    CrewMember of domain::CrewMember {
        name: String,
        role: String,
        agency: Option<String>,
        nationality: Option<String>,
    }
}

view! {
    Booster of domain::Booster {
        stage_type: Option<String>,
        serial_number: Option<String>,
        /// A shared dummy such as "Unknown F9".
        is_placeholder: bool,
        is_reused: Option<bool>,
        flight_number: Option<i32>,
        landing_attempt: Option<bool>,
        landing_success: Option<bool>,
        landing_type: Option<String>,
        landing_location: Option<String>,
    }
}

view! {
    /// A flight of a spacecraft on the launch.
    SpacecraftFlight of domain::SpacecraftFlight {
        /// LL2's id of this flight.
        flight_id: i64,
        /// LL2's id of the spacecraft.
        id: Option<i32>,
        name: Option<String>,
        serial_number: Option<String>,
        /// Such as "Cargo Dragon 2".
        model: Option<String>,
        /// A shared dummy, no real spacecraft.
        is_placeholder: bool,
        /// In LL2's words.
        destination: Option<String>,
        mission_end: Option<DateTime<Utc>>,
        landing_attempt: Option<bool>,
        landing_success: Option<bool>,
        landing_type: Option<String>,
        landing_location: Option<String>,
    }
}

view! {
    AgencyRecord of domain::AgencyRecord {
        /// LL2's id.
        id: i32,
        name: String,
        abbrev: Option<String>,
        kind: Option<String>,
        country_code: Option<String>,
    }
}

view! {
    /// A program that launches belong to, such as Artemis.
    ProgramRecord of domain::ProgramRecord {
        /// LL2's id.
        id: i32,
        name: String,
        kind: Option<String>,
        description: Option<String>,
        start_date: Option<NaiveDate>,
        end_date: Option<NaiveDate>,
        info_url: Option<String>,
        wiki_url: Option<String>,
        /// Its upcoming launches.
        upcoming_count: i64,
    }
}

view! {
    Payload of domain::Payload {
        /// LL2's id of this flight of the payload.
        flight_id: i64,
        name: String,
        kind: Option<String>,
        manufacturer: Option<String>,
        operator: Option<String>,
        /// Where the payload is released, in LL2's words.
        destination: Option<String>,
        /// Number of these payloads on the flight.
        amount: Option<i32>,
        /// Mass of one of them.
        mass_kg: Option<f64>,
        description: Option<String>,
        info_url: Option<String>,
        wiki_url: Option<String>,
    }
}

/// All data about one launch.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(in crate::web::api) struct LaunchDetail {
    launch: Launch,
    /// LL2 lists it as upcoming.
    is_upcoming: bool,
    /// LL2 responded with 404 for it at this time: deleted or merged upstream.
    #[schema(required = true)]
    deleted_at: Option<DateTime<Utc>>,
    first_seen_at: DateTime<Utc>,
    #[schema(required = true)]
    designator: Option<String>,
    #[schema(required = true)]
    hashtag: Option<String>,
    #[schema(required = true)]
    flightclub_url: Option<String>,
    #[schema(required = true)]
    infographic_url: Option<String>,
    attempts: Attempts,
    provider: ProviderRecord,
    rocket: RocketRecord,
    pad: PadRecord,
    updates: Vec<Update>,
    videos: Vec<Video>,
    patches: Vec<Patch>,
    links: Vec<Link>,
    crew: Vec<CrewMember>,
    boosters: Vec<Booster>,
    spacecraft: Vec<SpacecraftFlight>,
    agencies: Vec<AgencyRecord>,
    programs: Vec<ProgramRecord>,
    payloads: Vec<Payload>,
    /// Updates, videos, boosters and crew were read; an empty list then means that there are none.
    has_detail: bool,
    /// Newest first.
    revisions: Vec<Revision>,
    /// Newest first.
    changes: Vec<NetChange>,
    /// The next launches that share its pad, rocket or provider, in NET order.
    related: Vec<Launch>,
    freshness: Freshness,
    /// The time of the response.
    now: DateTime<Utc>,
}

impl LaunchDetail {
    /// `score` returns the score of a launch.
    pub(in crate::web::api) fn new(
        detail: domain::LaunchDetail,
        score: impl Fn(&domain::Launch) -> Option<f64>,
    ) -> Self {
        let scored = |launch: domain::Launch| {
            let score = score(&launch);
            Launch::new(launch, score)
        };
        let domain::LaunchDetail {
            launch,
            is_upcoming,
            deleted_at,
            first_seen_at,
            designator,
            hashtag,
            flightclub_url,
            infographic_url,
            attempts,
            provider,
            rocket,
            pad,
            updates,
            videos,
            patches,
            links,
            crew,
            boosters,
            spacecraft,
            agencies,
            programs,
            payloads,
            has_detail,
            revisions,
            changes,
            related,
            freshness,
            now,
        } = detail;
        Self {
            launch: scored(launch),
            is_upcoming,
            deleted_at,
            first_seen_at,
            designator,
            hashtag,
            flightclub_url,
            infographic_url,
            attempts: Attempts::from_domain(attempts),
            provider: ProviderRecord::from_domain(provider),
            rocket: RocketRecord::from_domain(rocket),
            pad: PadRecord::from_domain(pad),
            updates: FromDomain::from_domain(updates),
            videos: FromDomain::from_domain(videos),
            patches: FromDomain::from_domain(patches),
            links: FromDomain::from_domain(links),
            crew: FromDomain::from_domain(crew),
            boosters: FromDomain::from_domain(boosters),
            spacecraft: FromDomain::from_domain(spacecraft),
            agencies: FromDomain::from_domain(agencies),
            programs: FromDomain::from_domain(programs),
            payloads: FromDomain::from_domain(payloads),
            has_detail,
            revisions: FromDomain::from_domain(revisions),
            changes: FromDomain::from_domain(changes),
            related: related.into_iter().map(scored).collect(),
            freshness: Freshness::from_domain(freshness),
            now,
        }
    }
}
