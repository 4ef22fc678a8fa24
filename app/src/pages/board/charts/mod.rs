//! The charts of the board.

mod flown_charts;
mod more_charts;

use domain::Facet;
use leptos::prelude::*;

use self::more_charts::MoreCharts;
use crate::{
    charts::{launches_per_month_by_status, launches_per_orbit, launches_per_provider},
    components::{ChartFigure, Origin, Questions},
    erase::Erase as _,
    pages::board::state::Filters,
    time::use_minute,
};

/// The charts of the board, redrawn from the rows when the query changes: the three that most queries start with, and the others in a
/// disclosure.
#[component]
pub(super) fn BoardCharts() -> impl IntoView {
    let filters = expect_context::<Filters>();
    let Filters { query, rows, .. } = filters;
    let (questions, origin) = (filters.questions(), filters.origin());
    // Daily resolution is enough: the months of the axis do not change within a day.
    let minute = use_minute();
    let today = Memo::new(move |_| minute.get().date_naive());
    let per_month = Memo::new(move |_| {
        rows.with(|rows| query.with(|query| launches_per_month_by_status(&rows.on_any_day(), query, today.get())))
    });
    let per_provider = Memo::new(move |_| {
        rows.with(|rows| query.with(|query| launches_per_provider(&rows.tallies(Facet::Provider), query)))
    });
    let per_orbit = Memo::new(move |_| {
        rows.with(|rows| query.with(|query| launches_per_orbit(&rows.tallies(Facet::Orbit), query)))
    });
    view! {
        <section aria-labelledby="charts">
            <h2 id="charts" class="sr">"Charts of these launches"</h2>
            <div class="charts rail">
                <ChartFigure id="launches-per-month" figure=per_month questions=Some(questions) origin/>
                <ChartFigure id="launches-per-provider" figure=per_provider questions=Some(questions) origin/>
                <ChartFigure id="launches-per-orbit" figure=per_orbit questions=Some(questions) origin/>
            </div>
            <MoreCharts today/>
        </section>
    }
    .erase()
}

impl Filters {
    /// Returns the interface through which charts read and change the board's query.
    pub(super) fn questions(self) -> Questions {
        Questions {
            query: self.query,
            ask: Callback::new(move |asked| self.ask(move |query| *query = asked)),
            is_elsewhere: false,
        }
    }

    /// Returns the source of the board's numbers and the time of their observation.
    pub(super) fn origin(self) -> Origin {
        let as_of = Signal::derive(move || self.catalog.with(|catalog| catalog.board.observed_at()));
        Origin { source: self.board.with_value(|board| board.freshness.source), as_of }
    }
}
