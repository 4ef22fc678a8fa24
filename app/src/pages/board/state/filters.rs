use std::sync::Arc;

use domain::{Board, BoardQuery, Facet, PastState, QueryError, Words};
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_location, use_navigate},
};

use super::{Catalog, CurrentBoard, Rows, past};

/// The router's way to another address, kept so that event handlers can copy it.
type Navigate = Arc<dyn Fn(&str, NavigateOptions) + Send + Sync>;

/// The board's question and its answer. The address is the only state: whatever changes the question changes the address,
/// and the rows follow. Found in the context of everything on the board.
#[derive(Clone, Copy)]
pub struct Filters {
    /// The whole list with its freshness.
    pub board: CurrentBoard,
    /// The same, prepared for questions. It changes when past launches join it, when news come, and with the time that is asked for.
    pub catalog: RwSignal<Arc<Catalog>>,
    /// How the past launches stand that the question may ask for.
    pub past: RwSignal<past::State>,
    /// The question in the address; the empty one while the address makes no sense.
    pub query: Memo<BoardQuery>,
    /// The words searched for, to be marked wherever they stand.
    pub words: Memo<Words>,
    pub rows: Memo<Rows>,
    /// The first thing wrong with the address, if anything is.
    pub error: Memo<Option<QueryError>>,
    navigate: StoredValue<Navigate>,
}

impl Filters {
    /// Reads the address of the page and selects from the whole list.
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

    /// The time that is shown instead of the present. It is the board's and not the address's: while another board is on its
    /// way, the old one is still that of its own time.
    pub fn then(&self) -> Option<PastState> {
        self.board.with_value(|board| board.past_state)
    }

    /// Puts another board in the place of this one; the question stays.
    #[cfg(feature = "hydrate")]
    pub(super) fn replace(&self, board: Arc<Board>) {
        self.past.set(past::State::of(&board));
        self.catalog.set(Arc::new(Catalog::new(board)));
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
