//! The filters of the list: the filter bar, its sheet for small screens, and the active filters.

mod active_filters;
mod controls;
mod offered;
mod sheet;
mod view_switch;

use domain::{BoardQuery, Control, Facet};
use leptos::prelude::*;

use self::{
    active_filters::ActiveFilters,
    controls::{ChoiceChip, FacetChips, FacetList, PastChip, PastNote, Search},
    sheet::Sheet,
    view_switch::Views,
};
#[cfg(feature = "hydrate")]
use crate::pages::board::state::OpenBoard;
use crate::{
    components::{Icon, menu},
    erase::Erase as _,
    pages::board::state::Filters,
};

pub(crate) use active_filters::filters_in_force;
pub(super) use controls::DateRange;
pub(crate) use offered::filter_choices;

/// Query keys with their own form controls, besides facets. The form must carry all other keys in hidden inputs.
const CONTROLS: [&str; 3] = ["q", "from", "to"];

/// All controls that change the query. A GET form around links: without JavaScript, the chips still work as links, and a submit
/// button, which is visible only then, sends the check boxes.
#[component]
pub(super) fn FilterBar() -> impl IntoView {
    let sheet = RwSignal::new(false);
    #[cfg(feature = "hydrate")]
    OpenBoard::hold(expect_context::<Filters>());
    view! {
        <section class="filt" aria-label="Filters">
            <form method="get" action="/" role="search" on:submit=|event| event.prevent_default()>
                {carried()}
                <div class="fl1">
                    <Search/>
                    <SheetButton open=sheet/>
                    <div class="menus">
                        {menu("Dates", dates_count(), |_| view! { <DateRange id="menu"/> }.erase())}
                        {Facet::offered(|control| control == Control::Menu)
                            .map(|facet| {
                                menu(facet.label(), selected_count(vec![facet]), move |open| {
                                    view! { <FacetList facet open/> }.erase()
                                })
                            })
                            .collect_view()}
                        {menu("More", selected_count(Facet::offered(is_under_more).collect()), |_| {
                            Facet::offered(is_under_more).map(sub).collect_view().erase()
                        })}
                        <button class="btn unscripted" type="submit">"Apply"</button>
                    </div>
                    <Views/>
                </div>
                <div class="chip-row">
                    {Facet::offered(|control| control == Control::Chips)
                        .map(|facet| view! { <FacetChips facet/> })
                        .collect_view()}
                    <div class="chips">
                        {Facet::ALL
                            .into_iter()
                            .filter_map(|facet| match facet.control() {
                                Control::Switch(word) => Some(view! { <ChoiceChip facet key="true" word/> }),
                                _ => None,
                            })
                            .collect_view()}
                        <PastChip/>
                    </div>
                </div>
            </form>
            <PastNote/>
            <ActiveFilters/>
            <Sheet open=sheet/>
        </section>
    }
    .erase()
}

/// Returns whether all choices are under "More".
fn is_under_more(control: Control) -> bool {
    matches!(control, Control::Switch(_) | Control::More)
}

/// Hidden inputs for the keys whose controls are links: view, order, and the active chips.
fn carried() -> impl IntoView {
    let filters = expect_context::<Filters>();
    move || {
        let query = filters.query.with(BoardQuery::to_query_string);
        let is_list = |facet: Facet| facet.control() != Control::Chips;
        let is_control = |key: &str| CONTROLS.contains(&key) || Facet::from_key(key).is_some_and(is_list);
        // Our own keywords and numbers: none of them needs percent-encoding.
        query
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .filter(|(key, _)| !is_control(key))
            .map(|(name, value)| view! { <input type="hidden" name=name.to_owned() value=value.to_owned()/> })
            .collect_view()
    }
}

fn selected_count(facets: Vec<Facet>) -> Signal<usize> {
    let filters = expect_context::<Filters>();
    Signal::derive(move || filters.query.with(|query| facets.iter().map(|facet| facet.selected_count(query)).sum()))
}

fn dates_count() -> Signal<usize> {
    let filters = expect_context::<Filters>();
    Signal::derive(move || {
        filters.query.with(|query| usize::from(query.from.is_some()) + usize::from(query.to.is_some()))
    })
}

/// One facet among those that share a menu.
fn sub(facet: Facet) -> impl IntoView {
    let count = selected_count(vec![facet]);
    let details = NodeRef::<leptos::html::Details>::new();
    let open = RwSignal::new(false);
    let toggled = move |_| open.set(details.get_untracked().is_some_and(|details| details.open()));
    view! {
        <details class="sub" node_ref=details on:toggle=toggled>
            <summary>
                {facet.label()}
                {move || (count.get() > 0).then(|| view! { <b class="count">{count}</b> })}
            </summary>
            <FacetList facet open/>
        </details>
    }
}

/// Opens the sheet on a phone. It shows the number of active filters, as do the menus that it replaces.
#[component]
fn SheetButton(open: RwSignal<bool>) -> impl IntoView {
    let filters = expect_context::<Filters>();
    let count = Memo::new(move |_| {
        filters.query.with(|query| {
            Facet::ALL.iter().map(|facet| facet.selected_count(query)).sum::<usize>()
                + usize::from(query.from.is_some() || query.to.is_some())
        })
    });
    view! {
        <button class="btn sheet-button" type="button" aria-haspopup="dialog" on:click=move |_| open.set(true)>
            <Icon name="i-filter"/>
            "Filters"
            {move || (count.get() > 0).then(|| view! { " " <b class="count">{count}</b> })}
        </button>
    }
    .erase()
}
