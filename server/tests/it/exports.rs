//! The exported files: calendars, feeds, tables, lists, and the addresses in them.

use std::time::Duration;

use reqwest::{Response, StatusCode, header};
use serde_json::Value;

use crate::program::Program;

/// Time limit for the first run of a small world, on a busy machine.
const PATIENCE: Duration = Duration::from_secs(120);

/// Starts a program whose first run has published.
pub(crate) async fn with_launches(settings: &[(&str, &str)]) -> Program {
    let program = Program::start(settings).await;
    let published = async {
        while json(&program, "/api/v1/freshness").await["run_id"].is_null() {
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    };
    tokio::time::timeout(PATIENCE, published).await.expect("the first run publishes");
    program
}

async fn get(program: &Program, path: &str) -> Response {
    reqwest::get(program.url(path)).await.expect("it answers")
}

async fn text(program: &Program, path: &str) -> String {
    let answer = get(program, path).await;
    assert_eq!(answer.status(), 200, "{path}");
    answer.text().await.expect("it is text")
}

async fn json(program: &Program, path: &str) -> Value {
    serde_json::from_str(&text(program, path).await).expect("it is JSON")
}

fn tag(answer: &Response) -> String {
    answer.headers()[header::ETAG].to_str().expect("it is text").to_owned()
}

/// Adds the keys that other sites append, before and after the query of an address.
fn shared(path: &str) -> String {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let between = if query.is_empty() { "" } else { "&" };
    format!("{path}?fbclid=canary{between}{query}&UTM_Source=canary&utm_x=%ff&_hsenc=canary&amp;mc_eid=canary")
}

const LISTS: [&str; 5] = ["launches", "launches.json", "launches.csv", "launches.ics", "launches.atom"];

#[tokio::test]
async fn appended_keys_change_no_file_and_occur_in_none() {
    let program = with_launches(&[]).await;
    let launches = json(&program, "/api/v1/launches?limit=1").await;
    let id = launches["results"][0]["id"].as_str().expect("there is a launch").to_owned();
    let mut paths: Vec<String> =
        LISTS.iter().flat_map(|list| ["", "?limit=7&offset=1"].map(|query| format!("/api/v1/{list}{query}"))).collect();
    paths.push("/api/v1/decision?prepare=10".to_owned());
    paths.push(format!("/api/v1/launches/{id}.ics"));
    for path in paths {
        let plain = get(&program, &path).await;
        let with = get(&program, &shared(&path)).await;
        assert_eq!((with.status(), tag(&with)), (StatusCode::OK, tag(&plain)), "{path}");
        let again = reqwest::Client::new().get(program.url(&shared(&path))).header(header::IF_NONE_MATCH, tag(&plain));
        assert_eq!(again.send().await.expect("it answers").status(), StatusCode::NOT_MODIFIED, "{path}");
        let (plain, with) = (plain.text().await.expect("text"), with.text().await.expect("text"));
        assert_eq!(plain, with, "{path}");
        assert!(!with.to_lowercase().contains("canary") && !with.contains("fbclid"), "{path}");
    }
    for path in [
        format!("/api/v1/launches/{id}"),
        format!("/api/v1/launches/{id}/forecast"),
        format!("/api/v1/launches/changed?since=0&id={id}"),
        "/api/v1/scorecard".to_owned(),
        "/api/v1/freshness".to_owned(),
        "/api/v1/pipeline/runs?limit=1".to_owned(),
        "/api/board?as_of=&past=false".to_owned(),
        "/api/pipeline?known=".to_owned(),
    ] {
        let with = text(&program, &shared(&path)).await;
        assert!(!with.contains("canary"), "{path}");
    }
    assert_eq!(get(&program, &shared("/api/v1/events")).await.status(), StatusCode::OK);
    program.stop().await;
}

#[tokio::test]
async fn appended_keys_occur_on_no_page_and_a_misspelt_key_is_named() {
    let program = with_launches(&[]).await;
    let launches = json(&program, "/api/v1/launches?limit=2").await;
    let of = |at: usize, key: &str| launches["results"][at][key].clone();
    let [one, other] = [0, 1].map(|at| of(at, "id").as_str().expect("an id").to_owned());
    let id = |key: &str| of(0, key)["id"].as_i64().expect("a number");
    let pages = [
        "/?status=go".to_owned(),
        "/choose?prepare=3".to_owned(),
        format!("/compare?ids={one},{other}"),
        format!("/launches/{one}"),
        format!("/providers/{}", id("provider")),
        format!("/rockets/{}?page=1", id("rocket")),
        format!("/pads/{}", id("pad")),
        "/pipeline?run=1".to_owned(),
        "/scorecard".to_owned(),
        "/analysis".to_owned(),
        "/dictionary?q=orbit".to_owned(),
    ];
    for page in &pages {
        let html = text(&program, &shared(page)).await;
        assert!(!html.to_lowercase().contains("canary"), "{page}");
    }
    for (page, key) in [
        ("/?statsu=go&fbclid=1".to_owned(), "statsu"),
        ("/choose?prepair=3&fbclid=1".to_owned(), "prepair"),
        ("/compare?id=1".to_owned(), "id"),
        (format!("/launches/{one}?tab=2"), "tab"),
        (format!("/providers/{}?pgae=1", id("provider")), "pgae"),
        ("/pipeline?rum=1".to_owned(), "rum"),
        ("/dictionary?query=x".to_owned(), "query"),
        ("/scorecard?q=x".to_owned(), "q"),
        ("/?alarm=PT1H".to_owned(), "alarm"),
    ] {
        let answer = get(&program, &page).await;
        assert_eq!(answer.status(), StatusCode::BAD_REQUEST, "{page}");
        let html = answer.text().await.expect("text");
        assert!(html.contains(&format!("{key}: unknown key")), "{page}");
    }
    program.stop().await;
}

/// Returns a calendar's content lines, unfolded.
fn content_lines(calendar: &str) -> Vec<String> {
    calendar.replace("\r\n ", "").split("\r\n").map(str::to_owned).collect()
}

#[tokio::test]
async fn a_calendar_has_alarms_if_requested_and_other_formats_refuse_the_key() {
    let program = with_launches(&[]).await;
    let plain = text(&program, "/api/v1/launches.ics").await;
    assert!(!plain.contains("VALARM"));
    let alarmed = text(&program, "/api/v1/launches.ics?alarm=PT90M,P1D").await;
    let lines = content_lines(&alarmed);
    let triggers: Vec<&String> = lines.iter().filter(|line| line.starts_with("TRIGGER")).collect();
    assert!(!triggers.is_empty() && triggers.len().is_multiple_of(2), "{}", triggers.len());
    assert!(triggers.chunks(2).all(|two| *two[0] == "TRIGGER:-P1D" && *two[1] == "TRIGGER:-PT1H30M"));
    // Only for launches with an instant: no event of whole days has an alarm.
    for event in alarmed.split("BEGIN:VEVENT").skip(1) {
        assert!(!(event.contains("DTSTART;VALUE=DATE") && event.contains("VALARM")), "{event}");
    }
    // Apart from the alarms it is the same calendar.
    let mut is_alarm = false;
    let without: Vec<String> = lines
        .into_iter()
        .filter(|line| {
            is_alarm |= line == "BEGIN:VALARM";
            let keep = !is_alarm;
            is_alarm &= line != "END:VALARM";
            keep
        })
        .collect();
    assert_eq!(without, content_lines(&plain));

    for (path, key) in [
        ("/api/v1/launches.ics?alarm=soon", "alarm"),
        ("/api/v1/launches.ics?alarm=P29D", "alarm"),
        ("/api/v1/launches.ics?bom=1", "bom"),
        ("/api/v1/launches.csv?alarm=PT1H", "alarm"),
        ("/api/v1/launches?alarm=PT1H", "alarm"),
        ("/api/v1/launches.atom?alarm=PT1H", "alarm"),
        ("/api/v1/launches.csv?bom=maybe", "bom"),
        ("/api/v1/launches.ics?alrm=PT1H", "alrm"),
        ("/api/v1/freshness?alarm=PT1H", "alarm"),
        ("/api/v1/scorecard?limit=1", "limit"),
    ] {
        let answer = get(&program, path).await;
        assert_eq!(answer.status(), StatusCode::BAD_REQUEST, "{path}");
        let problem = answer.text().await.expect("text");
        let problem: Value = serde_json::from_str(&problem).expect("a problem");
        assert_eq!(problem["key"], key, "{path}");
    }
    program.stop().await;
}

#[tokio::test]
async fn a_csv_begins_with_a_byte_order_mark_unless_disabled() {
    let program = with_launches(&[]).await;
    let bytes = async |query: &str| {
        let answer = get(&program, &format!("/api/v1/launches.csv{query}")).await;
        assert_eq!(answer.status(), StatusCode::OK);
        answer.bytes().await.expect("a body")
    };
    let (marked, plain) = (bytes("").await, bytes("?bom=off").await);
    assert_eq!(marked[..3], *b"\xef\xbb\xbf");
    assert_eq!(marked[3..], plain[..]);
    assert!(plain.starts_with(b"id,name,net,"));
    program.stop().await;
}

#[tokio::test]
async fn a_large_calendar_is_split_into_parts_that_cover_it() {
    // More than 1,000 events, and texts of more than 1 MB.
    let program = with_launches(&[("IT_UPCOMING", "1300"), ("MOONCOON_LL2_BUDGET", "200")]).await;
    let total = json(&program, "/api/v1/launches?limit=1").await["count"].as_u64().expect("a number");
    for file in ["launches.ics", "launches.atom"] {
        let (mut seen, mut parts) = (std::collections::BTreeSet::new(), 0);
        let mut next = Some(format!("/api/v1/{file}?utm_source=x"));
        while let Some(path) = next {
            let answer = get(&program, &path).await;
            let link = answer.headers().get(header::LINK).map(|link| link.to_str().expect("text").to_owned());
            let body = answer.text().await.expect("text");
            assert!(body.len() <= 1_000_000, "{path}: {}", body.len());
            let ids: Vec<String> = if file == "launches.ics" {
                content_lines(&body).iter().filter_map(|line| line.strip_prefix("UID:").map(str::to_owned)).collect()
            } else {
                body.split("<entry>\n<id>").skip(1).map(|entry| entry[..45].to_owned()).collect()
            };
            assert!(!ids.is_empty() && ids.len() <= 1_000, "{path}: {}", ids.len());
            assert!(ids.into_iter().all(|id| seen.insert(id)), "{path}: a launch occurs twice");
            parts += 1;
            let address = match file {
                "launches.ics" => link.map(|link| link.trim_start_matches('<').replace(">; rel=\"next\"", "")),
                _ => body.split("<link rel=\"next\"").nth(1).and_then(|link| {
                    link.split("href=\"").nth(1)?.split('"').next().map(|address| address.replace("&amp;", "&"))
                }),
            };
            if file == "launches.ics" {
                let description = content_lines(&body).into_iter().find(|line| line.starts_with("X-WR-CALDESC:"));
                let is_said = description.is_some_and(|line| line.contains("The next part has offset="));
                assert_eq!(is_said, address.is_some(), "{path}");
            }
            next = address.map(|address| {
                assert!(!address.contains("utm_source"), "{address}");
                address[address.find("/api/").expect("our own address")..].to_owned()
            });
        }
        assert!(parts > 1, "{file}: it is large");
        assert_eq!(seen.len() as u64, total, "{file}");
    }
    program.stop().await;
}
