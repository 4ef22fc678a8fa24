use domain::Facet;
use leptos::{ev, html, prelude::*};

use super::{
    Filters,
    applied::Applied,
    dates::DateRange,
    facet::{CrewedChip, FacetChips, FacetList},
    search::Search,
    sheet::Sheet,
    views::Views,
};
use crate::components::Icon;
use crate::erase::Erase as _;

/// Facets with a menu of their own; the rest share "More".
const MENUS: [Facet; 4] = [Facet::Provider, Facet::Rocket, Facet::Location, Facet::Orbit];
const MORE: [Facet; 5] = [Facet::Pad, Facet::MissionType, Facet::Program, Facet::Country, Facet::Precision];

/// Everything that asks the board. A GET form around links: without a script the chips still lead somewhere and the
/// check boxes are sent by the button that only then appears.
#[component]
pub(super) fn FilterBar() -> impl IntoView {
    let sheet = RwSignal::new(false);
    view! {
        <section class="filt" aria-label="Filters">
            <form method="get" action="/" role="search" on:submit=|event| event.prevent_default()>
                {carried()}
                <div class="fl1">
                    <Search/>
                    <SheetButton open=sheet/>
                    <div class="menus">
                        {menu("Dates", dates_count(), |_| view! { <DateRange id="menu"/> }.erase())}
                        {MENUS.map(|facet| {
                            menu(facet.label(), selected_count(vec![facet]), move |open| {
                                view! { <FacetList facet open/> }.erase()
                            })
                        })}
                        {menu("More", selected_count(MORE.to_vec()), |open| MORE.map(|facet| sub(facet, open)).erase())}
                        <button class="btn unscripted" type="submit">"Apply"</button>
                    </div>
                    <Views/>
                </div>
                <div class="chip-row">
                    <FacetChips facet=Facet::Status/>
                    <FacetChips facet=Facet::Moon/>
                    <div class="chips"><CrewedChip/></div>
                </div>
            </form>
            <Applied/>
            <Sheet open=sheet/>
        </section>
    }
    .erase()
}

/// What the form must carry along because its controls are links: view, order, and the chips in force.
fn carried() -> impl IntoView {
    let filters = expect_context::<Filters>();
    move || {
        let query = filters.query.get();
        let mut carried = Vec::new();
        for facet in [Facet::Status, Facet::Moon] {
            carried.extend(facet.selected(&query).into_iter().map(|key| (facet.key(), key)));
        }
        carried.extend(query.crewed.map(|crewed| ("crewed", crewed.to_string())));
        carried.push(("view", query.view.slug().to_owned()));
        carried.extend(query.lanes.map(|lanes| ("lanes", lanes.slug().to_owned())));
        carried.extend(query.month.map(|month| ("month", month.format("%Y-%m").to_string())));
        carried.extend(query.day.map(|day| ("day", day.to_string())));
        carried.push(("sort", query.sort.slug().to_owned()));
        carried.push(("order", query.order.slug().to_owned()));
        carried.into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value/> }).collect_view()
    }
}

fn selected_count(facets: Vec<Facet>) -> Signal<usize> {
    let filters = expect_context::<Filters>();
    Signal::derive(move || filters.query.with(|query| facets.iter().map(|facet| facet.selected(query).len()).sum()))
}

fn dates_count() -> Signal<usize> {
    let filters = expect_context::<Filters>();
    Signal::derive(move || {
        filters.query.with(|query| usize::from(query.from.is_some()) + usize::from(query.to.is_some()))
    })
}

/// A drop-down that opens without a script, and closes on Escape or a press elsewhere with one. `count` says how many of
/// its choices are in force; the content is told whether it is in view.
fn menu(label: &'static str, count: Signal<usize>, content: impl FnOnce(Signal<bool>) -> AnyView) -> impl IntoView {
    let menu = NodeRef::<html::Details>::new();
    let open = RwSignal::new(false);
    let close = move || {
        if let Some(menu) = menu.get_untracked() {
            menu.set_open(false);
        }
    };
    Effect::new(move || {
        if !open.get() {
            return;
        }
        let pressed = window_event_listener(ev::pointerdown, move |event| {
            let target = event_target::<leptos::web_sys::Node>(&event);
            if menu.get_untracked().is_some_and(|menu| !menu.contains(Some(&target))) {
                close();
            }
        });
        on_cleanup(move || pressed.remove());
    });
    let escape = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" && open.get_untracked() {
            close();
            if let Some(summary) = menu.get_untracked().and_then(|menu| menu.query_selector("summary").ok().flatten()) {
                use leptos::wasm_bindgen::JsCast as _;
                // Only fails for an element out of the page.
                let _ = summary.unchecked_into::<leptos::web_sys::HtmlElement>().focus();
            }
        }
    };
    view! {
        <details
            class="menu"
            name="menu"
            node_ref=menu
            on:toggle=move |_| open.set(menu.get_untracked().is_some_and(|menu| menu.open()))
            on:keydown=escape
        >
            <summary class="btn">
                {label}
                {move || (count.get() > 0).then(|| view! { <b class="count">{count}</b> })}
                <Icon name="i-down" class="ic s"/>
            </summary>
            <div class="drop">{content(open.into())}</div>
        </details>
    }
    .erase()
}

/// One facet among those that share a menu.
fn sub(facet: Facet, open: Signal<bool>) -> impl IntoView {
    view! {
        <details class="sub">
            <summary>{facet.label()}</summary>
            <FacetList facet open/>
        </details>
    }
}

/// Opens the sheet on a phone. It says how many filters are in force, as the menus do that it stands for.
#[component]
fn SheetButton(open: RwSignal<bool>) -> impl IntoView {
    let filters = expect_context::<Filters>();
    let count = Memo::new(move |_| {
        filters.query.with(|query| {
            Facet::ALL.iter().map(|facet| facet.selected(query).len()).sum::<usize>()
                + usize::from(query.crewed.is_some())
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
