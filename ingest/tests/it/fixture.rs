//! Made-up launches, and helpers that feed them to the pipeline.

use std::{io::Write, path::PathBuf, time::Duration};

use chrono::{DateTime, Utc};
use ingest::{Error, ImportOptions, RunReport, Source};
use serde_json::{Value, json};
use simulator::{RequestLog, Running};
use sqlx::PgPool;
use tempfile::TempDir;

/// Returns the requests to LL2 that count against the budget.
pub(crate) fn asked(running: &Running) -> Vec<RequestLog> {
    running.requests().into_iter().filter(|request| !request.path.contains("api-throttle")).collect()
}

/// Returns the id of made-up launch number `number`.
pub(crate) fn id(number: u32) -> String {
    format!("00000000-0000-4000-8000-{number:012}")
}

/// Parses a time from a short text: `at("2026-03-01T12:00")`.
pub(crate) fn at(text: &str) -> DateTime<Utc> {
    format!("{text}:00Z").parse().expect("a time to the minute")
}

/// Returns a launch as sent by 2.2.0 in detailed mode. The ids of each table are from a separate range.
pub(crate) fn launch(number: u32) -> Value {
    json!({
        "id": id(number),
        "url": format!("https://ll.example/2.2.0/launch/{}/", id(number)),
        "slug": format!("made-up-{number}"),
        "name": format!("Made-up Rocket | Payload {number}"),
        "status": {"id": 1, "name": "Go for Launch", "abbrev": "Go", "description": "Confirmed."},
        "last_updated": "2026-01-01T00:00:00Z",
        "net": "2026-06-01T12:00:00Z",
        "net_precision": {"id": 1, "name": "Minute", "abbrev": "MIN", "description": "To the minute."},
        "window_start": "2026-06-01T12:00:00Z",
        "window_end": "2026-06-01T14:00:00Z",
        "probability": null,
        "weather_concerns": null,
        "holdreason": "",
        "failreason": "",
        "hashtag": null,
        "launch_service_provider": {
            "id": 100, "name": "Made-up Launches", "type": "Commercial", "country_code": "NZL", "abbrev": "MUL",
            "description": "Launches what was made up.", "administrator": null, "founding_year": "2001",
            "total_launch_count": 7, "successful_launches": 6, "failed_launches": 1, "pending_launches": 3,
            "consecutive_successful_launches": 2, "info_url": "https://example.org/", "wiki_url": "",
            "logo_url": null, "image_url": null
        },
        "rocket": {
            "id": 200,
            "configuration": {
                "id": 300, "name": "Made-up Rocket", "full_name": "Made-up Rocket Block 2", "family": "Made-up",
                "variant": "Block 2", "manufacturer": {"id": 100, "name": "Made-up Launches"}, "active": true,
                "reusable": false, "description": "Stands upright.", "length": 18, "diameter": 1.2, "launch_mass": 13,
                "leo_capacity": 300, "gto_capacity": null, "to_thrust": 224, "launch_cost": "7500000",
                "maiden_flight": "2018-01-21", "total_launch_count": 7, "successful_launches": 6,
                "failed_launches": 1, "pending_launches": 3, "consecutive_successful_launches": 2,
                "info_url": null, "wiki_url": null, "image_url": null
            },
            "launcher_stage": [],
            "spacecraft_stage": null
        },
        "mission": {
            "id": 400_000 + number, "name": format!("Payload {number}"), "description": "Goes up.", "type": "Test Flight",
            "orbit": {"id": 8, "name": "Low Earth Orbit", "abbrev": "LEO"}, "agencies": []
        },
        "pad": {
            "id": 500, "agency_id": null, "name": "Pad 1", "description": null, "info_url": null, "wiki_url": "",
            "map_url": "https://maps.example/?q=1,2", "latitude": "-39.262833", "longitude": "177.864469",
            "country_code": "NZL", "total_launch_count": 7, "orbital_launch_attempt_count": 7,
            "location": {
                "id": 600, "name": "Made-up Peninsula", "country_code": "NZL", "description": null,
                "timezone_name": "Pacific/Auckland", "total_launch_count": 7, "total_landing_count": 0
            }
        },
        "webcast_live": false,
        "image": "https://media.example/made-up.jpg",
        "infographic": null,
        "program": [],
        "orbital_launch_attempt_count": 7000, "location_launch_attempt_count": 8, "pad_launch_attempt_count": 8,
        "agency_launch_attempt_count": 8, "orbital_launch_attempt_count_year": 80,
        "location_launch_attempt_count_year": 1, "pad_launch_attempt_count_year": 1, "agency_launch_attempt_count_year": 1,
        "flightclub_url": null, "pad_turnaround": "P10D",
        "updates": [], "infoURLs": [], "vidURLs": [], "timeline": [], "mission_patches": [],
        "type": "detailed"
    })
}

