//! Adds the keys that the API always sends to records of a collector that kept only some keys.
//!
//! Such records are 2.2.0 launches with their outcome but without `last_updated`, windows, precision and
//! `status.abbrev`, and with the whole location object in `pad.location.name`. Added are: `last_updated`,
//! `window_start` and `window_end` from `net`; `net_precision`, `probability` and similar keys as null; empty lists;
//! `status.abbrev` by id; the pad's coordinates from this crate's table of pads; the API's own URLs from the ids.
//! Values that only the API knows (`rocket.id`, the provider's type, the mission's orbit) stay null.

use serde_json::{Map, Value, json, value::RawValue};

use crate::invented::facts::Facts;

type Object = Map<String, Value>;

/// Placeholder for a required text that was not recorded.
const NOT_RECORDED: &str = "Not recorded.";

/// Returns the record with every key that the API always sends; `None` if it is not an object or has no NET.
pub(super) fn complete(raw: &RawValue) -> Option<Vec<u8>> {
    let Value::Object(mut launch) = serde_json::from_str(raw.get()).ok()? else { return None };
    let net = launch.get("net")?.clone();
    let id = launch.get("id")?.as_str()?.to_owned();
    let slug = slug_of(launch.get("name").and_then(Value::as_str).unwrap_or_default());

    for key in ["last_updated", "window_start", "window_end"] {
        fill(&mut launch, key, net.clone());
    }
    fill(&mut launch, "url", json!(format!("https://ll.thespacedevs.com/2.2.0/launch/{id}/")));
    fill(&mut launch, "slug", json!(slug));
    for key in ["net_precision", "probability", "weather_concerns", "mission", "flightclub_url", "r_spacex_api_id"] {
        fill(&mut launch, key, Value::Null);
    }
    for key in ["holdreason", "failreason"] {
        fill(&mut launch, key, json!(""));
    }
    for key in ["updates", "infoURLs", "vidURLs", "timeline", "program", "mission_patches"] {
        fill(&mut launch, key, json!([]));
    }
    fill(&mut launch, "webcast_live", json!(false));
    fill(&mut launch, "type", json!("detailed"));
    nested(&mut launch, "status", |status| {
        let abbrev = match status.get("id").and_then(Value::as_i64) {
            Some(3) => "Success",
            Some(4) => "Failure",
            Some(7) => "Partial Failure",
            _ => "",
        };
        fill(status, "abbrev", json!(abbrev));
        fill(status, "description", json!(NOT_RECORDED));
    });
    nested(&mut launch, "launch_service_provider", |provider| {
        with_url(provider, "agencies");
        fill(provider, "type", Value::Null);
        fill(provider, "country_code", json!(""));
    });
    nested(&mut launch, "rocket", |rocket| {
        fill(rocket, "id", Value::Null);
        fill(rocket, "launcher_stage", json!([]));
        fill(rocket, "spacecraft_stage", Value::Null);
        nested(rocket, "configuration", |configuration| {
            with_url(configuration, "config/launcher");
            fill(configuration, "variant", json!(""));
        });
    });
    nested(&mut launch, "mission", |mission| {
        fill(mission, "orbit", Value::Null);
        fill(mission, "launch_designator", Value::Null);
        fill(mission, "agencies", json!([]));
    });
    nested(&mut launch, "pad", complete_pad);
    serde_json::to_vec(&launch).ok()
}

fn complete_pad(pad: &mut Object) {
    // The collector's query stored the location object in place of its name.
    if let Some(Value::Object(location)) = pad.get("location").and_then(|outer| outer.get("name")).cloned() {
        pad.insert("location".to_owned(), Value::Object(location));
    }
    let known = pad.get("id").and_then(Value::as_i64).and_then(|id| Facts::get().pad(id));
    let coordinate = |value: Option<f64>| json!(value.unwrap_or(0.0).to_string());
    // 2.2.0 sends coordinates as strings and never null.
    fill(pad, "latitude", coordinate(known.and_then(|pad| pad.latitude)));
    fill(pad, "longitude", coordinate(known.and_then(|pad| pad.longitude)));
    let country = pad.get("location").and_then(|location| location.get("country_code")).cloned();
    fill(pad, "country_code", country.unwrap_or_else(|| json!("???")));
    fill(pad, "agency_id", Value::Null);
    with_url(pad, "pad");
    nested(pad, "location", |location| {
        with_url(location, "location");
        fill(location, "timezone_name", json!(""));
        fill(location, "country_code", json!("???"));
    });
}

fn fill(object: &mut Object, key: &str, value: Value) {
    object.entry(key).or_insert(value);
}

fn nested(object: &mut Object, key: &str, complete: impl FnOnce(&mut Object)) {
    if let Some(Value::Object(inner)) = object.get_mut(key) {
        complete(inner);
    }
}

fn with_url(object: &mut Object, resource: &str) {
    if let Some(id) = object.get("id").and_then(Value::as_i64) {
        fill(object, "url", json!(format!("https://ll.thespacedevs.com/2.2.0/{resource}/{id}/")));
    }
}

fn slug_of(name: &str) -> String {
    crate::invented::slug(name)
}
