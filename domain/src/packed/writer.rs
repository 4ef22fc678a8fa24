//! Writes launches to columns.

use std::collections::HashMap;

use chrono::{DateTime, Utc};

use super::{
    Cell, Column,
    codec::Codec,
    declared::{TABLES, Table},
};
use crate::Launch;

/// The state while writing.
pub(super) struct Writer {
    pub(super) ids: String,
    /// The time relative to which the next launch's time is written.
    pub(super) last: DateTime<Utc>,
    texts: Vec<String>,
    known_texts: HashMap<String, i64>,
    launches: Columns,
    tables: Vec<Columns>,
    known_rows: Vec<HashMap<Vec<Cell>, i64>>,
}

/// The result, ready to serialize.
pub(super) struct Parts {
    pub(super) ids: String,
    pub(super) texts: Vec<String>,
    pub(super) names: String,
    pub(super) columns: Vec<Column>,
}

/// The cells of rows of the same type, column by column.
struct Columns {
    names: Vec<String>,
    cells: Vec<Vec<Cell>>,
}

impl Writer {
    pub(super) fn new() -> Self {
        Self {
            ids: String::new(),
            last: DateTime::UNIX_EPOCH,
            texts: Vec::new(),
            known_texts: HashMap::new(),
            launches: Columns::new("launch", Launch::columns),
            tables: TABLES.iter().map(|table| Columns::new(table.name, table.columns)).collect(),
            known_rows: TABLES.iter().map(|_| HashMap::new()).collect(),
        }
    }

    pub(super) fn launch(&mut self, launch: &Launch) {
        let mut row = Vec::with_capacity(Launch::WIDTH);
        Launch::pack(launch, (), &mut row, self);
        self.launches.push(&row);
    }

    /// Returns the index of a text, and adds the text if it is new.
    pub(super) fn text(&mut self, text: &str) -> Cell {
        if let Some(place) = self.known_texts.get(text) {
            return Some(*place);
        }
        let place = place(self.texts.len());
        self.texts.push(text.to_owned());
        self.known_texts.insert(text.to_owned(), place);
        Some(place)
    }

    /// Returns the index of a row in its table, and adds the row if it is new.
    pub(super) fn row<T: Table>(&mut self, value: &T) -> Cell {
        let mut row = Vec::with_capacity(T::WIDTH);
        T::pack(value, (), &mut row, self);
        let known = &mut self.known_rows[T::PLACE];
        if let Some(place) = known.get(&row) {
            return Some(*place);
        }
        let place = place(known.len());
        self.tables[T::PLACE].push(&row);
        known.insert(row, place);
        Some(place)
    }

    pub(super) fn into_parts(self) -> Parts {
        let (mut names, mut columns) = (Vec::new(), Vec::new());
        for table in self.tables.into_iter().chain([self.launches]) {
            names.extend(table.names);
            columns.extend(table.cells.into_iter().map(shortened));
        }
        Parts { ids: self.ids, texts: self.texts, names: names.join(" "), columns }
    }
}

impl Columns {
    fn new(name: &str, columns: fn(&str, &mut Vec<String>)) -> Self {
        let mut names = Vec::new();
        columns(name, &mut names);
        Self { cells: vec![Vec::new(); names.len()], names }
    }

    fn push(&mut self, row: &[Cell]) {
        for (column, cell) in self.cells.iter_mut().zip(row) {
            column.push(*cell);
        }
    }
}

/// Keeps one cell if all are equal, as in columns of rare values.
fn shortened(mut cells: Vec<Cell>) -> Vec<Cell> {
    if cells.windows(2).all(|two| two[0] == two[1]) {
        cells.truncate(1);
    }
    cells
}

fn place(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
