use std::{fs, io::Write, path::PathBuf};

use axum::{Router, http::StatusCode};
use serde_json::{Value, json};
use simulator::{Options, WorldSource};

use crate::client::{crawl, get};

fn fixture(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/it/fixtures").join(name)
}

fn replay(paths: Vec<PathBuf>) -> Result<Router, simulator::Error> {
    simulator::router(Options { source: WorldSource::Replay(paths), ..Default::default() })
}

/// Creates an invented launch with the minimal keys of 2.2.0.
fn launch(number: u32, status: u32, updated: &str) -> Value {
    json!({
        "id": format!("00000000-0000-4000-8000-{number:012}"),
        "url": format!("https://ll.thespacedevs.com/2.2.0/launch/{number}/"),
        "name": format!("Test Rocket | Load {number}"),
        "status": {"id": status, "name": "", "abbrev": ""},
        "last_updated": updated,
        "net": format!("2026-01-{:02}T00:00:00Z", 1 + number % 28),
    })
}

fn write(folder: &tempfile::TempDir, name: &str, content: &Value) -> PathBuf {
    let path = folder.path().join(name);
    fs::write(&path, content.to_string()).unwrap();
    path
}

#[tokio::test]
async fn pages_of_one_crawl_are_served_as_one_list_byte_for_byte() {
    let router = replay(vec![fixture("crawl_230")]).unwrap();
    let page = get(&router, "/2.3.0/launches/upcoming/?limit=2").await;
    assert_eq!(page.json()["count"], 3);
    // Spacing and order of keys are those of the file: nothing was serialized again.
    assert!(page.text().contains(r#"{"id": "aaaaaaaa-0000-4000-8000-000000000001",  "response_mode": "normal""#));
    assert_eq!(crawl(&router, "/2.3.0/launches/upcoming/?limit=2").await.len(), 3);
    let single = get(&router, "/2.3.0/launches/aaaaaaaa-0000-4000-8000-000000000002/").await;
    assert_eq!(single.json()["name"], "Paper Plane | Second Fold");
    let newest = crawl(&router, "/2.3.0/launches/upcoming/?ordering=-net&net__gte=2026-05-01").await;
    assert_eq!(newest[0]["name"], "Paper Plane | Third Fold");
}

#[tokio::test]
async fn the_other_version_is_404_with_a_reason() {
    let router = replay(vec![fixture("crawl_230")]).unwrap();
    for path in ["/2.2.0/launch/upcoming/", "/2.2.0/launch/aaaaaaaa-0000-4000-8000-000000000002/"] {
        let answer = get(&router, path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
        assert!(answer.text().contains("no 2.2.0 launches"), "{}", answer.text());
    }
}

#[tokio::test]
async fn a_partial_recording_keeps_its_count_and_is_throttled_where_it_ends() {
    let folder = tempfile::tempdir().unwrap();
    let results: Vec<Value> = (0..100).map(|number| launch(number, 2, "2026-01-01T00:00:00Z")).collect();
    let envelope = json!({"count": 368, "results": results});
    let file =
        json!({"lastUpdated": "2026-01-02T00:00:00Z", "upcoming": envelope, "previous": {"count": 0, "results": []}});
    let router = replay(vec![write(&folder, "list.json", &file)]).unwrap();
    let first = get(&router, "/2.2.0/launch/upcoming/?limit=100").await.json();
    assert_eq!((&first["count"], first["results"].as_array().unwrap().len()), (&368.into(), 100));
    assert_eq!(first["next"], "http://ll2.test/2.2.0/launch/upcoming/?limit=100&offset=100");
    let second = get(&router, "/2.2.0/launch/upcoming/?limit=100&offset=100").await;
    assert_eq!((second.status, second.header("retry-after")), (StatusCode::TOO_MANY_REQUESTS, Some("3600")));
}

#[tokio::test]
async fn every_file_format_of_the_recordings_is_read() {
    let folder = tempfile::tempdir().unwrap();
    write(&folder, "array.json", &json!([launch(1, 1, "2026-01-01T00:00:00Z"), launch(2, 3, "2026-01-01T00:00:00Z")]));
    write(&folder, "single.json", &launch(3, 4, "2026-01-01T00:00:00Z"));
    let envelope =
        json!({"count": 1, "next": null, "previous": null, "results": [launch(4, 6, "2026-01-01T00:00:00Z")]});
    write(&folder, "previous_page.json", &envelope);
    fs::create_dir(folder.path().join("deeper")).unwrap();
    let packed = fs::File::create(folder.path().join("deeper/daily.json.gz")).unwrap();
    let daily = json!({"updatedAt": "2026-01-01T00:00:00.123Z", "launches": [launch(5, 8, "2026-01-01T00:00:00Z")]});
    let mut gzip = flate2::write::GzEncoder::new(packed, flate2::Compression::fast());
    gzip.write_all(format!("\u{feff}{daily}").as_bytes()).unwrap();
    gzip.finish().unwrap();

    let router = replay(vec![folder.path().to_owned()]).unwrap();
    let numbers = async |path: &str| -> Vec<u32> {
        let launches = crawl(&router, path).await;
        let mut numbers: Vec<u32> = launches
            .iter()
            .map(|launch| launch["name"].as_str().unwrap().rsplit(' ').next().unwrap().parse().unwrap())
            .collect();
        numbers.sort_unstable();
        numbers
    };
    assert_eq!(numbers("/2.2.0/launch/").await, [1, 2, 3, 4, 5]);
    assert_eq!(numbers("/2.2.0/launch/upcoming/").await, [1, 5]);
    assert_eq!(numbers("/2.2.0/launch/previous/").await, [2, 3, 4]);
}

#[tokio::test]
async fn the_latest_state_and_list_of_several_recordings_are_served() {
    let folder = tempfile::tempdir().unwrap();
    let day = |time: &str, launches: Vec<Value>| json!({"updatedAt": time, "launches": launches});
    // Named so that the older list is read last.
    let old = vec![launch(1, 2, "2026-01-01T00:00:00Z"), launch(2, 1, "2026-01-01T00:00:00Z")];
    write(&folder, "z.json", &day("2026-01-01T12:00:00Z", old));
    write(&folder, "a.json", &day("2026-01-02T12:00:00Z", vec![launch(1, 1, "2026-01-02T00:00:00Z")]));
    let router = replay(vec![folder.path().to_owned()]).unwrap();
    let upcoming = crawl(&router, "/2.2.0/launch/upcoming/").await;
    assert_eq!(upcoming.len(), 1);
    assert_eq!((&upcoming[0]["name"], &upcoming[0]["status"]["id"]), (&"Test Rocket | Load 1".into(), &1.into()));
    assert_eq!(crawl(&router, "/2.2.0/launch/").await.len(), 2, "the other is still served by id");
}

#[tokio::test]
async fn of_a_recording_only_flown_launches_still_listed_as_upcoming_are_recent() {
    let folder = tempfile::tempdir().unwrap();
    let list = |launches: Vec<Value>| json!({"count": launches.len(), "results": launches});
    let updated = "2026-01-01T00:00:00Z";
    let upcoming = list(vec![launch(1, 1, updated), launch(2, 3, updated)]);
    let previous = list(vec![launch(2, 3, updated), launch(3, 4, updated)]);
    let file = json!({"lastUpdated": "2026-01-02T00:00:00Z", "upcoming": upcoming, "previous": previous});
    let router = replay(vec![write(&folder, "list.json", &file)]).unwrap();
    let names = async |path: &str| -> Vec<String> {
        let launches = crawl(&router, path).await;
        launches.iter().map(|launch| launch["name"].as_str().unwrap().replace("Test Rocket | ", "")).collect()
    };
    assert_eq!(names("/2.2.0/launch/upcoming/").await, ["Load 1", "Load 2"]);
    assert_eq!(names("/2.2.0/launch/upcoming/?hide_recent_previous=true").await, ["Load 1"]);
    assert_eq!(names("/2.2.0/launch/?hide_recent_previous=true").await, ["Load 1", "Load 3"]);
    assert_eq!(names("/2.2.0/launch/previous/?hide_recent_previous=true").await, ["Load 3"]);
}

#[tokio::test]
async fn files_without_launches_are_skipped() {
    let folder = tempfile::tempdir().unwrap();
    write(&folder, "429.json", &json!({"detail": "Request was throttled."}));
    write(&folder, "throttle.json", &json!({"your_request_limit": 15, "current_use": 0}));
    write(&folder, "agencies.json", &json!([{"id": 121, "name": "Somebody"}]));
    write(&folder, "number.json", &json!(3));
    fs::write(folder.path().join("notes.txt"), "not even JSON").unwrap();
    write(&folder, "one.json", &json!([launch(1, 1, "2026-01-01T00:00:00Z"), {"id": 5}]));
    let router = replay(vec![folder.path().to_owned()]).unwrap();
    assert_eq!(crawl(&router, "/2.2.0/launch/").await.len(), 1);
}

#[tokio::test]
async fn a_record_with_few_keys_gets_those_that_the_api_always_sends() {
    let router = replay(vec![fixture("outcomes.json")]).unwrap();
    let launch = &crawl(&router, "/2.2.0/launch/previous/").await[0];
    for key in ["last_updated", "window_start", "window_end"] {
        assert_eq!(launch[key], "1969-07-16T13:32:00Z");
    }
    assert_eq!((&launch["status"]["abbrev"], &launch["net_precision"]), (&"Success".into(), &Value::Null));
    assert_eq!(launch["pad"]["location"]["name"], "Kennedy Space Center, FL, USA");
    assert_eq!(launch["pad"]["location"]["id"], 27);
    assert_eq!(launch["pad"]["latitude"], "28.60822681");
    assert_eq!(launch["mission"]["type"], "Lunar Exploration");
    assert_eq!(launch["updates"], json!([]));
}

#[test]
fn a_file_that_is_not_json_is_an_error_that_names_it() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("broken.json"), "{\"count\": 3, \"results\": [").unwrap();
    let error = replay(vec![folder.path().to_owned()]).unwrap_err();
    assert!(matches!(error, simulator::Error::NotJson { .. }) && error.to_string().contains("broken.json"), "{error}");
}

#[test]
fn a_replay_without_launches_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    assert!(matches!(replay(vec![folder.path().to_owned()]), Err(simulator::Error::NothingRecorded(_))));
    assert!(matches!(replay(vec![folder.path().join("missing")]), Err(simulator::Error::Read { .. })));
}
