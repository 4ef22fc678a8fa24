use domain::{BoardQuery, Launch, Order, Sort};
use leptos::prelude::*;

use super::{Filters, Rows, cards::distance};
use crate::{
    components::{MoonStamp, StatusStamp},
    erase::Erase as _,
    time::net_time,
};

/// Rows drawn at once. Every launch of a usual board fits; only a board of thousands is cut, so that a filter stays quick.
const BATCH: usize = 500;

/// The columns: head, what it sorts by, and whether it holds numbers.
const COLUMNS: [(&str, Option<Sort>, bool); 9] = [
    ("Launch", Some(Sort::Name), false),
    ("Provider", Some(Sort::Provider), false),
    ("Rocket", Some(Sort::Rocket), false),
    ("Listed date", Some(Sort::Net), false),
    ("Status", Some(Sort::Status), false),
    ("Moon", Some(Sort::Moon), false),
    ("km/s left", None, true),
    ("Orbit", Some(Sort::Orbit), false),
    ("Location", Some(Sort::Location), false),
];

/// The launches as a table, sortable by its heads. It scrolls within itself where it is wider than the screen.
#[component]
pub(super) fn LaunchTable() -> impl IntoView {
    let filters = expect_context::<Filters>();
    let revealed = RwSignal::new(BATCH);
    let shown = Memo::new(move |_| filters.rows.with(|rows| rows.keyed(revealed.get())));
    let left = Memo::new(move |_| filters.rows.with(Rows::count).saturating_sub(revealed.get()));
    view! {
        <div class="panel table-scroll" role="region" aria-label="Launches as a table" tabindex="0">
            <table class="tbl">
                <thead>
                    <tr>{COLUMNS.map(|(head, sort, is_number)| column(filters, head, sort, is_number))}</tr>
                </thead>
                <tbody>
                    <For
                        each=move || shown.get()
                        key=|keyed| keyed.key
                        children=move |keyed| filters.board.with_value(|board| row(&board.launches[keyed.position]))
                    />
                </tbody>
            </table>
        </div>
        <p class="more" hidden=move || left.get() == 0>
            <button class="btn" type="button" on:click=move |_| revealed.update(|count| *count += BATCH)>
                {move || format!("Show {} more", left.get().min(BATCH))}
            </button>
        </p>
    }
    .erase()
}

fn column(filters: Filters, head: &'static str, sort: Option<Sort>, is_number: bool) -> impl IntoView {
    let state = Memo::new(move |_| filters.query.with(|query| (sort == Some(query.sort)).then_some(query.order)));
    let aria_sort = move || {
        state.get().map(|order| match order {
            Order::Ascending => "ascending",
            Order::Descending => "descending",
        })
    };
    let arrow = move || match state.get() {
        Some(Order::Ascending) => " \u{2191}",
        Some(Order::Descending) => " \u{2193}",
        None => "",
    };
    view! {
        <th scope="col" class:n=is_number aria-sort=aria_sort>
            {match sort {
                Some(sort) => view! {
                    <a href=move || filters.href_with(|query| sort_by(query, sort)) data-noscroll="">
                        {head}
                        <span aria-hidden="true">{arrow}</span>
                    </a>
                }.erase(),
                None => head.erase(),
            }}
        </th>
    }
}

/// The first press sorts upwards, the next turns it round.
fn sort_by(query: &mut BoardQuery, sort: Sort) {
    query.order =
        if query.sort == sort && query.order == Order::Ascending { Order::Descending } else { Order::Ascending };
    query.sort = sort;
}

fn row(launch: &Launch) -> impl IntoView + use<> {
    let orbit = launch.orbit.as_ref().map(|orbit| orbit.name.clone());
    let left = launch.moon.delta_v_left_km_s.is_some().then(|| distance(launch).replace(" km/s left", ""));
    view! {
        <tr>
            <th scope="row"><a href=format!("/launches/{}", launch.id)>{launch.title().to_owned()}</a></th>
            <td>{launch.provider.name.clone()}</td>
            <td>{launch.rocket.name.clone()}</td>
            <td class="nw">{net_time(launch)}</td>
            <td><StatusStamp status=launch.status.clone()/></td>
            <td><MoonStamp tier=launch.moon.tier/></td>
            <td class="n">{or_not_given(left)}</td>
            <td>{or_not_given(orbit)}</td>
            <td>{launch.location.name.clone()}</td>
        </tr>
    }
}

fn or_not_given(text: Option<String>) -> impl IntoView {
    match text {
        Some(text) => text.erase(),
        None => view! { <span class="f">"not given"</span> }.erase(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_sorts_upwards_first_and_then_turns_round() {
        let mut query = BoardQuery::default();
        sort_by(&mut query, Sort::Provider);
        assert_eq!((query.sort, query.order), (Sort::Provider, Order::Ascending));
        sort_by(&mut query, Sort::Provider);
        assert_eq!((query.sort, query.order), (Sort::Provider, Order::Descending));
        sort_by(&mut query, Sort::Name);
        assert_eq!((query.sort, query.order), (Sort::Name, Order::Ascending));
    }
}
