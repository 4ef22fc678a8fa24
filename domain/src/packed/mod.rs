//! A board as it crosses the wire: columns of numbers with names, over one list of the texts that differ.
//!
//! A launch as JSON is 1.5 kB, most of it said a hundred times over: the names of a few providers, rockets and pads. Here every
//! text is written once, and what several launches share is a row of a table. Lossless.
//!
//! [`declared`] says of each struct which fields are columns and how each is written; the same entry writes and reads. On the wire
//! a column is found by its name, so that a board of another version of the program (a page kept by the browser, a tab that was
//! open during an update) is refused, and never read with one column in the place of another.
//!
//! The browser half reads this without a type for each shape: it carries the reading of texts and of numbers, and no more. JSON
//! stays underneath, as within a page the board is text in any case; a binary format would travel there as base64.

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

/// A number, the place of a text, the place of a row in a table; none where the source gives none.
type Cell = Option<i64>;

/// One cell for each row of its table; a single cell where all are equal.
type Column = Vec<Cell>;

/// The form on the wire.
#[derive(Serialize, Deserialize)]
struct Packed {
    now: DateTime<Utc>,
    freshness: Freshness,
    past_from: Option<u32>,
    past_state: Option<PastState>,
    /// The launches' ids, 32 digits each.
    ids: String,
    texts: Vec<String>,
    /// The columns' names, "rocket.name" of the table of rockets and "launch.rocket" of the launches: one text, which is a tenth
    /// of a kilobyte shorter than a text for each.
    names: String,
    columns: Vec<Column>,
}

/// A packed board that cannot be: cut short, or of another version of the program.
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
    /// "Falcon 9 Block 5 | Starlink Group 17-17": how LL2 names nearly all launches.
    fn usual_name(&self, mission: Option<&Mission>) -> Option<String> {
        mission.map(|mission| format!("{} | {}", self.name, mission.name))
    }
}
