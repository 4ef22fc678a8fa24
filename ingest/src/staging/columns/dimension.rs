//! Dimension members. They are compared column by column when they are merged, not by a hash.

use super::{super::row::Row, Staged};
use crate::record::{Location, Mission, Orbit, Pad, Program, Provider, RocketConfig, Word};

table! {
    STATUS = "stg_ll2__status", STATUS_COLUMNS, write_status(status: &Word<'_>) {
        status_id: integer(Some(status.id)),
        name: text(status.name),
        abbrev: text(status.abbrev),
        description: text(status.description),
    }
}

table! {
    NET_PRECISION = "stg_ll2__net_precision", NET_PRECISION_COLUMNS, write_net_precision(precision: &Word<'_>) {
        net_precision_id: integer(Some(precision.id)),
        name: text(precision.name),
        abbrev: text(precision.abbrev),
        description: text(precision.description),
    }
}

table! {
    ORBIT = "stg_ll2__orbit", ORBIT_COLUMNS, write_orbit(orbit: &Orbit<'_>) {
        orbit_id: integer(Some(orbit.id)),
        absent: names(&orbit.absent.0),
        name: text(orbit.name),
        abbrev: text(orbit.abbrev),
        celestial_body: text(orbit.celestial_body),
    }
}

table! {
    PROVIDER = "stg_ll2__provider", PROVIDER_COLUMNS, write_provider(provider: &Provider<'_>) {
        provider_id: integer(Some(provider.id)),
        absent: names(&provider.absent.0),
        name: text(provider.name),
        abbrev: text(provider.abbrev),
        type: text(provider.kind),
        country_code: text(provider.country_code.as_deref()),
        description: text(provider.description),
        administrator: text(provider.administrator),
        founding_year: integer(provider.founding_year),
        total_launch_count: integer(provider.counts.total),
        successful_launch_count: integer(provider.counts.successful),
        failed_launch_count: integer(provider.counts.failed),
        pending_launch_count: integer(provider.counts.pending),
        consecutive_successful_launch_count: integer(provider.counts.consecutive_successful),
        info_url: text(provider.info_url),
        wiki_url: text(provider.wiki_url),
        logo_url: text(provider.logo_url),
        image_url: text(provider.image_url),
    }
}

table! {
    ROCKET_CONFIG = "stg_ll2__rocket_config", ROCKET_CONFIG_COLUMNS, write_rocket_config(rocket: &RocketConfig<'_>) {
        rocket_config_id: integer(Some(rocket.id)),
        absent: names(&rocket.absent.0),
        name: text(rocket.name),
        full_name: text(rocket.full_name),
        family: text(rocket.family),
        variant: text(rocket.variant),
        manufacturer_name: text(rocket.manufacturer_name),
        is_active: flag(rocket.is_active),
        is_reusable: flag(rocket.is_reusable),
        description: text(rocket.description),
        length_m: number(rocket.length_m),
        diameter_m: number(rocket.diameter_m),
        launch_mass_t: number(rocket.launch_mass_t),
        leo_capacity_kg: number(rocket.leo_capacity_kg),
        gto_capacity_kg: number(rocket.gto_capacity_kg),
        liftoff_thrust_kn: number(rocket.liftoff_thrust_kn),
        launch_cost_usd: integer(rocket.launch_cost_usd),
        maiden_flight_date: day(rocket.maiden_flight_date),
        total_launch_count: integer(rocket.counts.total),
        successful_launch_count: integer(rocket.counts.successful),
        failed_launch_count: integer(rocket.counts.failed),
        pending_launch_count: integer(rocket.counts.pending),
        consecutive_successful_launch_count: integer(rocket.counts.consecutive_successful),
        info_url: text(rocket.info_url),
        wiki_url: text(rocket.wiki_url),
        image_url: text(rocket.image_url),
    }
}

table! {
    LOCATION = "stg_ll2__location", LOCATION_COLUMNS, write_location(location: &Location<'_>) {
        location_id: integer(Some(location.id)),
        absent: names(&location.absent.0),
        name: text(location.name),
        country_code: text(location.country_code),
        timezone_name: text(location.timezone_name),
        latitude: number(location.latitude),
        longitude: number(location.longitude),
        celestial_body: text(location.celestial_body),
        description: text(location.description),
        total_launch_count: integer(location.total_launch_count),
        total_landing_count: integer(location.total_landing_count),
    }
}

table! {
    PAD = "stg_ll2__pad", PAD_COLUMNS, write_pad(pad: &Pad<'_>, location_id: Option<i32>) {
        pad_id: integer(Some(pad.id)),
        absent: names(&pad.absent.0),
        name: text(pad.name),
        location_id: integer(location_id),
        latitude: number(pad.latitude),
        longitude: number(pad.longitude),
        country_code: text(pad.country_code),
        description: text(pad.description),
        total_launch_count: integer(pad.total_launch_count),
        orbital_launch_attempt_count: integer(pad.orbital_launch_attempt_count),
        map_url: text(pad.map_url),
        wiki_url: text(pad.wiki_url),
        info_url: text(pad.info_url),
    }
}

table! {
    MISSION = "stg_ll2__mission", MISSION_COLUMNS, write_mission(mission: &Mission<'_>, orbit_id: Option<i32>) {
        mission_id: integer(Some(mission.id)),
        name: text(mission.name),
        mission_type: text(mission.mission_type),
        description: text(mission.description),
        orbit_id: integer(orbit_id),
    }
}

table! {
    PROGRAM = "stg_ll2__program", PROGRAM_COLUMNS, write_program(program: &Program<'_>) {
        program_id: integer(Some(program.id)),
        absent: names(&program.absent.0),
        name: text(program.name),
        description: text(program.description),
        type: text(program.kind),
        start_date: day(program.start_date),
        end_date: day(program.end_date),
        info_url: text(program.info_url),
        wiki_url: text(program.wiki_url),
        image_url: text(program.image_url),
    }
}
