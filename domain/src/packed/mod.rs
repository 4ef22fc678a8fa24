//! The packed form of a board: named columns of numbers, plus one list of the distinct texts.
//!
//! A launch as JSON is 1.5 kB, and most of it repeats: the names of a few providers, rockets and pads. Here every text
//! is written once, and values that several launches share are rows of a table. Lossless.
//!
//! [`declared`] lists for each struct which fields are columns and how each is written; the same entry is used to write
//! and to read. Columns are found by name. A board of another version of the program (a page cached by the browser, a
//! tab that was open during an update) is therefore rejected, and one column is never read in place of another.
//!
//! The browser reads this without code for each shape: it only contains the parsing of texts and of numbers. JSON is
//! the base format, because the board is embedded in a page as text in any case; a binary format would need base64
//! there.

mod codec;
mod declared;
mod reader;
mod scalar;
mod writer;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use self::{
    reader::Found,
    writer::{Parts, Writer},
};
use crate::{Board, Freshness, Mission, PastState, Rocket};

/// A number, the index of a text, or the index of a row in a table. None if the source gives none.
type Cell = Option<i64>;

/// One cell for each row of its table, or a single cell if all are equal.
type Column = Vec<Cell>;

/// The serialized form.
#[derive(Serialize, Deserialize)]
struct Packed {
    now: DateTime<Utc>,
    freshness: Freshness,
    past_from: Option<u32>,
    past_state: Option<PastState>,
    /// The launches' ids, 32 digits each.
    ids: String,
    texts: Vec<String>,
    /// The columns' names, "rocket.name" for the table of rockets and "launch.rocket" for the launches. One text is a
    /// tenth of a kilobyte shorter than a text for each.
    names: String,
    columns: Vec<Column>,
}

/// An invalid packed board: truncated, or from another version of the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the packed board is damaged")]
struct Damaged;

impl Serialize for Board {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut writer = Writer::new();
        for launch in &self.launches {
            writer.launch(launch);
        }
        let Parts { ids, texts, names, columns } = writer.into_parts();
        Packed {
            now: self.now,
            freshness: self.freshness.clone(),
            past_from: self.past_from.and_then(|from| u32::try_from(from).ok()),
            past_state: self.past_state,
            ids,
            texts,
            names,
            columns,
        }
        .serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Board {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let packed = Packed::deserialize(deserializer)?;
        let launches = Found::of(&packed).and_then(|found| found.launches()).map_err(D::Error::custom)?;
        Ok(Self {
            launches,
            past_from: packed.past_from.map(|from| from as usize),
            past_state: packed.past_state,
            freshness: packed.freshness,
            now: packed.now,
        })
    }
}

impl Rocket {
    /// Returns the name that LL2 gives to nearly all launches: "Falcon 9 Block 5 | Starlink Group 17-17".
    fn usual_name(&self, mission: Option<&Mission>) -> Option<String> {
        mission.map(|mission| format!("{} | {}", self.name, mission.name))
    }
}
