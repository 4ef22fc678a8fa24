//! Charts of launches that have flown. Their data is not part of the board; it is fetched when the charts are opened.

use domain::{Facet, FlownRecord};
use leptos::{prelude::*, task::spawn_local};

use crate::{
    AppError,
    charts::{success_per_rocket, turnaround_per_pad},
    components::{ChartFigure, Origin},
    erase::Erase as _,
    pages::board::state::{Filters, flown},
};

/// Loading state of the record.
#[derive(Clone, Debug, PartialEq)]
enum State {
    Coming,
    Here(FlownRecord),
    Failed(AppError),
}

/// How often the rockets of these launches have succeeded, and how quickly their pads turn around.
#[component]
pub(super) fn FlownCharts() -> impl IntoView {
    let query = expect_context::<Filters>().query;
    let as_of = Memo::new(move |_| query.with(|query| query.as_of));
    let state = RwSignal::new(State::Coming);
    let fetch = move || {
        state.set(State::Coming);
        let as_of = as_of.get_untracked();
        spawn_local(async move {
            let answer = flown(as_of).await;
            // The charts may have been closed in the meantime.
            state.try_set(answer.map_or_else(State::Failed, State::Here));
        });
    };
    Effect::new(move || {
        as_of.track();
        fetch();
    });
    let error = Memo::new(move |_| {
        state.with(|state| match state {
            State::Failed(error) => Some(error.to_string()),
            _ => None,
        })
    });
    let is_here = Memo::new(move |_| state.with(|state| matches!(state, State::Here(_))));
    view! {
        {move || match (is_here.get(), error.get()) {
            (true, _) => view! { <Drawn state/> }.erase(),
            (false, Some(why)) => view! {
                <p class="panel pad flown-note" role="alert">
                    {format!("The launches that have flown could not be read: {why} ")}
                    <button class="btn" type="button" on:click=move |_| fetch()>"Try again"</button>
                </p>
            }
            .erase(),
            (false, None) => view! {
                <p class="panel pad flown-note" role="status">"Loading the launches that have flown\u{2026}"</p>
            }
            .erase(),
        }}
    }
    .erase()
}

#[component]
fn Drawn(state: RwSignal<State>) -> impl IntoView {
    let filters = expect_context::<Filters>();
    let Filters { query, rows, .. } = filters;
    let questions = Some(filters.questions());
    let record = Memo::new(move |_| {
        state.with(|state| match state {
            State::Here(record) => Some(record.clone()),
            _ => None,
        })
    });
    let origin = Origin {
        as_of: Signal::derive(move || record.with(|record| record.as_ref().and_then(|record| record.as_of))),
        ..filters.origin()
    };
    let per_rocket = Memo::new(move |_| {
        record.with(|record| {
            let known = record.as_ref().map_or(&[][..], |record| &record.rockets);
            rows.with(|rows| query.with(|query| success_per_rocket(&rows.tallies(Facet::Rocket), known, query)))
        })
    });
    let per_pad = Memo::new(move |_| {
        record.with(|record| {
            let known = record.as_ref().map_or(&[][..], |record| &record.pads);
            rows.with(|rows| query.with(|query| turnaround_per_pad(&rows.tallies(Facet::Pad), known, query)))
        })
    });
    view! {
        <div class="half"><ChartFigure id="success-per-rocket" figure=per_rocket questions origin/></div>
        <div class="half"><ChartFigure id="turnaround-per-pad" figure=per_pad questions origin/></div>
    }
    .erase()
}
