use std::sync::Arc;

use chrono::{DateTime, Utc};
use domain::{Board, BoardQuery, Launch};
use uuid::Uuid;

/// The launches that pass the filters, in the order asked for, as positions in the whole list: a filter never copies a
/// launch.
#[derive(Clone, Debug)]
pub struct Rows {
    board: Arc<Board>,
    positions: Vec<usize>,
}

impl Rows {
    /// Selects from the whole list.
    pub fn select(board: &Arc<Board>, query: &BoardQuery) -> Self {
        let launches = &board.launches;
        let positions =
            query.select(launches).into_iter().filter_map(|launch| launches.element_offset(launch)).collect();
        Self { board: Arc::clone(board), positions }
    }

    /// The selected launches in order.
    pub fn launches(&self) -> Vec<&Launch> {
        self.positions.iter().map(|at| &self.board.launches[*at]).collect()
    }

    /// The selection as positions in [`Rows::all`].
    pub fn positions(&self) -> &[usize] {
        &self.positions
    }

    /// The first rows as a list keeps them apart.
    pub fn keyed(&self, count: usize) -> Vec<KeyedRow> {
        let row = |at: &usize| KeyedRow { position: *at, key: RowKey::of(&self.board.launches[*at]) };
        self.positions.iter().take(count).map(row).collect()
    }

    /// Every upcoming launch, selected or not.
    pub fn all(&self) -> &[Launch] {
        &self.board.launches
    }

    /// How many are selected.
    pub fn count(&self) -> usize {
        self.positions.len()
    }
}

/// Two selections of the same board are equal when they select the same; the board itself never changes.
impl PartialEq for Rows {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.board, &other.board) && self.positions == other.positions
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
