use serde_json::json;

use super::body;

#[test]
fn a_response_of_many_routes_is_described_once_and_linked_by_each() {
    let problem = json!({ "description": "No such launch", "content": {
        "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } },
    }});
    let route = |id: &str, tag: &str, missing: &serde_json::Value| {
        json!({ "get": { "operationId": id, "tags": [tag], "summary": "What it is", "responses": {
            "200": { "description": format!("The answer of {id}") },
            "404": missing,
        }}})
    };
    let other = json!({ "description": "No such run" });
    let document = json!({
        "info": { "description": "Launches" },
        "paths": {
            "/api/v1/a": route("first", "launches", &problem),
            "/api/v1/b": route("second", "runs", &problem),
            "/api/v1/c": route("third", "launches", &other),
        },
        "components": { "schemas": { "Problem": { "properties": {} } } },
    });
    let html = body(&document);
    assert_eq!((html.matches("No such launch").count(), html.matches("No such run").count()), (1, 1), "{html}");
    assert_eq!(html.matches("<a href=\"#status-404\">404</a>").count(), 2);
    assert_eq!(html.matches("<a href=\"#status-404-2\">404</a>").count(), 1);
    for id in ["first", "second", "third"] {
        assert_eq!(html.matches(&format!("The answer of {id}")).count(), 1);
        assert_eq!(html.matches(&format!("id=\"op-{id}\"")).count(), 1);
        assert_eq!(html.matches(&format!("href=\"#op-{id}\"")).count(), 1, "one line of the contents");
    }
    // The routes of a tag are together.
    let place = |text: &str| html.find(text).unwrap_or_else(|| panic!("{text} is missing"));
    assert!(place("id=\"op-third\"") < place("<h2 id=\"tag-runs\">Runs</h2>"));
}

#[test]
fn the_bar_leads_to_every_page() {
    let html = body(&json!({}));
    for page in domain::route::navigation() {
        assert!(html.contains(&format!("<a href=\"{}\">{}</a>", page.path, page.name)), "{}", page.name);
    }
    assert!(html.contains("id=\"mask\""), "the logo");
}
