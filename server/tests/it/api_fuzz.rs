//! Malformed and unusual query strings at every endpoint of the API.

use std::fmt::Write as _;

use domain::{BoardQuery, DecisionQuery};
use futures::{StreamExt as _, stream};
use rand::{Rng as _, SeedableRng as _, rngs::StdRng, seq::IndexedRandom as _};
use serde_json::Value;

use crate::exports::with_launches;

/// Number of query strings for each endpoint.
const MANY: usize = 500;

/// Keys of neither the board nor the decision.
const OTHER_KEYS: [&str; 18] = [
    "alarm",
    "bom",
    "since",
    "id",
    "ids",
    "run",
    "page",
    "fbclid",
    "utm_source",
    "_ga",
    "statsu",
    "",
    "%00",
    "%ff",
    "q[]",
    "Q",
    "a b",
    "ключ",
];

const VALUES: [&str; 58] = [
    "",
    "go",
    "1",
    "0",
    "-1",
    "2147483648",
    "9223372036854775807",
    "18446744073709551615",
    "99999999999999999999",
    "1e308",
    "NaN",
    "inf",
    "-inf",
    "0.5",
    "3",
    "true",
    "false",
    "on",
    "none",
    "unknown",
    "USA",
    "???",
    "surface",
    "lunar_orbit",
    "cards",
    "net",
    "desc",
    "net,desc",
    "2026-04-01",
    "2026-04",
    "1900-01-01",
    "2999-12-31",
    "0000-00-00",
    "2026-02-30",
    "+262143-12-31",
    "-262144-01-01",
    "2026-04-01T12:00:00Z",
    "2999-12-31T23:59:59.999999999Z",
    "1900-01-01T00:00:00-23:59",
    "PT1H",
    "PT1H,P1D",
    "-PT1H",
    "P99999999999D",
    "day",
    "sec",
    "%",
    "%zz",
    "%00",
    "%ff%fe",
    "%F0%9F%9A%80",
    "%E2%80%AE",
    "'; drop table fact_launch; --",
    "<script>",
    "%0d%0aSet-Cookie:%20x=1",
    "\\,\\\\,",
    ",,,,",
    "00000000-0000-0000-0000-000000000000",
    "not-an-id",
];

fn query(random: &mut StdRng) -> String {
    let keys = [&BoardQuery::KEYS[..], &DecisionQuery::KEYS, &OTHER_KEYS].concat();
    let mut query = String::new();
    for _ in 0..random.random_range(0..5) {
        let key = keys.choose(random).expect("there are keys");
        let value = match random.random_range(0..12) {
            0 => "x".repeat(random.random_range(0..3_000)),
            1 => (0..random.random_range(0..400)).map(|id| id.to_string()).collect::<Vec<_>>().join(","),
            2 => (0..random.random_range(0..12)).fold(String::new(), |mut text, _| {
                // Writing to a String cannot fail.
                let _ = write!(text, "%{:02x}", random.random::<u8>());
                text
            }),
            _ => (*VALUES.choose(random).expect("there are values")).to_owned(),
        };
        let end = ["&", "&", "&", "&&", "&=", "?", "="].choose(random).expect("there are ends");
        let _ = write!(query, "{key}={value}{end}");
    }
    query
}

#[tokio::test(flavor = "multi_thread")]
async fn no_query_string_is_a_server_error_and_every_refusal_is_a_problem() {
    let program = with_launches(&[]).await;
    let client = reqwest::Client::new();
    let list = client.get(program.url("/api/v1/launches?limit=1")).send().await.expect("it answers");
    let list: Value = serde_json::from_str(&list.text().await.expect("it is text")).expect("it is JSON");
    let id = list["results"][0]["id"].as_str().expect("there is a launch").to_owned();
    let endpoints = [
        "launches".to_owned(),
        "launches.json".to_owned(),
        "launches.csv".to_owned(),
        "launches.ics".to_owned(),
        "launches.atom".to_owned(),
        "launches/changed".to_owned(),
        format!("launches/{id}"),
        format!("launches/{id}.ics"),
        format!("launches/{id}/forecast"),
        format!("launches/{id}/changes"),
        "providers".to_owned(),
        "rockets".to_owned(),
        "pads".to_owned(),
        "decision".to_owned(),
        "scorecard".to_owned(),
        "freshness".to_owned(),
        "events".to_owned(),
        "pipeline/runs".to_owned(),
        "nothing".to_owned(),
    ];
    // A fixed seed: a failure is reproducible.
    let mut random = StdRng::seed_from_u64(13);
    let mut addresses = Vec::new();
    for endpoint in &endpoints {
        for _ in 0..MANY {
            addresses.push(format!("/api/v1/{endpoint}?{}", query(&mut random)));
        }
    }
    let wrong: Vec<String> = stream::iter(addresses)
        .map(|address| {
            let (client, url) = (client.clone(), program.url(&address));
            async move { wrong(&client, &url).await.map(|wrong| format!("{address}: {wrong}")) }
        })
        // Few at a time: this tests the parsing of queries, not the load.
        .buffer_unordered(2)
        .filter_map(|wrong| async { wrong })
        .collect()
        .await;
    assert!(wrong.is_empty(), "{} of {}: {:#?}", wrong.len(), MANY * endpoints.len(), &wrong[..wrong.len().min(10)]);
    program.stop().await;
}

/// Returns what is wrong with the response, if anything.
async fn wrong(client: &reqwest::Client, url: &str) -> Option<String> {
    let answer = match client.get(url).send().await {
        Ok(answer) => answer,
        // A URL that no client can build cannot be requested.
        Err(error) if error.is_builder() => return None,
        Err(error) => return Some(format!("no answer: {error}")),
    };
    let status = answer.status().as_u16();
    if status == 200 {
        return None;
    }
    let kind = answer.headers().get("content-type").map(|kind| kind.to_str().unwrap_or_default().to_owned());
    if !matches!(status, 400 | 404 | 414) || kind.as_deref() != Some("application/problem+json") {
        return Some(format!("{status}, {kind:?}"));
    }
    let body = answer.text().await.unwrap_or_default();
    let Ok(problem) = serde_json::from_str::<Value>(&body) else { return Some(format!("no JSON: {body:.100}")) };
    let is_whole = problem["status"] == status && problem["title"].is_string() && problem["detail"].is_string();
    let names_key = status != 400 || problem["key"].is_string();
    (!is_whole || !names_key || body.len() > 4_000).then(|| format!("{status}: {} octets: {body:.300}", body.len()))
}
