use domain::{BoardQuery, Facet};
use leptos::prelude::*;

use super::Filters;
use crate::{
    charts::{launches_per_month_by_status, launches_per_orbit, launches_per_provider},
    components::{ChartFigure, Questions},
    time::use_minute,
};

/// The three charts of the board, redrawn from the rows as soon as the question changes.
#[component]
pub(super) fn BoardCharts() -> impl IntoView {
    let filters = expect_context::<Filters>();
    let Filters { query, rows, board, .. } = filters;
    let as_of = Signal::derive(move || board.with_value(|board| board.observed_at()));
    let now = use_minute();
    let questions = Questions {
        query,
        ask: Callback::new(move |asked: BoardQuery| filters.ask(move |query| *query = asked)),
        href: Filters::href,
    };
    let per_month = Memo::new(move |_| {
        rows.with(|rows| query.with(|query| launches_per_month_by_status(&rows.launches(), query, now.get())))
    });
    let per_provider = Memo::new(move |_| {
        rows.with(|rows| query.with(|query| launches_per_provider(&rows.peers(Facet::Provider), query)))
    });
    let per_orbit =
        Memo::new(move |_| rows.with(|rows| query.with(|query| launches_per_orbit(&rows.peers(Facet::Orbit), query))));
    view! {
        <section class="charts" aria-labelledby="charts">
            <h2 id="charts" class="sr">"Charts of these launches"</h2>
            <ChartFigure id="launches-per-month" figure=per_month questions as_of/>
            <ChartFigure id="launches-per-provider" figure=per_provider questions as_of/>
            <ChartFigure id="launches-per-orbit" figure=per_orbit questions as_of/>
        </section>
    }
}
