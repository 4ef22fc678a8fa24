use std::collections::BTreeSet;

use domain::DecisionQuery;
use serde_json::Value;

use super::parameters;
use crate::web::api::{
    question::{Form, Question},
    routes,
};

fn document() -> Value {
    serde_json::to_value(routes().into_openapi()).expect("it is plain data")
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
fn every_key_that_a_parser_knows_has_its_own_description() {
    for key in parameters::all() {
        assert!(parameters::describe(key).is_some_and(|(_, words)| words.len() > 10), "{key}");
    }
    assert!(parameters::describe("colour").is_none());
}

/// A word that is described and refused would break clients that are generated from the document.
#[test]
fn every_documented_value_is_accepted_by_the_parser() {
    let document = document();
    let mut tried = 0;
    for (path, form) in
        [("/api/v1/launches", Form::Json), ("/api/v1/launches.csv", Form::Csv), ("/api/v1/decision", Form::Json)]
    {
        for parameter in document["paths"][path]["get"]["parameters"].as_array().expect("keys") {
            let (key, schema) = (parameter["name"].as_str().expect("a name"), &parameter["schema"]);
            let words = schema["enum"].as_array().or_else(|| schema["items"]["enum"].as_array());
            for word in words.into_iter().flatten().filter_map(Value::as_str) {
                // Whatever `order` gives the direction of.
                let query = if key == "order" { format!("sort=net&order={word}") } else { format!("{key}={word}") };
                let refused = match path {
                    "/api/v1/decision" => DecisionQuery::parse(&query).err(),
                    _ => Question::parse(&query, form).err(),
                };
                assert!(refused.is_none(), "{path}?{query}: {refused:?}");
                tried += 1;
            }
        }
    }
    assert!(tried > 40, "{tried} words");
}

#[test]
fn lists_in_one_value_are_described_as_such() {
    let document = document();
    let key = |name: &str| {
        let keys = document["paths"]["/api/v1/launches"]["get"]["parameters"].as_array().expect("keys");
        keys.iter().find(|key| key["name"] == name).expect("the key is described").clone()
    };
    assert_eq!((&key("sort")["explode"], &key("order")["explode"]), (&Value::Bool(false), &Value::Bool(false)));
    assert_eq!(key("provider")["explode"], Value::Null, "may be repeated");
}

#[test]
fn operation_ids_are_unique_and_every_reference_resolves() {
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
