//! A board as it crosses the wire: columns of numbers over one list of the texts that differ.
//!
//! A launch as JSON is 1.5 kB, most of it said a hundred times over: the names of a few providers, rockets and pads. Here every
//! text is written once, and what several launches share is a row of a table. Lossless, and read without a type of its own for
//! each shape: the browser half carries the reading of texts and of numbers, and no more.

mod packer;
mod unpack;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use self::packer::Packer;
use crate::{Board, Freshness, Mission, PastState, Rocket};

/// A number, the place of a text, the place of a row in a table; none where the source gives none.
type Cell = Option<i64>;

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
    /// What launches share: rows of fixed width, one after the other.
    tables: Vec<Vec<Cell>>,
    /// One list per column, one cell per launch.
    columns: Vec<Vec<Cell>>,
}

/// A packed board that cannot be: cut short, or of another version of the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the packed board is damaged")]
struct Damaged;

/// The tables with the width of their rows.
#[derive(Clone, Copy)]
enum Table {
    Precision,
    Status,
    Provider,
    Rocket,
    Orbit,
    Pad,
    Location,
    Moon,
    Program,
}

const TABLES: [Table; 9] = [
    Table::Precision,
    Table::Status,
    Table::Provider,
    Table::Rocket,
    Table::Orbit,
    Table::Pad,
    Table::Location,
    Table::Moon,
    Table::Program,
];

impl Table {
    fn width(self) -> usize {
        match self {
            Self::Precision | Self::Status | Self::Provider => 3,
            Self::Orbit | Self::Pad | Self::Location | Self::Moon => 4,
            Self::Rocket => 5,
            Self::Program => 2,
        }
    }
}

/// Cells of a launch, in the order of [`Packer::launch`] and [`Packed::launches`].
const COLUMNS: usize = 29;

impl Serialize for Board {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut packer = Packer::default();
        let mut columns: Vec<Vec<Cell>> = vec![Vec::new(); COLUMNS];
        let mut before = DateTime::UNIX_EPOCH;
        for launch in &self.launches {
            for (column, cell) in columns.iter_mut().zip(packer.launch(launch, before)) {
                column.push(cell);
            }
            before = launch.net;
        }
        let ids = self.launches.iter().map(|launch| launch.id.simple().to_string()).collect();
        Packed {
            now: self.now,
            freshness: self.freshness.clone(),
            past_from: self.past_from.and_then(|from| u32::try_from(from).ok()),
            past_state: self.past_state,
            ids,
            texts: packer.texts,
            tables: packer.tables.into(),
            columns,
        }
        .serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Board {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let packed = Packed::deserialize(deserializer)?;
        let launches = packed.launches().map_err(D::Error::custom)?;
        Ok(Self {
            launches,
            past_from: packed.past_from.map(|from| from as usize),
            past_state: packed.past_state,
            freshness: packed.freshness,
            now: packed.now,
        })
    }
}

/// "Falcon 9 Block 5 | Starlink Group 17-17": how LL2 names nearly all.
fn usual_name(rocket: &Rocket, mission: Option<&Mission>) -> Option<String> {
    mission.map(|mission| format!("{} | {}", rocket.name, mission.name))
}