/// Returns the launch with some of its values replaced, addressed as `/status/id`.
pub(crate) fn with(mut launch: Value, changes: &[(&str, Value)]) -> Value {
    for (pointer, value) in changes {
        let (parent, key) = pointer.rsplit_once('/').expect("a pointer starts with a slash");
        launch.pointer_mut(parent).expect("the parent exists")[key] = value.clone();
    }
    launch
}

/// Returns the status with this id and LL2's names.
pub(crate) fn status(id: i64) -> Value {
    let (abbrev, name) = match id {
        2 => ("TBD", "To Be Determined"),
        3 => ("Success", "Launch Successful"),
        4 => ("Failure", "Launch Failure"),
        6 => ("In Flight", "Launch in Flight"),
        8 => ("TBC", "To Be Confirmed"),
        _ => ("Go", "Go for Launch"),
    };
    json!({"id": id, "name": name, "abbrev": abbrev, "description": format!("{name}, described.")})
}

/// Returns a complete list of upcoming launches, in the API's envelope.
pub(crate) fn list(launches: &[Value]) -> Value {
    json!({"count": launches.len(), "next": null, "previous": null, "results": launches})
}

/// Returns the first page of a longer list.
pub(crate) fn partial(launches: &[Value]) -> Value {
    json!({"count": launches.len() + 200, "next": null, "previous": null, "results": launches})
}

/// Temporary files, deleted at the end of the test.
pub(crate) struct Files {
    folder: TempDir,
}

impl Files {
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a temporary folder") }
    }

    pub(crate) fn write(&self, name: &str, content: &Value) -> PathBuf {
        self.write_bytes(name, content.to_string().as_bytes())
    }

    pub(crate) fn write_bytes(&self, name: &str, content: &[u8]) -> PathBuf {
        let path = self.folder.path().join(name);
        let mut file = std::fs::File::create(&path).expect("the folder is ours");
        file.write_all(content).expect("the folder is ours");
        path
    }
}

/// Imports one response as observed at that time.
pub(crate) async fn import(pool: &PgPool, observed_at: &str, content: &Value) -> Result<RunReport, Error> {
    let files = Files::new();
    let file = files.write("upcoming.json", content);
    import_files(pool, observed_at, vec![file]).await
}

/// Imports files as one observation.
pub(crate) async fn import_files(pool: &PgPool, observed_at: &str, files: Vec<PathBuf>) -> Result<RunReport, Error> {
    let options = ImportOptions {
        observed_at: at(observed_at),
        source: Source::Simulated,
        poll_interval: Duration::from_secs(3600),
        files,
    };
    ingest::import(pool, &options).await
}

/// Returns the number that a query selects.
pub(crate) async fn count(pool: &PgPool, sql: &'static str) -> i64 {
    sqlx::query_scalar(sql).fetch_one(pool).await.expect("the query is valid")
}

/// Returns everything published, as one text for comparison.
pub(crate) async fn published(pool: &PgPool) -> String {
    sqlx::query_scalar(
        "select jsonb_build_array(
            (select jsonb_agg(to_jsonb(fact_launch) - 'last_seen_at' order by launch_id) from fact_launch),
            (select jsonb_agg(to_jsonb(fact_launch_revision) order by launch_id, revision_number) from fact_launch_revision),
            (select jsonb_agg(to_jsonb(fact_net_change) order by launch_id, observed_at) from fact_net_change),
            (select jsonb_agg(to_jsonb(dim_agency) order by agency_id) from dim_agency),
            (select jsonb_agg(to_jsonb(dim_rocket_config) order by rocket_config_id) from dim_rocket_config),
            (select jsonb_agg(to_jsonb(dim_pad) order by pad_id) from dim_pad),
            (select jsonb_agg(to_jsonb(dim_mission) order by mission_id) from dim_mission),
            (select jsonb_agg(to_jsonb(launch_update) order by launch_id, update_id) from launch_update)
        )::text",
    )
    .fetch_one(pool)
    .await
    .expect("the query is valid")
}
