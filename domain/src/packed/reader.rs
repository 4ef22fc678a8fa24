//! Reads launches from columns. The input may be damaged, because it comes over the network.

use chrono::{DateTime, Utc};

use super::form::{Cell, Damaged, Packed};

/// Digits of an id.
pub(super) const ID_DIGITS: usize = 32;

/// The received board, with the columns in the order in which the codecs read them.
pub(super) struct Found<'wire> {
    ids: &'wire str,
    texts: &'wire [String],
    launches: Vec<&'wire [Cell]>,
    tables: Vec<Vec<&'wire [Cell]>>,
}

/// A column with its name.
type Named<'wire> = (&'wire str, &'wire [Cell]);

/// Reads the launches one after the other.
pub(super) struct Reader<'wire> {
    arrived: &'wire Found<'wire>,
    /// The time relative to which the next launch's time was written.
    pub(super) last: DateTime<Utc>,
    /// How many ids have been read.
    ids: usize,
}

/// The cells of one row, read one after the other.
pub(super) struct Row<'wire> {
    columns: &'wire [&'wire [Cell]],
    at: usize,
    next: usize,
}

impl<'wire> Found<'wire> {
    /// Finds every column by its name. Returns an error if one is missing, or shorter than the others of its table.
    pub(super) fn of(
        packed: &'wire Packed,
        launch: &[String],
        tables: impl Iterator<Item = Vec<String>>,
    ) -> Result<Self, Damaged> {
        let Packed { ids, texts, columns, .. } = packed;
        let names: Vec<_> = packed.names.split(' ').collect();
        if names.len() != columns.len() {
            return Err(Damaged);
        }
        let named: Vec<Named<'_>> = names.into_iter().zip(columns.iter().map(Vec::as_slice)).collect();
        let launches = found(&named, launch)?;
        let count = ids.len() / ID_DIGITS;
        if !ids.len().is_multiple_of(ID_DIGITS) || !are_even(&launches, count) {
            return Err(Damaged);
        }
        let tables = tables.map(|expected| found(&named, &expected)).collect::<Result<_, _>>()?;
        Ok(Self { ids, texts, launches, tables })
    }

    /// Reads every launch with `read`.
    pub(super) fn launches<T>(
        &self,
        read: impl Fn(&mut Row<'_>, &mut Reader<'_>) -> Result<T, Damaged>,
    ) -> Result<Vec<T>, Damaged> {
        let mut reader = Reader { arrived: self, last: DateTime::UNIX_EPOCH, ids: 0 };
        let launch = |at| read(&mut Row { columns: &self.launches, at, next: 0 }, &mut reader);
        (0..self.ids.len() / ID_DIGITS).map(launch).collect()
    }
}

impl<'wire> Reader<'wire> {
    /// Returns the text at an index.
    pub(super) fn text(&self, place: Cell) -> Result<&'wire str, Damaged> {
        let place = usize::try_from(place.ok_or(Damaged)?).map_err(|_| Damaged)?;
        self.arrived.texts.get(place).map(String::as_str).ok_or(Damaged)
    }

    /// Reads the row at an index of a table with `read`.
    pub(super) fn row<T>(
        &self,
        table: usize,
        place: Cell,
        read: impl Fn(&mut Row<'_>, &mut Reader<'_>) -> Result<T, Damaged>,
    ) -> Result<T, Damaged> {
        let at = usize::try_from(place.ok_or(Damaged)?).map_err(|_| Damaged)?;
        let columns = &self.arrived.tables[table];
        if at >= rows(columns) {
            return Err(Damaged);
        }
        // A separate reader: a table contains neither ids nor times relative to the previous row.
        let mut reader = Reader { arrived: self.arrived, last: self.last, ids: 0 };
        read(&mut Row { columns, at, next: 0 }, &mut reader)
    }

    /// Returns the digits of the next id.
    pub(super) fn id(&mut self) -> Result<&'wire str, Damaged> {
        let start = self.ids * ID_DIGITS;
        self.ids += 1;
        self.arrived.ids.get(start..start + ID_DIGITS).ok_or(Damaged)
    }
}

impl Row<'_> {
    pub(super) fn take(&mut self) -> Cell {
        let cell = self.here();
        self.next += 1;
        cell
    }

    pub(super) fn is_empty_here(&self) -> bool {
        self.here().is_none()
    }

    pub(super) fn skip(&mut self, cells: usize) {
        self.next += cells;
    }

    fn here(&self) -> Cell {
        match self.columns.get(self.next) {
            Some([all]) => *all,
            column => column.and_then(|column| column.get(self.at)).copied().flatten(),
        }
    }
}

/// Returns the columns of a table by their names.
fn found<'wire>(columns: &[Named<'wire>], expected: &[String]) -> Result<Vec<&'wire [Cell]>, Damaged> {
    let column = |name: &String| columns.iter().find(|(one, _)| one == name).map(|(_, cells)| *cells);
    let found = expected.iter().map(column).collect::<Option<Vec<_>>>().ok_or(Damaged)?;
    if are_even(&found, rows(&found)) { Ok(found) } else { Err(Damaged) }
}

/// Returns the number of rows in the columns of a table.
fn rows(columns: &[&[Cell]]) -> usize {
    columns.iter().map(|column| column.len()).max().unwrap_or(0)
}

/// Returns whether each column has a cell for every row, or one for all.
fn are_even(columns: &[&[Cell]], rows: usize) -> bool {
    columns.iter().all(|column| column.len() == rows || (column.len() == 1 && rows > 0))
}
