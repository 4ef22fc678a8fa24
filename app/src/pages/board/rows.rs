use std::sync::Arc;

use domain::{Board, BoardQuery, Launch};

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
