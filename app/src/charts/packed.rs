//! A figure as one string.
//!
//! Only the server has the numbers of `/analysis`, so it builds the figures. Splitting a string costs the browser half a few hundred
//! bytes of code; derived deserializers of all these types would cost several kilobytes.

use chrono::NaiveDate;
use domain::{Facet, StatusKind};

use super::{Figure, Key, Mark, Remainder, Row, Select, Table};

/// Separators between the parts of a figure, the rows of a part, the cells of a row: ASCII has control characters for this.
const PART: char = '\u{1d}';
const ROW: char = '\u{1e}';
const CELL: char = '\u{1f}';

impl Figure {
    /// Returns the figure as text.
    #[cfg(any(feature = "ssr", test))]
    pub fn packed(&self) -> String {
        // A name from LL2 may contain any character.
        let clean = |text: &String| text.replace(|letter: char| letter < ' ' && letter != '\n', " ");
        let cells = |cells: &[String]| cells.iter().map(clean).collect::<Vec<_>>().join(&CELL.to_string());
        let rows = |rows: Vec<String>| rows.join(&ROW.to_string());
        let keys = self.keys.iter().map(|key| {
            let select =
                Some(&key.select).filter(|select| !matches!(select, Select::Facet(_, keys) if keys.is_empty()));
            cells(&[key.status.id().to_string(), key.label.clone(), key.count.to_string(), select_text(select)])
        });
        let remainder = self.remainder.as_ref().map_or_else(String::new, |one| {
            let counts = [one.placed.to_string(), one.left.to_string()];
            cells(&[counts[0].clone(), counts[1].clone(), one.placed_label.clone(), one.left_label.clone()])
        });
        let table = self.table.rows.iter().map(|row| {
            let mut all = vec![select_text(row.select.as_ref()), row.label.clone()];
            all.extend(row.cells.iter().cloned());
            cells(&all)
        });
        [
            clean(&self.finding),
            clean(&self.unit),
            clean(&self.sentence),
            clean(&self.option),
            rows(keys.collect()),
            remainder,
            rows(
                self.marks.iter().map(|mark| cells(&[mark.words.clone(), select_text(mark.select.as_ref())])).collect(),
            ),
            self.column.to_string(),
            cells(&self.table.head),
            rows(table.collect()),
        ]
        .join(&PART.to_string())
    }

    /// Parses a packed figure; returns none if the text is not one.
    pub fn unpacked(text: &str) -> Option<Self> {
        let parts: Vec<&str> = text.split(PART).collect();
        let [finding, unit, sentence, option, keys, remainder, marks, column, head, rows] = parts.as_slice() else {
            return None;
        };
        let cells = |row: &str| row.split(CELL).map(str::to_owned).collect::<Vec<_>>();
        // An empty string would split into one empty row.
        let split = |part: &&str| -> Vec<String> {
            if part.is_empty() { Vec::new() } else { part.split(ROW).map(str::to_owned).collect() }
        };
        let key = |row: &String| {
            let [status, label, count, select] = <[String; 4]>::try_from(cells(row)).ok()?;
            let select = select_of(&select).unwrap_or(Select::Facet(Facet::Status, Vec::new()));
            Some(Key { status: StatusKind::of(status.parse().ok()?), label, count: count.parse().ok()?, select })
        };
        let remainder = <[String; 4]>::try_from(cells(remainder)).ok();
        let remainder = remainder.and_then(|[placed, left, placed_label, left_label]| {
            Some(Remainder { placed: placed.parse().ok()?, left: left.parse().ok()?, placed_label, left_label })
        });
        let row = |row: String| {
            let mut cells = cells(&row).into_iter();
            let mut next = || cells.next().unwrap_or_default();
            let (select, label) = (select_of(&next()), next());
            Row { label, cells: cells.collect(), select }
        };
        let mark = |row: String| {
            let (words, select) = row.split_once(CELL).unwrap_or((&row, ""));
            Mark { words: words.to_owned(), select: select_of(select) }
        };
        Some(Self {
            finding: (*finding).to_owned(),
            unit: (*unit).to_owned(),
            sentence: (*sentence).to_owned(),
            option: (*option).to_owned(),
            keys: split(keys).iter().filter_map(key).collect(),
            remainder,
            marks: split(marks).into_iter().map(mark).collect(),
            column: column.parse().ok()?,
            table: Table { head: cells(head), rows: split(rows).into_iter().map(row).collect() },
        })
    }
}

/// "provider=121", "status=success,failure", "2019-01-01=2019-12-31"; empty if the mark has no filter.
#[cfg(any(feature = "ssr", test))]
fn select_text(select: Option<&Select>) -> String {
    match select {
        Some(Select::Facet(facet, keys)) => format!("{}={}", facet.key(), keys.join(",")),
        Some(Select::Days(first, last)) => format!("{first}={last}"),
        None => String::new(),
    }
}

fn select_of(text: &str) -> Option<Select> {
    let (what, which) = text.split_once('=')?;
    if let Some(facet) = Facet::from_key(what) {
        return Some(Select::Facet(facet, which.split(',').map(str::to_owned).collect()));
    }
    let day = |text: &str| text.parse::<NaiveDate>().ok();
    Some(Select::Days(day(what)?, day(which)?))
}
