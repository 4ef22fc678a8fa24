//! Compares every kind of API response byte by byte, for an invented world with a frozen clock, so that the interface for other programs
//! does not change by accident. The expected responses are in `server/tests/golden`: their heads in `answers.txt`, their bodies next to
//! it.
//!
//! After an intended change, `UPDATE_GOLDEN=1 cargo test -p server --test it golden` rewrites them; review the diff.
//!
//! The world is imported as two observations instead of being read by the job, which would date them by the clock of Postgres.

use std::{
    ffi::OsString,
    fmt::Write as _,
    path::{Path, PathBuf},
};

use chrono::{DateTime, Utc};
use serde_json::Value;
use simulator::{ApiVersion, Clock, InventedOptions, Options, Simulator, WorldSource};

use crate::{
    program::Program,
    wire::{self, Answer},
};

/// The two observations: differences between them appear as changes.
const OBSERVED_AT: [&str; 2] = ["2026-03-09T06:00:00Z", "2026-03-23T09:00:00Z"];
/// The frozen time of the program.
const NOW: &str = "2026-03-23T09:40:00Z";
/// The host name of the program in feeds and calendars; its port changes on every start.
const HOST: &str = "mooncoon.example";

/// Saves the lists of the invented world at a moment; returns the files.
async fn observe(at: &str, folder: &Path) -> Vec<PathBuf> {
    let start: DateTime<Utc> = at.parse().expect("a time");
    let world = InventedOptions { seed: 1970, upcoming: 90, past: 60, speed: 1.0, start };
    let options = Options { source: WorldSource::Invented(world), clock: Clock::Fixed(start), ..Options::default() };
    let address = "127.0.0.1:0".parse().expect("an address");
    let simulator = Simulator::bind(address, options).await.expect("a free port").spawn();
    let mut files = Vec::new();
    for list in ["upcoming", "previous"] {
        let url = format!("{}/launches/{list}/?mode=detailed&limit=100", simulator.base_url(ApiVersion::V230));
        let page = reqwest::get(url).await.expect("it answers").bytes().await.expect("a page");
        // The importer distinguishes the lists by their file names.
        let file = folder.join(format!("{list}-{}.json", &at[..10]));
        std::fs::write(&file, page).expect("the folder is ours");
        files.push(file);
    }
    files
}

/// Starts a program that shows the world of both observations, with one launch that LL2 has deleted since.
async fn program() -> Program {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut commands = Vec::new();
    for at in OBSERVED_AT {
        // One list for each run: the golden list of runs has four.
        for file in observe(at, folder.path()).await {
            let command = ["import", "--observed-at", at].map(OsString::from);
            commands.push(command.into_iter().chain([file.into_os_string()]).collect());
        }
    }
    // The job must not add present data.
    commands.push(["pause", "--reason", "golden"].map(OsString::from).into());
    let settings = [("IT_FROZEN_AT", NOW), ("MOONCOON_PUBLIC_URL", "https://mooncoon.example")];
    // LL2 reports a deletion by answering 404 for one launch, which no file of an import can hold. Before the program starts, which
    // remembers the board of a publication.
    let deleted = format!(
        "update fact_launch
        set is_upcoming = false, left_upcoming_at = '{at}', deleted_at = '{at}'
        where launch_id = (select launch_id from fact_launch where is_upcoming order by net_at, launch_id limit 1)",
        at = OBSERVED_AT[1],
    );
    Program::start_after(&commands, &deleted, &settings).await
}

/// Returns the requests whose responses are compared, each with the name of its file.
fn questions(launch: &str, provider: &str) -> Vec<(&'static str, String)> {
    let list = |query: &str| format!("/api/v1/launches{query}");
    vec![
        ("launches.json", list("?limit=4&moon=surface,lunar_orbit,lunar_transfer,stepping_stone")),
        ("launches-weighed.json", list(".json?limit=2&offset=3&prepare=30&nearness=2&success=0.5")),
        ("launches-past.json", list("?past=true&sort=net&order=desc&limit=4&offset=40")),
        ("launches-as-of.json", list("?as_of=2026-03-10T12:00:00Z&limit=3")),
        ("launches-none.json", list("?q=nothing+is+called+so")),
        ("launches.csv", list(".csv?to=2026-09-30")),
        ("launches-past.csv", list(".csv?past=true&bom=0&limit=12&order=desc")),
        ("launches.ics", list(".ics?alarm=PT1H,P1D&to=2026-07-31")),
        ("launches-past.ics", list(".ics?past=true&limit=30")),
        ("launches-none.ics", list(".ics?q=nothing+is+called+so&as_of=2026-03-10T12:00:00Z")),
        ("launches.atom", list(".atom")),
        ("launches-provider.atom", list(&format!(".atom?provider={provider}&past=true&limit=3"))),
        ("launch.json", list(&format!("/{launch}"))),
        ("launch.ics", list(&format!("/{launch}.ics?alarm=PT15M"))),
        ("forecast.json", list(&format!("/{launch}/forecast"))),
        ("changed.json", list(&format!("/changed?since=1&id={launch}&provider={provider}"))),
        ("decision.json", "/api/v1/decision".to_owned()),
        ("decision-bar.json", "/api/v1/decision?bar=99&prepare=60&to=2026-12-31".to_owned()),
        ("scorecard.json", "/api/v1/scorecard".to_owned()),
        ("freshness.json", "/api/v1/freshness".to_owned()),
        ("runs.json", "/api/v1/pipeline/runs?limit=1".to_owned()),
        ("problem-key.json", list("?colour=red")),
        ("problem-value.json", list(".ics?alarm=soon")),
        ("problem-launch.json", list("/00000000-0000-0000-0000-000000000000")),
        ("problem-address.json", "/api/v1/nothing".to_owned()),
    ]
}

