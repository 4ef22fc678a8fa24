use domain::{BoardQuery, Facet};

/// A change of one filter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    /// Selects or deselects a choice.
    Choice(Facet, String),
    /// Includes or excludes past launches.
    Past,
}

impl Change {
    pub(crate) fn apply(&self, query: &mut BoardQuery) {
        match self {
            Self::Choice(facet, key) => query.toggle(*facet, key),
            Self::Past => {
                query.past = !query.past;
                query.offset = 0;
            }
        }
    }
}
