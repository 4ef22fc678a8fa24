use domain::{BoardQuery, Facet, Launch};

/// A choice of a facet with the launches that pass every *other* filter: a selected bar keeps the others next to it, to be
/// compared with them and deselected again.
#[derive(Clone, Copy, Debug)]
pub struct Tally<'board> {
    /// The key as written in the address.
    pub key: &'board str,
    pub label: &'board str,
    /// One launch that has it.
    pub example: &'board Launch,
    pub count: usize,
}

impl Tally<'_> {
    pub(super) fn is_selected(&self, facet: Facet, query: &BoardQuery) -> bool {
        query.selects(facet, self.key)
    }
}

/// The sum of all counts.
pub(super) fn total(tallies: &[Tally<'_>]) -> usize {
    tallies.iter().map(|tally| tally.count).sum()
}
