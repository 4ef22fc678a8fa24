//! The file formats in which collectors store recorded responses.
//!
//! An envelope `{count, next, previous, results}` is what the API sent. Collectors also store bare arrays, `{updatedAt,
//! launches}`, `{lastUpdated, upcoming: envelope, previous: envelope}`, and single launches. Other JSON (throttle
//! responses, events, agencies) contains no launches and is skipped.

use std::{collections::BTreeMap, path::Path};

use chrono::{DateTime, Utc};
use serde_json::value::RawValue;

use crate::{Error, Result};

/// The list that a recording was taken from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Origin {
    Upcoming,
    Previous,
    /// Not recorded: the launch's status decides.
    Unsaid,
}

/// Launches that were recorded together.
#[derive(Debug)]
pub(super) struct List {
    pub(super) origin: Origin,
    /// When the collector fetched it, if it recorded that.
    pub(super) taken_at: Option<DateTime<Utc>>,
    /// `count` of the envelope.
    pub(super) count: Option<usize>,
    pub(super) records: Vec<Box<RawValue>>,
}

type Object = BTreeMap<String, Box<RawValue>>;

/// Returns the lists in one file. None if it is JSON with other content.
pub(super) fn parse(path: &Path, text: &str) -> Result<Vec<List>> {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let not_json = |source| Error::NotJson { path: path.to_owned(), source };
    let by_name = origin_of(&path.file_name().unwrap_or_default().to_string_lossy());
    if text.starts_with('[') {
        let records: Vec<Box<RawValue>> = serde_json::from_str(text).map_err(not_json)?;
        return Ok(launches(List { origin: by_name, taken_at: None, count: None, records }).into_iter().collect());
    }
    let mut object: Object = match serde_json::from_str(text) {
        Ok(object) => object,
        // A lone number or string is valid JSON but not a recording; only invalid JSON is an error.
        Err(_) if serde_json::from_str::<&RawValue>(text).is_ok() => return Ok(Vec::new()),
        Err(source) => return Err(not_json(source)),
    };
    let taken_at = ["updatedAt", "lastUpdated"].iter().find_map(|key| read(&object, key));

    if object.contains_key("results") {
        return Ok(envelope(object, by_name, taken_at).into_iter().collect());
    }
    if let Some(records) = read(&object, "launches") {
        let origin = if by_name == Origin::Unsaid { Origin::Upcoming } else { by_name };
        return Ok(launches(List { origin, taken_at, count: None, records }).into_iter().collect());
    }
    let parts: Vec<List> = [("upcoming", Origin::Upcoming), ("previous", Origin::Previous)]
        .into_iter()
        .filter_map(|(key, origin)| {
            let part: Object = serde_json::from_str(object.remove(key)?.get()).ok()?;
            envelope(part, origin, taken_at)
        })
        .collect();
    if !parts.is_empty() {
        return Ok(parts);
    }
    let single = RawValue::from_string(text.trim_end().to_owned()).map_err(not_json)?;
    Ok(launches(List { origin: Origin::Unsaid, taken_at, count: None, records: vec![single] }).into_iter().collect())
}

fn envelope(object: Object, fallback: Origin, taken_at: Option<DateTime<Utc>>) -> Option<List> {
    let link = |key| read::<Option<String>>(&object, key).flatten().unwrap_or_default();
    // The links of the API itself are more reliable than the collector's file name.
    let said = match origin_of(&link("next")) {
        Origin::Unsaid => origin_of(&link("previous")),
        said => said,
    };
    let origin = if said == Origin::Unsaid { fallback } else { said };
    launches(List { origin, taken_at, count: read(&object, "count"), records: read(&object, "results")? })
}

/// Returns the list if its records are launches.
fn launches(list: List) -> Option<List> {
    let is_launch = |raw: &RawValue| {
        serde_json::from_str::<Object>(raw.get())
            .is_ok_and(|object| ["id", "name", "net", "status"].iter().all(|key| object.contains_key(*key)))
    };
    list.records.first().is_some_and(|first| is_launch(first)).then_some(list)
}

fn origin_of(text: &str) -> Origin {
    let text = text.to_ascii_lowercase();
    if text.contains("upcoming") {
        Origin::Upcoming
    } else if text.contains("previous") {
        Origin::Previous
    } else {
        Origin::Unsaid
    }
}

fn read<T: serde::de::DeserializeOwned>(object: &Object, key: &str) -> Option<T> {
    serde_json::from_str(object.get(key)?.get()).ok()
}
