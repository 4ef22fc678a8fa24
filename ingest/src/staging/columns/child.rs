//! Child tables of a launch: all of their columns are part of the launch's content hash.

use uuid::Uuid;

use super::{super::row::Row, Staged};
use crate::record::{Agency, Booster, CrewMember, InfoLink, Patch, Payload, Program, SpacecraftFlight, Update, Video};

table! {
    UPDATE = "stg_ll2__update", UPDATE_COLUMNS, write_update(launch_id: Uuid, update: &Update<'_>) {
        launch_id: uuid(launch_id),
        update_id: integer(Some(update.id)),
        comment: text(Some(update.comment)),
        info_url: text(update.info_url),
        created_by: text(update.created_by),
        created_at: time(update.created_at),
    }
}

table! {
    VIDEO = "stg_ll2__video", VIDEO_COLUMNS, write_video(launch_id: Uuid, video: &Video<'_>) {
        launch_id: uuid(launch_id),
        url: text(Some(video.url)),
        priority: integer(video.priority),
        title: text(video.title),
        publisher: text(video.publisher),
        source: text(video.source),
        description: text(video.description),
        type: text(video.kind),
        language_code: text(video.language_code),
        start_at: time(video.start_at),
        end_at: time(video.end_at),
        is_live: flag(video.is_live),
    }
}

table! {
    PATCH = "stg_ll2__patch", PATCH_COLUMNS, write_patch(launch_id: Uuid, patch: &Patch<'_>) {
        launch_id: uuid(launch_id),
        patch_id: integer(Some(patch.id)),
        name: text(Some(patch.name)),
        priority: integer(patch.priority),
        image_url: text(patch.image_url),
        agency_name: text(patch.agency_name),
        agency_id: integer(patch.agency.as_ref().map(|agency| agency.id)),
    }
}

table! {
    LINK = "stg_ll2__link", LINK_COLUMNS, write_link(launch_id: Uuid, link: &InfoLink<'_>) {
        launch_id: uuid(launch_id),
        url: text(Some(link.url)),
        priority: integer(link.priority),
        title: text(link.title),
        source: text(link.source),
        description: text(link.description),
        type: text(link.kind),
    }
}

table! {
    CREW = "stg_ll2__crew", CREW_COLUMNS, write_crew(launch_id: Uuid, member: &CrewMember<'_>) {
        launch_id: uuid(launch_id),
        astronaut_id: integer(Some(member.astronaut.id)),
        role: text(Some(member.role)),
    }
}

table! {
    BOOSTER = "stg_ll2__booster", BOOSTER_COLUMNS, write_booster(launch_id: Uuid, number: i16, booster: &Booster<'_>) {
        launch_id: uuid(launch_id),
        stage_id: integer(Some(booster.stage_id)),
        booster_number: integer(Some(number)),
        launcher_id: integer(booster.launcher.as_ref().map(|launcher| launcher.id)),
        stage_type: text(booster.stage_type),
        serial_number: text(booster.serial_number),
        is_placeholder: flag(Some(booster.is_placeholder)),
        is_reused: flag(booster.is_reused),
        flight_number: integer(booster.flight_number),
        previous_flight_at: time(booster.previous_flight_at),
        landing_id: integer(booster.landing.id),
        landing_attempt: flag(booster.landing.is_attempted),
        landing_success: flag(booster.landing.is_successful),
        landing_type: text(booster.landing.kind),
        landing_location: text(booster.landing.location_name),
        landing_location_id: integer(booster.landing.location.as_ref().map(|location| location.id)),
        landing_downrange_km: number(booster.landing.downrange_km),
    }
}

table! {
    SPACECRAFT_FLIGHT = "stg_ll2__spacecraft_flight", SPACECRAFT_FLIGHT_COLUMNS,
    write_spacecraft_flight(launch_id: Uuid, flight: &SpacecraftFlight<'_>) {
        launch_id: uuid(launch_id),
        spacecraft_flight_id: integer(Some(flight.id)),
        spacecraft_id: integer(flight.spacecraft.as_ref().map(|spacecraft| spacecraft.id)),
        destination: text(flight.destination),
        mission_end_at: time(flight.mission_end_at),
        landing_id: integer(flight.landing.id),
        landing_attempt: flag(flight.landing.is_attempted),
        landing_success: flag(flight.landing.is_successful),
        landing_type: text(flight.landing.kind),
        landing_location: text(flight.landing.location_name),
        landing_location_id: integer(flight.landing.location.as_ref().map(|location| location.id)),
        landing_downrange_km: number(flight.landing.downrange_km),
    }
}

table! {
    PAYLOAD = "stg_ll2__payload", PAYLOAD_COLUMNS, write_payload(launch_id: Uuid, payload: &Payload<'_>) {
        launch_id: uuid(launch_id),
        payload_flight_id: integer(Some(payload.flight_id)),
        name: text(Some(payload.name)),
        type: text(payload.kind),
        manufacturer_name: text(payload.manufacturer_name),
        manufacturer_id: integer(payload.manufacturer.as_ref().map(|agency| agency.id)),
        operator_name: text(payload.operator_name),
        operator_id: integer(payload.operator.as_ref().map(|agency| agency.id)),
        destination: text(payload.destination),
        amount: integer(payload.amount),
        mass_kg: number(payload.mass_kg),
        description: text(payload.description),
        info_url: text(payload.info_url),
        wiki_url: text(payload.wiki_url),
    }
}

table! {
    LAUNCH_PROGRAM = "stg_ll2__launch_program", LAUNCH_PROGRAM_COLUMNS,
    write_launch_program(launch_id: Uuid, program: &Program<'_>) {
        launch_id: uuid(launch_id),
        program_id: integer(Some(program.id)),
    }
}

table! {
    LAUNCH_AGENCY = "stg_ll2__launch_agency", LAUNCH_AGENCY_COLUMNS,
    write_launch_agency(launch_id: Uuid, agency: &Agency<'_>) {
        launch_id: uuid(launch_id),
        agency_id: integer(Some(agency.id)),
    }
}
