use domain::{BoardQuery, Facet, Launch};

/// A choice of a facet with the launches that pass every *other* filter: a selected bar keeps its peers beside it, and can be
/// compared and given back.
#[derive(Clone, Copy, Debug)]
pub struct Tally<'board> {
    /// As the address writes it.
    pub key: &'board str,
    pub label: &'board str,
    /// A launch that has it.
    pub example: &'board Launch,
    pub count: usize,
}

impl Tally<'_> {
    pub(super) fn is_selected(&self, facet: Facet, query: &BoardQuery) -> bool {
        query.selects(facet, self.key)
    }
}

/// All of them together.
pub(super) fn total(tallies: &[Tally<'_>]) -> usize {
    tallies.iter().map(|tally| tally.count).sum()
}
