//! Reads outcomes from archived responses of LL2, of any version and with any subset of the fields.

use std::{
    collections::BTreeMap,
    fs::File,
    io::Read as _,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, bail};
use flate2::read::GzDecoder;
use forecast::{backtest::Flight, success::Outcome};
use serde_json::Value;
use uuid::Uuid;

/// Returns every flight with an outcome; the last file wins if a launch occurs twice.
pub(super) fn read(files: &[PathBuf]) -> anyhow::Result<Vec<Flight>> {
    let mut flights: BTreeMap<Uuid, Flight> = BTreeMap::new();
    let mut unusable = 0_usize;
    for file in files {
        let body = content(file).with_context(|| format!("could not read {}", file.display()))?;
        let value: Value = serde_json::from_slice(&body).with_context(|| format!("{} is not JSON", file.display()))?;
        let Some(launches) = list(&value) else {
            bail!("{} contains no list of launches", file.display());
        };
        for launch in launches {
            match flight(launch) {
                Some(flight) => {
                    flights.insert(flight.launch_id, flight);
                }
                None if has_no_outcome(launch) => {}
                None => unusable += 1,
            }
        }
    }
    if unusable > 0 {
        tracing::warn!(unusable, "launches with an outcome have no id, net, rocket or provider and are ignored");
    }
    Ok(flights.into_values().collect())
}

fn content(file: &Path) -> std::io::Result<Vec<u8>> {
    let mut body = Vec::new();
    File::open(file)?.read_to_end(&mut body)?;
    if body.starts_with(&[0x1f, 0x8b]) {
        let mut plain = Vec::new();
        GzDecoder::new(body.as_slice()).read_to_end(&mut plain)?;
        return Ok(plain);
    }
    Ok(body)
}

fn list(value: &Value) -> Option<&Vec<Value>> {
    value.as_array().or_else(|| ["results", "launches"].into_iter().find_map(|key| value.get(key)?.as_array()))
}

fn has_no_outcome(launch: &Value) -> bool {
    status(launch).is_some_and(|status| Outcome::of_status(status).is_none())
}

fn status(launch: &Value) -> Option<i32> {
    launch.pointer("/status/id")?.as_i64()?.try_into().ok()
}

fn flight(launch: &Value) -> Option<Flight> {
    let configuration = launch.pointer("/rocket/configuration")?;
    let text = |value: Option<&Value>| value.and_then(Value::as_str).filter(|text| !text.is_empty()).map(str::to_owned);
    let family = text(configuration.get("family")).or_else(|| {
        // 2.3.0 lists a family after its ancestors.
        text(configuration.get("families")?.as_array()?.last()?.get("name"))
    });
    Some(Flight {
        launch_id: launch.get("id")?.as_str()?.parse().ok()?,
        flown_at: launch.get("net")?.as_str()?.parse().ok()?,
        rocket: text(configuration.get("full_name")).or_else(|| text(configuration.get("name")))?,
        family,
        maker: text(launch.pointer("/launch_service_provider/name"))?,
        outcome: Outcome::of_status(status(launch)?)?,
    })
}
