//! Tables of structs that several launches share: each distinct value is written once.

use std::marker::PhantomData;

use super::{
    codec::{Codec, Scalar},
    form::{Cell, Damaged},
    reader::Reader,
    writer::Writer,
};

/// A struct that several launches share: each distinct value is written once.
pub(super) trait Table: Codec<Value = Self, Given = ()> + Sized {
    /// Index of its table.
    const PLACE: usize;
}

/// The name of a table in the packed form, and the function that returns the names of its columns.
pub(super) struct Named {
    name: &'static str,
    columns: fn(&str, &mut Vec<String>),
}

pub(super) const fn named<T: Codec>(name: &'static str) -> Named {
    Named { name, columns: T::columns }
}

impl Named {
    /// Returns the names of its columns.
    pub(super) fn columns(&self) -> Vec<String> {
        let mut names = Vec::new();
        (self.columns)(self.name, &mut names);
        names
    }
}

/// A row of the table of `T`, which several launches share.
pub(super) struct Shared<T>(PhantomData<T>);

impl<T: Table> Scalar for Shared<T> {
    type Value = T;
    type Given = ();

    fn write(value: &T, (): (), writer: &mut Writer) -> Cell {
        write(value, writer)
    }

    fn read(cell: Cell, (): (), reader: &Reader<'_>) -> Result<T, Damaged> {
        read(cell, reader)
    }

    fn isolate(value: &mut T) {
        <T as Codec>::isolate(value);
    }
}

/// Any number of rows of the table of `T`: their indexes as one text, or an empty cell if there are none.
pub(super) struct ManyShared<T>(PhantomData<T>);

impl<T: Table> Scalar for ManyShared<T> {
    type Value = Vec<T>;
    type Given = ();

    fn write(values: &Vec<T>, (): (), writer: &mut Writer) -> Cell {
        let places: Vec<_> =
            values.iter().filter_map(|value| write(value, writer)).map(|place| place.to_string()).collect();
        if places.is_empty() { None } else { writer.text(&places.join(",")) }
    }

    fn read(cell: Cell, (): (), reader: &Reader<'_>) -> Result<Vec<T>, Damaged> {
        if cell.is_none() {
            return Ok(Vec::new());
        }
        reader.text(cell)?.split(',').map(|place| read(place.parse().ok(), reader)).collect()
    }

    fn isolate(values: &mut Vec<T>) {
        values.iter_mut().for_each(<T as Codec>::isolate);
    }
}

/// Writes a value to its table. Returns the index of its row.
fn write<T: Table>(value: &T, writer: &mut Writer) -> Cell {
    let mut row = Vec::with_capacity(T::WIDTH);
    T::pack(value, (), &mut row, writer);
    writer.row(T::PLACE, row)
}

/// Reads the row at an index of the table.
fn read<T: Table>(place: Cell, reader: &Reader<'_>) -> Result<T, Damaged> {
    reader.row(T::PLACE, place, |row, reader| T::unpack((), row, reader))
}
