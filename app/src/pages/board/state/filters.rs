use std::sync::Arc;

use domain::{Board, BoardQuery, Facet, PastState, QueryError, Words};
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_location, use_navigate},
};

use super::{Catalog, CurrentBoard, Rows, past};

/// The router's navigate function, stored so that event handlers can copy it.
type Navigate = Arc<dyn Fn(&str, NavigateOptions) + Send + Sync>;

/// The board's query and its result. The URL is the only state: every change of the query changes the URL, and the rows follow.
/// Provided as context to everything on the board.
#[derive(Clone, Copy)]
pub struct Filters {
    /// The whole list with its freshness.
    pub board: CurrentBoard,
    /// The same list, indexed for queries. It changes when past launches are added, when a run publishes, and with the requested time.
    pub catalog: RwSignal<Arc<Catalog>>,
    /// Loading state of the past launches, which the query may include.
    pub past: RwSignal<past::State>,
    /// The query in the URL; the default query while the URL is invalid.
    pub query: Memo<BoardQuery>,
    /// The search words, to be highlighted wherever they occur.
    pub words: Memo<Words>,
    pub rows: Memo<Rows>,
    /// The first error in the URL, if any.
    pub error: Memo<Option<QueryError>>,
    navigate: StoredValue<Navigate>,
}

impl Filters {
    /// Parses the URL of the page and selects rows from the whole list.
    pub(in crate::pages::board) fn provide(board: Arc<Board>) -> Self {
        let search = use_location().search;
        let parsed = Memo::new(move |_| BoardQuery::parse(&search.get()));
        let query = Memo::new(move |_| parsed.get().unwrap_or_default());
        let error = Memo::new(move |_| parsed.get().err());
        let words = Memo::new(move |_| query.with(|query| Words::of(&query.q)));
        let past = RwSignal::new(past::State::of(&board));
        let catalog = RwSignal::new(Arc::new(Catalog::new(board)));
        let board = CurrentBoard::of(catalog);
        let rows = Memo::new(move |_| query.with(|query| catalog.with(|catalog| Rows::select(catalog, query))));
        let navigate = use_navigate();
        let navigate: Navigate = Arc::new(move |address, options| navigate(address, options));
        let navigate = StoredValue::new(navigate);
        let filters = Self { board, catalog, past, query, words, rows, error, navigate };
        provide_context(filters);
        filters
    }

    /// Returns the past time that is shown, `None` for the present. It comes from the board and not from the URL: while another board is
    /// loading, the old one still shows its own time.
    pub fn then(&self) -> Option<PastState> {
        self.board.with_value(|board| board.past_state)
    }

    /// Replaces the board; the query stays.
    #[cfg(feature = "hydrate")]
    pub(super) fn replace(&self, board: Arc<Board>) {
        self.past.set(past::State::of(&board));
        self.catalog.set(Arc::new(Catalog::new(board)));
    }

    /// Returns the URL after a change of the query. Tracks the query.
    pub fn href_with(&self, change: impl FnOnce(&mut BoardQuery)) -> String {
        let mut query = self.query.get();
        change(&mut query);
        query.address()
    }

    /// Returns the URL with a choice selected or deselected. Tracks the query.
    pub fn href_toggled(&self, facet: Facet, key: &str) -> String {
        self.href_with(|query| query.toggle(facet, key))
    }

    /// Changes the query as a new history entry: the back button returns to the current one.
    pub fn ask(&self, change: impl FnOnce(&mut BoardQuery)) {
        self.go(change, false);
    }

    /// Changes the query in the current history entry, as typing does: one entry, not one per letter.
    pub fn rephrase(&self, change: impl FnOnce(&mut BoardQuery)) {
        self.go(change, true);
    }

    fn go(&self, change: impl FnOnce(&mut BoardQuery), replace: bool) {
        let mut query = self.query.get_untracked();
        change(&mut query);
        let navigate = self.navigate.get_value();
        navigate(&query.address(), NavigateOptions { replace, scroll: false, ..NavigateOptions::default() });
    }
}
