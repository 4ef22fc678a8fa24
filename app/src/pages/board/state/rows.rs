use std::sync::Arc;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use domain::{Answer, Board, BoardQuery, Choice, Facet, Index, Launch};

use crate::charts::Tally;

/// A board with what makes it quick to ask.
#[derive(Debug)]
pub struct Catalog {
    pub board: Arc<Board>,
    index: Index,
}

impl Catalog {
    pub fn new(board: Arc<Board>) -> Self {
        Self { index: Index::new(&board.launches), board }
    }

    /// Every choice that some launch of the whole list has, those of most launches first. The order is that of the unfiltered
    /// list: choices that move under the finger get the wrong one pressed.
    pub fn choices(&self, facet: Facet) -> &[Choice] {
        self.index.choices(&self.board.launches, facet)
    }

    /// What a choice's key is called; none for a key that no launch has.
    pub fn label(&self, facet: Facet, key: &str) -> Option<&str> {
        self.choices(facet).iter().find(|choice| choice.key == key).map(|choice| choice.label.as_str())
    }

    fn ask(&self, query: &BoardQuery) -> Answer {
        self.index.ask(&self.board.launches, self.board.count_in(query), query)
    }
}

/// The launches that pass the filters, in the order asked for, as positions in the whole list: a filter never copies a
/// launch.
#[derive(Clone, Debug)]
pub struct Rows {
    catalog: Arc<Catalog>,
    answer: Answer,
    asked_of: usize,
}

impl Rows {
    /// Selects from the whole list.
    pub fn select(catalog: &Arc<Catalog>, query: &BoardQuery) -> Self {
        let asked_of = catalog.board.count_in(query);
        Self { catalog: Arc::clone(catalog), answer: catalog.ask(query), asked_of }
    }

    /// The selected launches in order.
    pub fn launches(&self) -> Vec<&Launch> {
        self.answer.positions.iter().map(|at| &self.catalog.board.launches[*at]).collect()
    }

    /// The selection as positions in the board's launches.
    pub fn positions(&self) -> &[usize] {
        &self.answer.positions
    }

    /// The first rows as a list keeps them apart.
    pub fn keyed(&self, count: usize) -> Vec<KeyedRow> {
        self.keyed_from(0, count)
    }

    /// So many rows from one on, as a list keeps them apart.
    pub fn keyed_from(&self, first: usize, count: usize) -> Vec<KeyedRow> {
        let launches = &self.catalog.board.launches;
        let row = |at: &usize| KeyedRow { position: *at, key: RowKey::of(&launches[*at]) };
        self.answer.positions.iter().skip(first).take(count).map(row).collect()
    }

    /// Every launch that was asked about, selected or not.
    pub fn all(&self) -> &[Launch] {
        &self.catalog.board.launches[..self.asked_of]
    }

    /// How many are selected.
    pub fn count(&self) -> usize {
        self.answer.positions.len()
    }

    /// What the rows were selected from.
    pub fn catalog(&self) -> &Arc<Catalog> {
        &self.catalog
    }

    /// How many filters each launch fails, told by kind.
    pub fn answer(&self) -> &Answer {
        &self.answer
    }

    /// How many launches each of [`Catalog::choices`] would show under the other filters.
    pub fn counts(&self, facet: Facet) -> Vec<usize> {
        self.catalog.index.counts(&self.catalog.board.launches, &self.answer, facet)
    }

    /// The choices of a facet that pass every other filter, with how many launches each has.
    pub fn tallies(&self, facet: Facet) -> Vec<Tally<'_>> {
        let launches = &self.catalog.board.launches;
        let choices = self.catalog.choices(facet).iter().zip(self.counts(facet));
        choices
            .filter(|(_, count)| *count > 0)
            .map(|(Choice { key, label, example }, count)| Tally { key, label, example: &launches[*example], count })
            .collect()
    }

    /// What passes every filter but this one: a selected bar keeps its peers, and can be compared and given back.
    pub fn peers(&self, facet: Facet) -> Vec<&Launch> {
        self.answer.but(facet).map(|at| &self.catalog.board.launches[at]).collect()
    }

    /// What passes every filter but the dates.
    pub fn on_any_day(&self) -> Vec<&Launch> {
        self.answer.but_dates().map(|at| &self.catalog.board.launches[at]).collect()
    }
}

/// Two selections of the same board are equal when they select the same and leave out the rest for the same reasons; the board
/// itself never changes.
impl PartialEq for Rows {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.catalog, &other.catalog) && self.asked_of == other.asked_of && self.answer == other.answer
    }
}

/// A row of a list with the state of its launch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyedRow {
    /// In [`Rows::all`] of the board that is shown now.
    pub position: usize,
    pub key: RowKey,
}

/// What keeps the rows of a list apart: a launch in another state is another row, and is drawn anew in its place; one that is
/// as it was stays the element it was, wherever it comes to stand.
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
    /// The key of a launch as it stands.
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
