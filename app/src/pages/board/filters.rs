use std::sync::Arc;

use domain::{Board, BoardQuery, Facet, QueryError, Then};
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_location, use_navigate},
};

use super::{CurrentBoard, Rows};

/// The router's way to another address, kept so that event handlers can copy it.
type Navigate = Arc<dyn Fn(&str, NavigateOptions) + Send + Sync>;

/// The board's question and its answer. The address is the only state: whatever changes the question changes the address,
/// and the rows follow. Found in the context of everything on the board.
#[derive(Clone, Copy)]
pub struct Filters {
    /// The whole list with its freshness.
    pub board: CurrentBoard,
    /// The question in the address; the empty one while the address makes no sense.
    pub query: Memo<BoardQuery>,
    pub rows: Memo<Rows>,
    /// The first thing wrong with the address, if anything is.
    pub error: Memo<Option<QueryError>>,
    navigate: StoredValue<Navigate>,
}

impl Filters {
    /// Reads the address of the page and selects from the whole list.
    pub(super) fn provide(board: Arc<Board>) -> Self {
        let search = use_location().search;
        let parsed = Memo::new(move |_| BoardQuery::parse(&search.get()));
        let query = Memo::new(move |_| parsed.get().unwrap_or_default());
        let error = Memo::new(move |_| parsed.get().err());
        let board = CurrentBoard::new(board);
        let rows = Memo::new(move |_| query.with(|query| board.with_value(|board| Rows::select(board, query))));
        let navigate = use_navigate();
        let navigate: Navigate = Arc::new(move |address, options| navigate(address, options));
        let filters = Self { board, query, rows, error, navigate: StoredValue::new(navigate) };
        provide_context(filters);
        filters
    }

    /// The time that is shown instead of the present. It is the board's and not the address's: while another board is on its
    /// way, the old one is still that of its own time.
    pub fn then(&self) -> Option<Then> {
        self.board.with_value(|board| board.then)
    }

    /// The address of a question.
    pub fn href(query: &BoardQuery) -> String {
        match query.to_query_string() {
            query if query.is_empty() => "/".to_owned(),
            query => format!("/?{query}"),
        }
    }

    /// The address after a change of the question. Tracks the question.
    pub fn href_with(&self, change: impl FnOnce(&mut BoardQuery)) -> String {
        let mut query = self.query.get();
        change(&mut query);
        Self::href(&query)
    }

    /// The address with a choice taken, or given back. Tracks the question.
    pub fn href_toggled(&self, facet: Facet, key: &str) -> String {
        self.href_with(|query| query.toggle(facet, key))
    }

    /// Asks another question as a new step of the history: the back button returns to this one.
    pub fn ask(&self, change: impl FnOnce(&mut BoardQuery)) {
        self.go(change, false);
    }

    /// Asks another question in place of this one, as typing does: one step of the history, not one per letter.
    pub fn rephrase(&self, change: impl FnOnce(&mut BoardQuery)) {
        self.go(change, true);
    }

    fn go(&self, change: impl FnOnce(&mut BoardQuery), replace: bool) {
        let mut query = self.query.get_untracked();
        change(&mut query);
        let navigate = self.navigate.get_value();
        navigate(&Self::href(&query), NavigateOptions { replace, scroll: false, ..NavigateOptions::default() });
    }
}
