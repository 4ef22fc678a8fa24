use std::collections::BTreeSet;

use serde_json::Value;

use super::{DOCUMENT, parameters};

fn document() -> Value {
    serde_json::to_value(&*DOCUMENT).expect("it is plain data")
}

/// A route that is added without `routes` would be served but not described. The router shows its paths only in its debug output.
#[test]
fn every_route_of_the_router_is_described() {
    let router = format!("{:?}", crate::web::api::router());
    let document = document();
    let described: BTreeSet<&str> = document["paths"].as_object().expect("paths").keys().map(String::as_str).collect();
    let routed: BTreeSet<&str> =
        router.split('"').filter(|text| text.starts_with("/api/") && *text != "/api/docs").collect();
    assert!(routed.len() > 15, "the debug form of a router no longer names its paths: {router}");
    assert_eq!(routed.difference(&described).collect::<Vec<_>>(), Vec::<&&str>::new());
    let unrouted: Vec<_> = described.difference(&routed).copied().collect();
    assert_eq!(unrouted, ["/api/v1/launches/{id}.ics"], "answered by the route of the launch");
}

#[test]
fn every_key_that_a_parser_knows_has_words_of_its_own() {
    for key in parameters::all() {
        assert!(parameters::describe(key).is_some_and(|(_, words)| words.len() > 10), "{key}");
    }
    assert!(parameters::describe("colour").is_none());
}

#[test]
fn operations_have_names_of_their_own_and_every_reference_leads_somewhere() {
    let document = document();
    let paths = document["paths"].as_object().expect("paths");
    let names: BTreeSet<&str> = paths.values().filter_map(|path| path["get"]["operationId"].as_str()).collect();
    assert_eq!(names.len(), paths.len());
    let text = document.to_string();
    for reference in text.split("\"$ref\":\"#").skip(1) {
        let pointer = reference.split('"').next().expect("a text");
        assert!(document.pointer(pointer).is_some(), "{pointer}");
    }
}
