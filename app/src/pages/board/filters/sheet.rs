use domain::{BoardQuery, Control, Facet};
use leptos::{html, prelude::*};

use super::controls::{DateRange, FacetChips, FacetList, PastChip};
use crate::{
    erase::Erase as _,
    pages::board::state::{Filters, Rows},
};

/// The filters on a phone, in a sheet at the bottom edge. It is a native modal dialog: it traps the focus, closes on Escape and
/// restores the focus. Its content exists only while it is open.
#[component]
pub(super) fn Sheet(open: RwSignal<bool>) -> impl IntoView {
    let filters = expect_context::<Filters>();
    let dialog = NodeRef::<html::Dialog>::new();
    Effect::new(move || {
        let Some(dialog) = dialog.get() else { return };
        if open.get() && !dialog.open() {
            // Fails only if the dialog is already open.
            let _ = dialog.show_modal();
        }
    });
    let close = move || {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    };
    let count = Memo::new(move |_| filters.rows.with(Rows::count));
    let is_filtered = Memo::new(move |_| filters.query.with(BoardQuery::is_filtered));
    let show = move || match count.get() {
        0 => "No launch matches: close".to_owned(),
        1 => "Show 1 launch".to_owned(),
        count => format!("Show {count} launches"),
    };
    let press = move |event: leptos::ev::MouseEvent| {
        // A click on the backdrop has the dialog itself as its target: the content is in the inner element.
        let target = event_target::<leptos::web_sys::Element>(&event);
        if dialog.get_untracked().is_some_and(|dialog| target.is_same_node(Some(&dialog))) {
            close();
        }
    };
    view! {
        <dialog class="sheet" node_ref=dialog aria-label="Filters" on:close=move |_| open.set(false) on:click=press>
            <Show when=move || open.get()>
                <div class="sheet-content">
                    <div class="sh-head">
                        <h2>"Filters"</h2>
                        {move || is_filtered.get().then(|| view! {
                            <a href=move || filters.query.get().cleared().address() data-noscroll="">"Clear all"</a>
                        })}
                    </div>
                    <div class="sh-body">
                        {Facet::offered(|control| control == Control::Chips)
                            .chain(Facet::offered(|control| matches!(control, Control::Switch(_))))
                            .map(|facet| view! { <FacetChips facet/> })
                            .collect_view()}
                        <div class="chips"><PastChip/></div>
                        <p class="cap">"Dates"</p>
                        <DateRange id="sheet"/>
                        {Facet::offered(|control| matches!(control, Control::Menu | Control::More))
                            .map(|facet| view! { <Section facet/> })
                            .collect_view()}
                    </div>
                    <button class="btn pri" type="button" on:click=move |_| close()>{show}</button>
                </div>
            </Show>
        </dialog>
    }
    .erase()
}

/// A facet with too many choices for chips.
#[component]
fn Section(facet: Facet) -> impl IntoView {
    let filters = expect_context::<Filters>();
    let section = NodeRef::<html::Details>::new();
    let open = RwSignal::new(false);
    let count = Memo::new(move |_| filters.query.with(|query| facet.selected_count(query)));
    view! {
        <details
            class="sub"
            node_ref=section
            on:toggle=move |_| open.set(section.get_untracked().is_some_and(|section| section.open()))
        >
            <summary>
                {facet.label()}
                {move || (count.get() > 0).then(|| view! { " " <b class="count">{count}</b> })}
            </summary>
            <FacetList facet open/>
        </details>
    }
    .erase()
}
