//! The codecs of single cells.

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::{
    codec::{Codec, Scalar},
    form::{Cell, Damaged},
    reader::{ID_DIGITS, Reader, Row},
    writer::Writer,
};
use crate::{
    DateForecast, MoonTier, SuccessForecast,
    text::{isolate, isolated},
};

macro_rules! integers {
    ($($integer:ty),+) => {
        $(impl Scalar for $integer {
            type Value = Self;
            type Given = ();

            fn write(value: &Self, (): (), _: &mut Writer) -> Cell {
                Some(i64::from(*value))
            }

            fn read(cell: Cell, (): (), _: &Reader<'_>) -> Result<Self, Damaged> {
                cell.and_then(|number| number.try_into().ok()).ok_or(Damaged)
            }
        })+
    };
}

integers!(i16, i32);

impl Scalar for bool {
    type Value = Self;
    type Given = ();

    fn write(value: &Self, (): (), _: &mut Writer) -> Cell {
        Some(i64::from(*value))
    }

    fn read(cell: Cell, (): (), _: &Reader<'_>) -> Result<Self, Damaged> {
        match cell {
            Some(0) => Ok(false),
            Some(1) => Ok(true),
            _ => Err(Damaged),
        }
    }
}

impl Scalar for String {
    type Value = Self;
    type Given = ();

    fn write(value: &Self, (): (), writer: &mut Writer) -> Cell {
        writer.text(value)
    }

    fn read(cell: Cell, (): (), reader: &Reader<'_>) -> Result<Self, Damaged> {
        reader.text(cell).map(str::to_owned)
    }

    fn isolate(value: &mut Self) {
        isolate(value);
    }
}

/// A text that pages use and do not show as it is: an address, a code, a time zone, a key of the board's query.
pub(super) struct Key;

impl Scalar for Key {
    type Value = String;
    type Given = ();

    fn write(value: &String, (): (), writer: &mut Writer) -> Cell {
        writer.text(value)
    }

    fn read(cell: Cell, (): (), reader: &Reader<'_>) -> Result<String, Damaged> {
        reader.text(cell).map(str::to_owned)
    }
}

/// Written as the shortest text that parses to the same number. `serde_json` may differ in the last bit.
impl Scalar for f64 {
    type Value = Self;
    type Given = ();

    fn write(value: &Self, (): (), writer: &mut Writer) -> Cell {
        writer.text(&value.to_string())
    }

    fn read(cell: Cell, (): (), reader: &Reader<'_>) -> Result<Self, Damaged> {
        reader.text(cell)?.parse().map_err(|_| Damaged)
    }
}

/// Microseconds since 1970: the resolution of the database.
impl Scalar for DateTime<Utc> {
    type Value = Self;
    type Given = ();

    fn write(value: &Self, (): (), _: &mut Writer) -> Cell {
        since(*value, Self::UNIX_EPOCH)
    }

    fn read(cell: Cell, (): (), _: &Reader<'_>) -> Result<Self, Damaged> {
        after(Self::UNIX_EPOCH, cell)
    }
}

/// A time as microseconds after another time of the same launch.
pub(super) struct After;

impl Scalar for After {
    type Value = DateTime<Utc>;
    type Given = DateTime<Utc>;

    fn write(value: &DateTime<Utc>, before: DateTime<Utc>, _: &mut Writer) -> Cell {
        since(*value, before)
    }

    fn read(cell: Cell, before: DateTime<Utc>, _: &Reader<'_>) -> Result<DateTime<Utc>, Damaged> {
        after(before, cell)
    }
}

/// A time as microseconds after that of the previous launch.
pub(super) struct AfterLast;

impl Codec for AfterLast {
    type Value = DateTime<Utc>;
    type Given = ();
    const WIDTH: usize = 1;

    fn columns(name: &str, columns: &mut Vec<String>) {
        columns.push(name.to_owned());
    }

    fn pack(value: &DateTime<Utc>, (): (), row: &mut Vec<Cell>, writer: &mut Writer) {
        row.push(since(*value, writer.last));
        writer.last = *value;
    }

