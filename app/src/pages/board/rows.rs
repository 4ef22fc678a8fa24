use std::sync::Arc;

use domain::{BoardQuery, Launch};

/// The launches that pass the filters, in the order asked for, as positions in the whole list: a filter never copies a
/// launch.
#[derive(Clone, Debug)]
pub struct Rows {
    all: Arc<[Launch]>,
    shown: Vec<usize>,
}

impl Rows {
    /// Selects from the whole list.
    pub fn select(all: &Arc<[Launch]>, query: &BoardQuery) -> Self {
        let shown = query.select(all).into_iter().filter_map(|launch| all.element_offset(launch)).collect();
        Self { all: Arc::clone(all), shown }
    }

    /// The selected launches in order.
    pub fn launches(&self) -> Vec<&Launch> {
        self.shown.iter().map(|at| &self.all[*at]).collect()
    }

    /// Every upcoming launch, selected or not.
    pub fn all(&self) -> &[Launch] {
        &self.all
    }

    /// How many are selected.
    pub fn len(&self) -> usize {
        self.shown.len()
    }

    /// The launch at a position of the selection.
    pub fn get(&self, at: usize) -> Option<&Launch> {
        self.shown.get(at).map(|at| &self.all[*at])
    }
}

/// Two selections of the same list are equal when they select the same; the list itself never changes.
impl PartialEq for Rows {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.all, &other.all) && self.shown == other.shown
    }
}
