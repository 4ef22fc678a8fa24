use std::sync::Arc;

use domain::{Board, Clearness, Decision, DecisionQuery, Draws, QueryError, Weights};
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_location, use_navigate},
};

use crate::timing::timed;

type Navigate = Arc<dyn Fn(&str, NavigateOptions) + Send + Sync>;

/// The reader's query and the decision, provided as context to everything on the page.
#[derive(Clone, Copy)]
pub(super) struct Question {
    /// The launches to decide between; replaced when a run publishes.
    pub(super) board: RwSignal<Arc<Board>>,
    /// The current query. It runs ahead of the URL while a slider is held, and follows it otherwise.
    pub(super) query: RwSignal<DecisionQuery>,
    pub(super) decision: Memo<Decision>,
    clearness: Memo<Clearness>,
    /// The error in the URL, if any.
    pub(super) error: Memo<Option<QueryError>>,
    navigate: StoredValue<Navigate>,
}

impl Question {
    pub(super) fn provide(board: Arc<Board>) -> Self {
        let search = use_location().search;
        let parsed = Memo::new(move |_| DecisionQuery::parse(&search.get()));
        let error = Memo::new(move |_| parsed.get().err());
        let query = RwSignal::new(parsed.get_untracked().unwrap_or_default());
        // After a link of the page or the back button, the query follows the URL.
        Effect::new(move || {
            if let Ok(asked) = parsed.get()
                && query.with_untracked(|query| *query != asked)
            {
                query.set(asked);
            }
        });
        let board = RwSignal::new(board);
        let decision = Memo::new(move |_| {
            board.with(|board| query.with(|query| Decision::make(board.upcoming(), query, board.movement, board.now)))
        });
        // Neither the weights nor the threshold matter to the draws: they are kept while a slider moves.
        let drawn_for = Memo::new(move |_| {
            let bar = DecisionQuery::default().bar;
            query.with(|query| DecisionQuery { weights: Weights::default(), bar, ..query.clone() })
        });
        let draws = Memo::new_with_compare(
            move |_| {
                board.with(|board| {
                    drawn_for.with(|query| timed("draws", || Draws::make(board.upcoming(), query, board.now)))
                })
            },
            // Comparing megabytes of numbers would cost more than a needless update.
            |_, _| true,
        );
        let clearness = Memo::new(move |_| {
            decision.with(|decision| {
                draws.with(|draws| {
                    query.with(|query| timed("clearness", || Clearness::of(decision, draws, query.weights)))
                })
            })
        });
        let navigate = use_navigate();
        let navigate: Navigate = Arc::new(move |address, options| navigate(address, options));
        let question = Self { board, query, decision, clearness, error, navigate: StoredValue::new(navigate) };
        provide_context(question);
        question
    }

    /// Changes the query immediately; the URL stays as it is until [`Question::settle`].
    pub(super) fn try_out(self, change: impl FnOnce(&mut DecisionQuery)) {
        let mut asked = self.query.get_untracked();
        change(&mut asked);
        if self.query.with_untracked(|query| *query != asked) {
            self.query.set(asked);
        }
    }

    /// Writes the query into the URL and replaces the history entry.
    pub(super) fn settle(self) {
        let address = self.query.with_untracked(DecisionQuery::address);
        let navigate = self.navigate.get_value();
        navigate(&address, NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() });
    }

    /// Returns the URL after a change of the query. Tracks the query.
    pub(super) fn href_with(self, change: impl FnOnce(&mut DecisionQuery)) -> String {
        let mut asked = self.query.get();
        change(&mut asked);
        asked.address()
    }

    /// Reads query and decision together. Tracks both.
    ///
    /// The decision is read first: it is then of the current board, and its positions are positions in that board.
    pub(super) fn with<T>(self, read: impl FnOnce(&Board, &DecisionQuery, &Decision) -> T) -> T {
        self.decision.with(|decision| self.board.with(|board| self.query.with(|query| read(board, query, decision))))
    }

    /// Like [`Question::with`], and reads how clear the decision is. Tracks that too.
    pub(super) fn with_clearness<T>(self, read: impl FnOnce(&Board, &DecisionQuery, &Decision, &Clearness) -> T) -> T {
        self.clearness.with(|clearness| self.with(|board, query, decision| read(board, query, decision, clearness)))
    }
}
