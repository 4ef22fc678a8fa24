//! Dimension members. They are compared column by column when they are merged, not by a hash.

use super::{super::row::Row, Staged};
use crate::record::{
    Agency, Astronaut, LandingLocation, Launcher, Location, Mission, Orbit, Pad, Program, RocketConfig, Spacecraft,
    Word,
};

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
    AGENCY = "stg_ll2__agency", AGENCY_COLUMNS, write_agency(agency: &Agency<'_>) {
        agency_id: integer(Some(agency.id)),
        absent: names(&agency.absent.0),
        name: text(agency.name),
        abbrev: text(agency.abbrev),
        type: text(agency.kind),
        country_code: text(agency.country_code.as_deref()),
        description: text(agency.description),
        administrator: text(agency.administrator),
        founding_year: integer(agency.founding_year),
        total_launch_count: integer(agency.counts.total),
        successful_launch_count: integer(agency.counts.successful),
        failed_launch_count: integer(agency.counts.failed),
        pending_launch_count: integer(agency.counts.pending),
        consecutive_successful_launch_count: integer(agency.counts.consecutive_successful),
        info_url: text(agency.info_url),
        wiki_url: text(agency.wiki_url),
        logo_url: text(agency.logo_url),
        image_url: text(agency.image_url),
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
        manufacturer_id: integer(rocket.manufacturer.as_ref().map(|agency| agency.id)),
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

table! {
    LAUNCHER = "stg_ll2__launcher", LAUNCHER_COLUMNS, write_launcher(launcher: &Launcher<'_>) {
        launcher_id: integer(Some(launcher.id)),
        absent: names(&launcher.absent.0),
        serial_number: text(launcher.serial_number),
        is_placeholder: flag(Some(launcher.is_placeholder)),
        status: text(launcher.status),
        description: text(launcher.description),
        is_flight_proven: flag(launcher.is_flight_proven),
        flight_count: integer(launcher.flight_count),
        attempted_landing_count: integer(launcher.attempted_landing_count),
        successful_landing_count: integer(launcher.successful_landing_count),
        first_launch_at: time(launcher.first_launch_at),
        last_launch_at: time(launcher.last_launch_at),
        image_url: text(launcher.image_url),
    }
}

table! {
    LANDING_LOCATION = "stg_ll2__landing_location", LANDING_LOCATION_COLUMNS,
    write_landing_location(location: &LandingLocation<'_>) {
        landing_location_id: integer(Some(location.id)),
        absent: names(&location.absent.0),
        name: text(location.name),
        abbrev: text(location.abbrev),
        description: text(location.description),
        location_id: integer(location.location_id),
        latitude: number(location.latitude),
        longitude: number(location.longitude),
        is_active: flag(location.is_active),
        attempted_landing_count: integer(location.attempted_landing_count),
        successful_landing_count: integer(location.successful_landing_count),
        failed_landing_count: integer(location.failed_landing_count),
    }
}

table! {
    ASTRONAUT = "stg_ll2__astronaut", ASTRONAUT_COLUMNS, write_astronaut(astronaut: &Astronaut<'_>) {
        astronaut_id: integer(Some(astronaut.id)),
        absent: names(&astronaut.absent.0),
        name: text(Some(astronaut.name)),
        nationality: text(astronaut.nationality.as_deref()),
        country_code: text(astronaut.country_code.as_deref()),
        agency_name: text(astronaut.agency_name),
        agency_id: integer(astronaut.agency.as_ref().map(|agency| agency.id)),
        type: text(astronaut.kind),
        status: text(astronaut.status),
        birth_date: day(astronaut.birth_date),
        death_date: day(astronaut.death_date),
        wiki_url: text(astronaut.wiki_url),
        image_url: text(astronaut.image_url),
    }
}

table! {
    SPACECRAFT = "stg_ll2__spacecraft", SPACECRAFT_COLUMNS, write_spacecraft(spacecraft: &Spacecraft<'_>) {
        spacecraft_id: integer(Some(spacecraft.id)),
        absent: names(&spacecraft.absent.0),
        name: text(spacecraft.name),
        serial_number: text(spacecraft.serial_number),
        is_placeholder: flag(spacecraft.is_placeholder),
        status: text(spacecraft.status),
        description: text(spacecraft.description),
        is_in_space: flag(spacecraft.is_in_space),
        flight_count: integer(spacecraft.flight_count),
        mission_end_count: integer(spacecraft.mission_end_count),
        image_url: text(spacecraft.image_url),
        config_id: integer(spacecraft.config_id),
        config_name: text(spacecraft.config_name),
        config_type: text(spacecraft.config_type),
        manufacturer_id: integer(spacecraft.manufacturer.as_ref().map(|agency| agency.id)),
        is_human_rated: flag(spacecraft.is_human_rated),
        crew_capacity: integer(spacecraft.crew_capacity),
        payload_capacity_kg: number(spacecraft.payload_capacity_kg),
        maiden_flight_date: day(spacecraft.maiden_flight_date),
    }
}
