//! Forecasts as JSON with named values: the content of the column `model_forecast.content`, and the form in which the browser
//! receives the forecast of a launch.
//!
//! Stored forecasts are never rewritten, so a name or unit used here must stay readable; migration 33 writes the same
//! form in SQL. Probabilities are in basis points (ten-thousandths) and minutes are whole numbers, so that reading
//! returns exactly what was written. The public API has a separate form, for people.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use super::{Basis, Chance, DATE_LEVELS, DateForecast, RecordKnowledge, SUCCESS_RECORDS, SuccessForecast};

#[derive(Serialize, Deserialize)]
struct SuccessJson {
    rests_on: Basis,
    mean_bp: u16,
    low_bp: u16,
    high_bp: u16,
    flight_count: u32,
    success_count: u32,
    partial_failure_count: u32,
    /// Of each record, from the widest to the narrowest: what identifies it, and the failures that it knows, those of
    /// its prior included, in hundredths. Forecasts stored before this was kept have neither.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    record_keys: Option<[u32; SUCCESS_RECORDS]>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    record_failures_hundredths: Option<[u32; SUCCESS_RECORDS]>,
}

impl Serialize for SuccessForecast {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        SuccessJson::from(*self).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for SuccessForecast {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        SuccessJson::deserialize(deserializer)?.try_into().map_err(D::Error::custom)
    }
}

impl From<SuccessForecast> for SuccessJson {
    fn from(forecast: SuccessForecast) -> Self {
        let [mean_bp, low_bp, high_bp] = forecast.chance.units();
        Self {
            rests_on: forecast.rests_on,
            mean_bp,
            low_bp,
            high_bp,
            flight_count: forecast.chance.n(),
            success_count: forecast.succeeded,
            partial_failure_count: forecast.partial,
            record_keys: forecast.records.map(|records| records.map(RecordKnowledge::key)),
            record_failures_hundredths: forecast.records.map(|records| records.map(RecordKnowledge::hundredths)),
        }
    }
}

impl TryFrom<SuccessJson> for SuccessForecast {
    type Error = &'static str;

    fn try_from(json: SuccessJson) -> Result<Self, Self::Error> {
        let chance = Chance::from_units(json.mean_bp, json.low_bp, json.high_bp, json.flight_count)
            .ok_or("a chance is outside its interval, or the interval outside 0 to 10,000 basis points")?;
        let records = match (json.record_keys, json.record_failures_hundredths) {
            (None, None) => None,
            (Some(keys), Some(hundredths)) => Some(
                RecordKnowledge::all(keys, hundredths).ok_or("a record knows no failures, not even of its prior")?,
            ),
            _ => return Err("records have keys or failures, but not both"),
        };
        Ok(Self {
            chance,
            rests_on: json.rests_on,
            succeeded: json.success_count,
            partial: json.partial_failure_count,
            records,
        })
    }
}

#[derive(Serialize, Deserialize)]
struct DateJson {
    rests_on: Basis,
    launch_count: u32,
    announced_net_at: DateTime<Utc>,
    announced_precision_id: Option<i32>,
    /// Minutes between the announced NET and each of [`DATE_LEVELS`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    minutes_after_net: Option<[i32; DATE_LEVELS.len()]>,
    /// The same in whole hours: how forecasts were written before minutes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    hours_after_net: Option<[i32; DATE_LEVELS.len()]>,
}

impl Serialize for DateForecast {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        DateJson::from(*self).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for DateForecast {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        DateJson::deserialize(deserializer)?.try_into().map_err(D::Error::custom)
    }
}

impl From<DateForecast> for DateJson {
    fn from(forecast: DateForecast) -> Self {
        Self {
            rests_on: forecast.rests_on(),
            launch_count: forecast.n(),
            announced_net_at: forecast.announced(),
            announced_precision_id: forecast.precision_id(),
            minutes_after_net: Some(*forecast.minutes()),
            hours_after_net: None,
        }
    }
}

impl TryFrom<DateJson> for DateForecast {
    type Error = &'static str;

    fn try_from(json: DateJson) -> Result<Self, Self::Error> {
        let minutes = match (json.minutes_after_net, json.hours_after_net) {
            (Some(minutes), None) => minutes,
            (None, Some(hours)) => hours.map(|hours| hours.saturating_mul(60)),
            _ => return Err("a forecast needs either minutes_after_net or hours_after_net"),
        };
        Self::new(json.announced_net_at, json.announced_precision_id, minutes, json.launch_count, json.rests_on)
            .ok_or("the times of a forecast are not in ascending order")
    }
}
