//! Compares `/api/openapi.json` with the responses: every response matches its description and has no undescribed field.

use serde_json::{Value, json};

use crate::{document::elements, exports::with_launches, wire};

/// Returns a schema that refuses undescribed fields. Parts of an `allOf` stay open: each would refuse the fields of the others.
fn closed(schema: &Value, is_part: bool) -> Value {
    match schema {
        Value::Object(members) => {
            let mut members: serde_json::Map<String, Value> = members
                .iter()
                .map(|(key, value)| {
                    let value = match value {
                        Value::Array(parts) if key == "allOf" => parts.iter().map(|part| closed(part, true)).collect(),
                        value => closed(value, false),
                    };
                    (key.clone(), value)
                })
                .collect();
            let is_form = members.contains_key("$ref") || members.get("allOf").is_some_and(Value::is_array);
            if is_form && !is_part {
                members.insert("unevaluatedProperties".to_owned(), json!(false));
            }
            Value::Object(members)
        }
        Value::Array(values) => values.iter().map(|value| closed(value, is_part)).collect(),
        other => other.clone(),
    }
}

/// Checks that a response matches the description of the operation.
fn check(document: &Value, path: &str, answer: &wire::Answer) {
    let responses = &document["paths"][path]["get"]["responses"];
    let status = answer.status.to_string();
    let response = responses.get(&status).unwrap_or_else(|| panic!("{path}: {status} is not described"));
    let media = answer.header("content-type").unwrap_or_default();
    let media = media.split(';').next().unwrap_or_default();
    let content =
        response["content"].get(media).unwrap_or_else(|| panic!("{path}: {status} as {media} is not described"));
    if !media.ends_with("json") {
        return;
    }
    let schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "components": closed(&document["components"], false),
        "allOf": [closed(&content["schema"], false)],
    });
    let validator = jsonschema::validator_for(&schema).unwrap_or_else(|error| panic!("{path}: {error}"));
    let body = answer.json();
    let wrong: Vec<String> =
        validator.iter_errors(&body).map(|error| format!("{}: {error:.300}", error.instance_path())).take(5).collect();
    assert!(wrong.is_empty(), "{path}, {status}: {wrong:#?}");
}

#[tokio::test]
async fn every_response_matches_its_description() {
    let program = with_launches(&[]).await;
    let addr = program.addr;
    let document = wire::get(addr, "/api/openapi.json").await.json();
    let list = wire::get(addr, "/api/v1/launches?past=true&limit=1000").await.json();
    let ids: Vec<&str> =
        list["results"].as_array().expect("a list").iter().filter_map(|one| one["id"].as_str()).collect();
    for path in document["paths"].as_object().expect("paths").keys() {
        // Never ends; its events are bodies of another route.
        if path == "/api/v1/events" {
            continue;
        }
        // Upcoming and past launches: a field that is null in one is set in another.
        let asked: Vec<String> = if path.contains("{id}") {
            ids.iter().step_by(9).map(|id| path.replace("{id}", id)).collect()
        } else if path == "/api/v1/launches/changed" {
            vec![format!("{path}?since=0&id={}", ids[0])]
        } else if path.ends_with("launches") {
            vec![path.clone(), format!("{path}?past=true&limit=1000"), format!("{path}?limit=2&offset=3")]
        } else {
            vec![path.clone()]
        };
        for address in asked {
            let answer = wire::get(addr, &address).await;
            assert_eq!(answer.status, 200, "{address}");
            check(&document, path, &answer);
        }
        let refused = wire::get(addr, &format!("{}?colour=red", path.replace("{id}", ids[0]))).await;
        assert_eq!(refused.status, 400, "{path}");
        check(&document, path, &refused);
        if path.contains("{id}") {
            let unknown = path.replace("{id}", "00000000-0000-0000-0000-000000000000");
            let unknown = wire::get(addr, &unknown).await;
            assert_eq!(unknown.status, 404, "{path}");
            check(&document, path, &unknown);
        }
    }
    // Tests the check itself: an undescribed field is refused.
    let mut wrong = wire::get(addr, "/api/v1/freshness").await;
    let mut body = wrong.json();
    body["colour"] = json!("red");
    wrong.body = body.to_string().into_bytes();
    let caught = std::panic::catch_unwind(|| check(&document, "/api/v1/freshness", &wrong));
    assert!(caught.is_err(), "an undescribed field must not pass");
    program.stop().await;
}

#[tokio::test]
async fn the_api_page_has_no_inline_scripts_or_styles() {
    let program = wire::start(&[]).await;
    let answer = wire::ask(program.addr, "GET", "/api/docs", &[("Accept", "text/html")]).await;
    assert_eq!((answer.status, answer.header("content-type")), (200, Some("text/html; charset=utf-8")));
    let policy = answer.header("content-security-policy").expect("a policy");
    assert!(
        policy.contains("script-src 'self' 'wasm-unsafe-eval';") && policy.contains("style-src 'self';"),
        "{policy}"
    );
    let html = answer.text();
    let document = wire::get(program.addr, "/api/openapi.json").await.json();
    for path in document["paths"].as_object().expect("paths").keys() {
        assert!(html.contains(&format!("GET {path}</h3>")), "{path}");
    }
    let elements = elements(&html, true);
    let ids: Vec<String> = elements
        .iter()
        .flat_map(|element| &element.attributes)
        .filter(|(name, _)| name == "id")
        .map(|(_, id)| id.clone())
        .collect();
    for element in &elements {
        assert!(element.name != "style" && (element.name != "script" || element.text.trim().is_empty()), "{element:?}");
        for (name, value) in &element.attributes {
            assert!(name != "style" && !name.starts_with("on"), "{element:?}");
            if let Some(target) = value.strip_prefix('#').filter(|_| name == "href") {
                assert!(ids.iter().any(|id| id == target), "{target} is not on the page");
            }
        }
    }
    assert_eq!(wire::get(program.addr, "/api/docs?x=1").await.status, 400);
    program.stop().await;
}
