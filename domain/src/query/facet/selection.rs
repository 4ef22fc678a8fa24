use super::{Facet, value::Value};

/// The selected values of every facet, in the order of their selection: a map that has every key, many of them without
/// values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection([Vec<Value<'static>>; Facet::ALL.len()]);

impl Selection {
    /// Returns the selected values of a facet. Empty if it does not filter.
    pub(in crate::query) fn of(&self, facet: Facet) -> &[Value<'static>] {
        &self.0[facet as usize]
    }

    pub(in crate::query) fn of_mut(&mut self, facet: Facet) -> &mut Vec<Value<'static>> {
        &mut self.0[facet as usize]
    }

    /// Returns whether no facet filters.
    pub(in crate::query) fn is_empty(&self) -> bool {
        self.0.iter().all(Vec::is_empty)
    }

    /// Adds a value, or removes it if it is already selected.
    pub(in crate::query) fn flip(&mut self, facet: Facet, value: Value<'static>) {
        let selected = self.of_mut(facet);
        match selected.iter().position(|one| *one == value) {
            Some(at) => {
                selected.remove(at);
            }
            None => selected.push(value),
        }
    }
}
