use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use thiserror::Error;
use uuid::Uuid;

use crate::{FlightRecord, Freshness, Launch, Tally};

/// Maximum number of launches in a comparison: a fifth does not fit next to four. With one there is nothing to compare.
pub const MOST_COMPARED: usize = 4;

/// Launches side by side, in the requested order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    pub launches: Vec<Compared>,
    /// Requested ids that are not known.
    pub missing: Vec<Uuid>,
    pub freshness: Freshness,
    pub now: DateTime<Utc>,
}

/// A launch with the flight records that a comparison shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Compared {
    pub launch: Launch,
    /// As counted by LL2.
    pub provider: FlightRecord,
    pub rocket: FlightRecord,
    /// As counted from the stored launches.
    pub provider_held: Tally,
    pub rocket_held: Tally,
}

/// Why a list of ids cannot be compared.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
pub enum ComparisonError {
    #[error("\"{0}\" is not the id of a launch")]
    NotAnId(String),
    #[error("{0} launches are too many to compare: choose two to four")]
    TooMany(i32),
}

impl Comparison {
    /// Parses the value of `ids`: ids separated by commas, without duplicates, in the given order. An empty list is not
    /// an error: the user has not chosen yet.
    pub fn parse_ids(text: &str) -> Result<Vec<Uuid>, ComparisonError> {
        let mut ids = Vec::new();
        for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
            let id = Uuid::try_parse(part)
                .map_err(|_| ComparisonError::NotAnId(part.chars().take(40).collect::<String>()))?;
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
        if ids.len() > MOST_COMPARED {
            return Err(ComparisonError::TooMany(i32::try_from(ids.len()).unwrap_or(i32::MAX)));
        }
        Ok(ids)
    }

    /// Returns the address of a comparison.
    pub fn address(ids: impl IntoIterator<Item = Uuid>) -> String {
        let ids: Vec<_> = ids.into_iter().map(|id| id.to_string()).collect();
        format!("/compare?ids={}", ids.join(","))
    }
}
