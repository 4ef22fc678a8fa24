//! Isolates every text of a record that pages show: see [`crate::text`].
//!
//! This is done once where a page reads its data, and not at each of the hundred places that put two names into one
//! line, a title or a label. Every type is destructured in full, so that a new field does not compile until it is
//! classified. The parts of a board have their classification in the declaration of its packed form
//! ([`crate::packed`]), so that a new field of a launch is declared once. Values that are used for filters, look-ups or
//! links are not changed: addresses, codes, time zones, and the three texts that are keys of the board's query.

use crate::{
    About, AgencyRecord, Analysis, Board, Booster, Cadence, Companion, Compared, Comparison, CrewMember, Lateness,
    LaunchDetail, Link, NetChange, OutcomeCount, PadRecord, Patch, Payload, Profile, ProgramRecord, ProviderRecord,
    Revision, RocketRecord, SpacecraftFlight, Update, Video, text::isolate,
};

/// A record whose displayed texts can be isolated.
pub trait Isolate {
    /// Isolates every displayed text.
    fn isolate(&mut self);

    /// Returns the record with every displayed text isolated.
    #[must_use]
    fn isolated(mut self) -> Self
    where
        Self: Sized,
    {
        self.isolate();
        self
    }
}

impl<T: Isolate> Isolate for Vec<T> {
    fn isolate(&mut self) {
        self.iter_mut().for_each(Isolate::isolate);
    }
}

impl<T: Isolate> Isolate for Option<T> {
    fn isolate(&mut self) {
        self.iter_mut().for_each(Isolate::isolate);
    }
}

impl Isolate for String {
    fn isolate(&mut self) {
        isolate(self);
    }
}

/// Isolates several texts of one record.
fn all<const COUNT: usize>(texts: [&mut dyn Isolate; COUNT]) {
    texts.into_iter().for_each(|text| text.isolate());
}

impl Isolate for Board {
    fn isolate(&mut self) {
        let Self { launches, past_from: _, freshness: _, now: _, movement: _, past_state: _ } = self;
        launches.isolate();
    }
}

impl Isolate for LaunchDetail {
    fn isolate(&mut self) {
        let Self {
            launch,
            is_upcoming: _,
            deleted_at: _,
            first_seen_at: _,
            designator,
            hashtag,
            flightclub_url: _,
            infographic_url: _,
            attempts: _,
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
            has_detail: _,
            revisions,
            changes,
            related,
            freshness: _,
            now: _,
        } = self;
        all([launch, designator, hashtag, provider, rocket, pad, updates, videos, patches, links, crew, boosters]);
        all([spacecraft, agencies, programs, payloads, revisions, changes, related]);
    }
}

impl Isolate for ProviderRecord {
    fn isolate(&mut self) {
        let Self {
            id: _,
            name,
            abbrev,
            kind,
            country_code,
            description,
            administrator,
            founding_year: _,
            record: _,
            held: _,
            info_url: _,
            wiki_url: _,
        } = self;
        all([name, abbrev, kind, country_code, description, administrator]);
    }
}

impl Isolate for RocketRecord {
    fn isolate(&mut self) {
        let Self {
            id: _,
            name,
            family,
            variant,
            manufacturer,
            description,
            length_m: _,
            diameter_m: _,
            launch_mass_t: _,
            leo_capacity_kg: _,
            gto_capacity_kg: _,
            liftoff_thrust_kn: _,
            launch_cost_usd: _,
            maiden_flight: _,
            is_reusable: _,
            record: _,
            held: _,
            info_url: _,
            wiki_url: _,
        } = self;
        all([name, family, variant, manufacturer, description]);
    }
}

impl Isolate for PadRecord {
    fn isolate(&mut self) {
        let Self { description, total_launch_count: _, held: _, map_url: _, wiki_url: _ } = self;
        description.isolate();
    }
}

impl Isolate for Update {
    fn isolate(&mut self) {
        let Self { id: _, comment, info_url: _, created_by, created_at: _ } = self;
        all([comment, created_by]);
    }
}

impl Isolate for Video {
    fn isolate(&mut self) {
        let Self { url: _, title, publisher, kind, language_code, start_at: _, is_live: _ } = self;
        all([title, publisher, kind, language_code]);
    }
}

impl Isolate for Patch {
    fn isolate(&mut self) {
        let Self { name, image: _, agency } = self;
        all([name, agency]);
    }
}

impl Isolate for Link {
    fn isolate(&mut self) {
        let Self { url: _, title, source, kind } = self;
        all([title, source, kind]);
    }
}

impl Isolate for CrewMember {
    fn isolate(&mut self) {
        let Self { name, role, agency, nationality } = self;
        all([name, role, agency, nationality]);
    }
}

