use std::sync::Arc;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use domain::{Answer, Board, BoardQuery, Choice, Facet, Index, Launch};

use crate::charts::Tally;

/// A board with an index for fast queries.
#[derive(Debug)]
pub struct Catalog {
    pub board: Arc<Board>,
    index: Index,
}

impl Catalog {
    pub fn new(board: Arc<Board>) -> Self {
        Self { index: Index::new(&board.launches), board }
    }

    /// Returns every choice that occurs in the whole list, those with most launches first. The order is that of the unfiltered list:
    /// if choices moved while the reader filters, the wrong one would be pressed.
    pub fn choices(&self, facet: Facet) -> &[Choice] {
        self.index.choices(&self.board.launches, facet)
    }

    /// Returns the label of a choice's key; `None` for a key that no launch has.
    pub fn label(&self, facet: Facet, key: &str) -> Option<&str> {
        self.choices(facet).iter().find(|choice| choice.key == key).map(|choice| choice.label.as_str())
    }

    fn ask(&self, query: &BoardQuery) -> Answer {
        self.index.ask(&self.board.launches, self.board.count_in(query), query)
    }
}

/// The launches that pass the filters, in the requested order, as positions in the whole list: a filter never copies a launch.
#[derive(Clone, Debug)]
pub struct Rows {
    catalog: Arc<Catalog>,
    answer: Answer,
    asked_of: usize,
}

impl Rows {
    /// Selects rows from the whole list.
    pub fn select(catalog: &Arc<Catalog>, query: &BoardQuery) -> Self {
        let asked_of = catalog.board.count_in(query);
        Self { catalog: Arc::clone(catalog), answer: catalog.ask(query), asked_of }
    }

    /// Returns the selected launches in order.
    pub fn launches(&self) -> Vec<&Launch> {
        self.answer.positions.iter().map(|at| &self.catalog.board.launches[*at]).collect()
    }

    /// Returns the selection as positions in the board's launches.
    pub fn positions(&self) -> &[usize] {
        &self.answer.positions
    }

    /// Returns the first `count` rows with their list keys.
    pub fn keyed(&self, count: usize) -> Vec<KeyedRow> {
        self.keyed_from(0, count)
    }

    /// Returns `count` rows from `first` on, with their list keys.
    pub fn keyed_from(&self, first: usize, count: usize) -> Vec<KeyedRow> {
        let launches = &self.catalog.board.launches;
        let row = |at: &usize| KeyedRow { position: *at, key: RowKey::of(&launches[*at]) };
        self.answer.positions.iter().skip(first).take(count).map(row).collect()
    }

    /// Returns every launch in the scope of the query, selected or not.
    pub fn all(&self) -> &[Launch] {
        &self.catalog.board.launches[..self.asked_of]
    }

    /// Returns the number of selected launches.
    pub fn count(&self) -> usize {
        self.answer.positions.len()
    }

    /// Returns the catalog that the rows were selected from.
    pub fn catalog(&self) -> &Arc<Catalog> {
        &self.catalog
    }

    /// Returns the result of the query: how many filters each launch fails, by kind.
    pub fn answer(&self) -> &Answer {
        &self.answer
    }

    /// Returns how many launches each of [`Catalog::choices`] would show under the other filters.
    pub fn counts(&self, facet: Facet) -> Vec<usize> {
        self.catalog.index.counts(&self.catalog.board.launches, &self.answer, facet)
    }

    /// Returns the choices of a facet that pass every other filter, with the number of launches of each.
    pub fn tallies(&self, facet: Facet) -> Vec<Tally<'_>> {
        let launches = &self.catalog.board.launches;
        let choices = self.catalog.choices(facet).iter().zip(self.counts(facet));
        choices
            .filter(|(_, count)| *count > 0)
            .map(|(Choice { key, label, example }, count)| Tally { key, label, example: &launches[*example], count })
            .collect()
    }

    /// Returns the launches that pass every filter except this one: a selected bar keeps its peers, and can be compared and deselected.
    pub fn peers(&self, facet: Facet) -> Vec<&Launch> {
        self.answer.but(facet).map(|at| &self.catalog.board.launches[at]).collect()
    }

    /// Returns the launches that pass every filter except the dates.
    pub fn on_any_day(&self) -> Vec<&Launch> {
        self.answer.but_dates().map(|at| &self.catalog.board.launches[at]).collect()
    }
}

/// Two selections of the same board are equal if they select the same launches and exclude the rest for the same reasons; the board
/// itself never changes.
impl PartialEq for Rows {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.catalog, &other.catalog) && self.asked_of == other.asked_of && self.answer == other.answer
    }
}

/// A row of a list with the state of its launch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyedRow {
    /// Position in [`Rows::all`] of the board shown now.
    pub position: usize,
    pub key: RowKey,
}

/// The key of a row in a keyed list. A launch in another state is another row and is redrawn; an unchanged launch keeps its element,
/// even if its position changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RowKey {
    pub id: Uuid,
    net: DateTime<Utc>,
    precision: Option<i32>,
    status: i32,
    last_updated: DateTime<Utc>,
    slip_count: i32,
}

impl RowKey {
    /// Returns the key of a launch in its current state.
    pub fn of(launch: &Launch) -> Self {
        Self {
            id: launch.id,
            net: launch.net,
            precision: launch.net_precision.as_ref().map(|precision| precision.id),
            status: launch.status.id,
            last_updated: launch.last_updated,
            slip_count: launch.slip_count,
        }
    }
}
