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
mod form;
mod reader;
mod scalar;
mod table;
mod writer;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use self::{
    codec::Codec as _,
    declared::TABLES,
    form::Packed,
    reader::Found,
    table::{Named, named},
    writer::{Parts, Writer},
};
use crate::{Board, Launch};

/// The name of the table of launches.
const LAUNCH: Named = named::<Launch>("launch");

impl Serialize for Board {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut writer = Writer::new(LAUNCH.columns(), TABLES.iter().map(Named::columns));
        for launch in &self.launches {
            let mut row = Vec::with_capacity(Launch::WIDTH);
            Launch::pack(launch, (), &mut row, &mut writer);
            writer.launch(&row);
        }
        let Parts { ids, texts, names, columns } = writer.into_parts();
        Packed {
            now: self.now,
            freshness: self.freshness.clone(),
            movement: self.movement,
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
        let found =
            Found::of(&packed, &LAUNCH.columns(), TABLES.iter().map(Named::columns)).map_err(D::Error::custom)?;
        let launches = found.launches(|row, reader| Launch::unpack((), row, reader)).map_err(D::Error::custom)?;
        Ok(Self {
            launches,
            past_from: packed.past_from.map(|from| from as usize),
            past_state: packed.past_state,
            freshness: packed.freshness,
            now: packed.now,
            movement: packed.movement,
        })
    }
}