impl Isolate for Booster {
    fn isolate(&mut self) {
        let Self {
            stage_type,
            serial_number,
            is_placeholder: _,
            is_reused: _,
            flight_number: _,
            landing_attempt: _,
            landing_success: _,
            landing_type,
            landing_location,
        } = self;
        all([stage_type, serial_number, landing_type, landing_location]);
    }
}

impl Isolate for SpacecraftFlight {
    fn isolate(&mut self) {
        let Self {
            flight_id: _,
            id: _,
            name,
            serial_number,
            model,
            is_placeholder: _,
            destination,
            mission_end: _,
            landing_attempt: _,
            landing_success: _,
            landing_type,
            landing_location,
        } = self;
        all([name, serial_number, model, destination, landing_type, landing_location]);
    }
}

impl Isolate for AgencyRecord {
    fn isolate(&mut self) {
        let Self { id: _, name, abbrev, kind, country_code } = self;
        all([name, abbrev, kind, country_code]);
    }
}

impl Isolate for ProgramRecord {
    fn isolate(&mut self) {
        let Self {
            id: _,
            name,
            kind,
            description,
            start_date: _,
            end_date: _,
            info_url: _,
            wiki_url: _,
            upcoming_count: _,
        } = self;
        all([name, kind, description]);
    }
}

impl Isolate for Payload {
    fn isolate(&mut self) {
        let Self {
            flight_id: _,
            name,
            kind,
            manufacturer,
            operator,
            destination,
            amount: _,
            mass_kg: _,
            description,
            info_url: _,
            wiki_url: _,
        } = self;
        all([name, kind, manufacturer, operator, destination, description]);
    }
}

impl Isolate for Revision {
    fn isolate(&mut self) {
        let Self {
            number: _,
            valid_from: _,
            valid_to: _,
            name,
            status,
            net: _,
            net_precision,
            window_start: _,
            window_end: _,
            provider,
            rocket,
            pad,
            location,
            mission,
            orbit,
            probability: _,
            is_upcoming: _,
        } = self;
        all([name, status, net_precision, provider, rocket, pad, location, mission, orbit]);
    }
}

impl Isolate for NetChange {
    fn isolate(&mut self) {
        let Self {
            observed_at: _,
            kind: _,
            direction: _,
            precision_change: _,
            is_after_old_date: _,
            is_slip: _,
            is_recycle: _,
            net_before: _,
            net_precision_before,
            net_after: _,
            net_precision_after,
            shift_seconds: _,
            shift_min_seconds: _,
            shift_max_seconds: _,
            observed_live: _,
        } = self;
        all([net_precision_before, net_precision_after]);
    }
}

impl Isolate for Profile {
    fn isolate(&mut self) {
        let Self { subject: _, id: _, about, image: _, held: _, companions, upcoming, past } = self;
        all([about, companions, upcoming, past]);
    }
}

impl Isolate for About {
    fn isolate(&mut self) {
        match self {
            Self::Provider(provider) => provider.isolate(),
            Self::Rocket(rocket) => rocket.isolate(),
            Self::Pad { pad, location, record } => all([pad, location, record]),
        }
    }
}

impl Isolate for Companion {
    fn isolate(&mut self) {
        let Self { subject: _, id: _, name, past: _, ahead: _ } = self;
        name.isolate();
    }
}

impl Isolate for Comparison {
    fn isolate(&mut self) {
        let Self { launches, missing: _, freshness: _, now: _ } = self;
        launches.isolate();
    }
}

impl Isolate for Compared {
    fn isolate(&mut self) {
        let Self { launch, provider: _, rocket: _, provider_held: _, rocket_held: _ } = self;
        launch.isolate();
    }
}

impl Isolate for Analysis {
    fn isolate(&mut self) {
        let Self { since: _, outcomes, cadence_since: _, cadences, lateness, watch_ends: _ } = self;
        all([outcomes, cadences, lateness]);
    }
}

impl Isolate for OutcomeCount {
    fn isolate(&mut self) {
        // The name of a country is its code, which is used as a key.
        let Self { by, id: _, name, abbrev, succeeded: _, partly: _, failed: _, open: _ } = self;
        if *by != crate::CountedBy::Country {
            name.isolate();
        }
        abbrev.isolate();
    }
}

impl Isolate for Cadence {
    fn isolate(&mut self) {
        let Self { of: _, id: _, name, abbrev, flown: _, gaps: _ } = self;
        all([name, abbrev]);
    }
}

impl Isolate for Lateness {
    fn isolate(&mut self) {
        let Self {
            provider,
            abbrev,
            days_ahead: _,
            count: _,
            on_the_day: _,
            tenth: _,
            lower_quartile: _,
            median: _,
            upper_quartile: _,
            ninetieth: _,
        } = self;
        all([provider, abbrev]);
    }
}