/// Members that differ between runs of the test, and the number of data tests.
const VARYING: [&str; 5] = ["request_id", "started_at", "finished_at", "took_seconds", "test_count"];

/// Returns the body without the values of these members.
fn without_varying(body: &[u8]) -> Vec<u8> {
    let Ok(text) = std::str::from_utf8(body) else { return body.to_vec() };
    let mut text = text.to_owned();
    for key in VARYING {
        let key = format!("\"{key}\":");
        let parts: Vec<&str> = text.split(&key).collect();
        let kept = |part: &str| part.find([',', '}']).map_or(String::new(), |end| format!("*{}", &part[end..]));
        let rest: String = parts[1..].iter().map(|part| format!("{key}{}", kept(part))).collect();
        text = format!("{}{rest}", parts[0]);
    }
    text.into_bytes()
}

/// Returns the compared part of a response head. No response with a tag has a body that varies.
fn head(path: &str, answer: &Answer) -> String {
    let mut head = format!("{path}\n  {}\n", answer.status);
    for name in ["content-type", "content-disposition", "link", "etag", "cache-control", "access-control-allow-origin"]
    {
        if let Some(value) = answer.header(name) {
            // Writing to a String cannot fail.
            let _ = writeln!(head, "  {name}: {value}");
        }
    }
    head
}

/// Returns the first difference of two bodies, with the text around it.
fn difference(kept: &[u8], now: &[u8]) -> String {
    let at = kept.iter().zip(now).take_while(|(one, other)| one == other).count();
    let around = |bytes: &[u8]| {
        let part = &bytes[at.saturating_sub(80).min(bytes.len())..(at + 120).min(bytes.len())];
        String::from_utf8_lossy(part).into_owned()
    };
    format!("from byte {at} on: golden\n    {}\n  now\n    {}", around(kept), around(now))
}

#[tokio::test]
async fn no_api_response_has_changed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    #[expect(clippy::disallowed_methods, reason = "a switch of the test, not a setting of the program")]
    let is_update = std::env::var_os("UPDATE_GOLDEN").is_some_and(|value| value == "1");
    let program = program().await;
    let ask = async |path: &str| wire::ask(program.addr, "GET", path, &[("Host", HOST)]).await;

    let listed = ask("/api/v1/launches?limit=100").await.json();
    let launches = listed["results"].as_array().expect("a list");
    // A launch whose date moved, so that its history has more than one line.
    let launch = launches.iter().find(|launch| launch["slip_count"] != 0).expect("a launch has slipped");
    let id = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let mut heads = String::new();
    let mut wrong = Vec::new();
    for (name, path) in questions(&id(&launch["id"]), &id(&launch["provider"]["id"])) {
        let answer = ask(&path).await;
        heads.push_str(&head(&path, &answer));
        let body = without_varying(&answer.body);
        let file = folder.join(name);
        if is_update {
            std::fs::write(&file, &body).expect("the folder can be written");
            continue;
        }
        let kept = std::fs::read(&file).unwrap_or_default();
        if kept != body {
            wrong.push(format!("{path}, {name}, {}", difference(&kept, &body)));
        }
    }
    let file = folder.join("answers.txt");
    if is_update {
        std::fs::write(&file, &heads).expect("the folder can be written");
    } else {
        let kept = std::fs::read(&file).unwrap_or_default();
        if kept != heads.as_bytes() {
            wrong.push(format!("answers.txt, {}", difference(&kept, heads.as_bytes())));
        }
    }
    program.stop().await;
    assert!(wrong.is_empty(), "{} responses differ from the golden files:\n{}", wrong.len(), wrong.join("\n"));
}