    fn unpack((): (), row: &mut Row<'_>, reader: &mut Reader<'_>) -> Result<DateTime<Utc>, Damaged> {
        reader.last = after(reader.last, row.take())?;
        Ok(reader.last)
    }
}

/// LL2's name of a launch, which is left out if it equals the usual one.
pub(super) struct FullName;

impl Scalar for FullName {
    type Value = String;
    type Given = Option<String>;

    fn write(value: &String, usual: Option<String>, writer: &mut Writer) -> Cell {
        if usual.as_ref() == Some(value) { None } else { writer.text(value) }
    }

    fn read(cell: Cell, usual: Option<String>, reader: &Reader<'_>) -> Result<String, Damaged> {
        match cell {
            None => usual.ok_or(Damaged),
            cell => reader.text(cell).map(str::to_owned),
        }
    }

    fn isolate(name: &mut String) {
        // Each half is isolated, because each is also shown alone: see `Launch::title`.
        if let Some((rocket, payload)) = name.split_once(" | ") {
            *name = format!("{} | {}", isolated(rocket), isolated(payload));
        } else {
            isolate(name);
        }
    }
}

impl Scalar for MoonTier {
    type Value = Self;
    type Given = ();

    fn write(value: &Self, (): (), writer: &mut Writer) -> Cell {
        writer.text(value.slug())
    }

    fn read(cell: Cell, (): (), reader: &Reader<'_>) -> Result<Self, Damaged> {
        let slug = reader.text(cell)?;
        Self::ALL.into_iter().find(|tier| tier.slug() == slug).ok_or(Damaged)
    }
}

/// One line of integers, which many launches share.
impl Scalar for SuccessForecast {
    type Value = Self;
    type Given = ();

    fn write(value: &Self, (): (), writer: &mut Writer) -> Cell {
        writer.text(&value.to_text())
    }

    fn read(cell: Cell, (): (), reader: &Reader<'_>) -> Result<Self, Damaged> {
        Self::from_text(reader.text(cell)?).ok_or(Damaged)
    }
}

/// The announced time relative to the NET, because it differs between launches; then one line of integers, which many
/// launches share.
impl Codec for DateForecast {
    type Value = Self;
    type Given = DateTime<Utc>;
    const WIDTH: usize = 2;

    fn columns(name: &str, columns: &mut Vec<String>) {
        columns.extend([format!("{name}.announced"), format!("{name}.text")]);
    }

    fn pack(value: &Self, net: DateTime<Utc>, row: &mut Vec<Cell>, writer: &mut Writer) {
        row.extend([since(value.announced(), net), writer.text(&value.to_text())]);
    }

    fn unpack(net: DateTime<Utc>, row: &mut Row<'_>, reader: &mut Reader<'_>) -> Result<Self, Damaged> {
        let announced = after(net, row.take())?;
        Self::from_text(reader.text(row.take())?, announced).ok_or(Damaged)
    }
}

/// Uses no cell: ids have nothing in common, and are written to a separate string of digits.
impl Codec for Uuid {
    type Value = Self;
    type Given = ();
    const WIDTH: usize = 0;

    fn columns(_: &str, _: &mut Vec<String>) {}

    fn pack(value: &Self, (): (), _: &mut Vec<Cell>, writer: &mut Writer) {
        writer.ids.push_str(value.simple().encode_lower(&mut [0; ID_DIGITS]));
    }

    fn unpack((): (), _: &mut Row<'_>, reader: &mut Reader<'_>) -> Result<Self, Damaged> {
        Self::try_parse(reader.id()?).map_err(|_| Damaged)
    }
}

fn since(at: DateTime<Utc>, before: DateTime<Utc>) -> Cell {
    Some(at.timestamp_micros().saturating_sub(before.timestamp_micros()))
}

fn after(before: DateTime<Utc>, microseconds: Cell) -> Result<DateTime<Utc>, Damaged> {
    before.checked_add_signed(TimeDelta::microseconds(microseconds.ok_or(Damaged)?)).ok_or(Damaged)
}
