//! Writes launches to columns.

use std::collections::HashMap;

use chrono::{DateTime, Utc};

use super::form::{Cell, Column};

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
    /// Creates a writer for launches and tables with these columns.
    pub(super) fn new(launch: Vec<String>, tables: impl Iterator<Item = Vec<String>>) -> Self {
        let tables: Vec<_> = tables.map(Columns::new).collect();
        Self {
            ids: String::new(),
            last: DateTime::UNIX_EPOCH,
            texts: Vec::new(),
            known_texts: HashMap::new(),
            launches: Columns::new(launch),
            known_rows: tables.iter().map(|_| HashMap::new()).collect(),
            tables,
        }
    }

    /// Adds the row of a launch.
    pub(super) fn launch(&mut self, row: &[Cell]) {
        self.launches.push(row);
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

    /// Returns the index of a row in a table, and adds the row if it is new.
    pub(super) fn row(&mut self, table: usize, row: Vec<Cell>) -> Cell {
        let known = &mut self.known_rows[table];
        if let Some(place) = known.get(&row) {
            return Some(*place);
        }
        let place = place(known.len());
        self.tables[table].push(&row);
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
    fn new(names: Vec<String>) -> Self {
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
