//! The list of keys, and the switch for single-letter keys.

use domain::route::navigation;
use leptos::{html, prelude::*};

use super::{
    Panel,
    dialog::{Name, dialog},
};
use crate::{components::letter_of, erase::Erase as _};

/// Between keys that are pressed one after the other. Other adjacent keys do the same, or the two things that are named.
const THEN: &str = "then";

/// Keys and their effect.
type Row = (Vec<String>, String);

/// The same in static form, for a table.
type Keyed = (&'static [&'static str], &'static str);

/// Parts of pages with additional keys, and the effect of these keys.
const PARTS: [(&str, &[Keyed]); 5] = [
    (
        "On a chart",
        &[
            (&["\u{2190} \u{2192} \u{2191} \u{2193}"], "Move over the marks"),
            (&["Home", "End"], "First and last mark"),
            (&["Enter"], "Filter by the mark, or remove the filter"),
            (&["Esc"], "Leave the marks"),
        ],
    ),
    (
        "On the timeline",
        &[
            (&["\u{2190} \u{2192}"], "Move through time"),
            (&["+", "\u{2212}"], "Zoom in, zoom out"),
            (&["0"], "Everything"),
            (&["Home"], "Back to now, three months"),
        ],
    ),
    (
        "On the map",
        &[
            (&["\u{2190} \u{2192} \u{2191} \u{2193}"], "Move"),
            (&["+", "\u{2212}"], "Zoom in, zoom out"),
            (&["0", "Home"], "The whole world"),
        ],
    ),
    (
        "In the calendar",
        &[
            (&["\u{2190} \u{2192} \u{2191} \u{2193}"], "A day, a week"),
            (&["Home", "End"], "Monday, Sunday"),
            (&["Page Up", "Page Down"], "A month"),
        ],
    ),
    (
        "On the time travel slider",
        &[(&["\u{2190} \u{2192}"], "One change back or forward"), (&["Home", "End"], "The first data, now")],
    ),
];

/// The list of keys.
#[component]
pub(super) fn Keys() -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    let anywhere: Vec<Row> = vec![
        row(&[commands_key()], "Commands: go to a page, filter, find a launch"),
        row(&["Esc"], "Close the open dialog or menu"),
    ];
    let mut single: Vec<Row> = vec![
        row(&["/"], "Search: the search box of the board, or the commands on pages without one"),
        row(&["?"], "This list"),
    ];
    single.extend(pages_by_letter().iter().map(|(letter, name)| row(&["g", THEN, letter], &format!("Go to {name}"))));
    let parts = PARTS.map(|(place, rows)| section(place, rows.iter().map(|(keys, what)| row(keys, what)).collect()));
    let body = view! {
        <div class="keys-parts" tabindex="0" role="region" aria-label="All keys">
            {section("Anywhere", anywhere)}
            {section("Anywhere, single keys", single)}
            {parts.into_iter().collect_view()}
        </div>
        <label class="opt">
            <input
                type="checkbox"
                prop:checked=are_single_keys_on()
                on:change=move |event| keep_single_keys(event_target_checked(&event))
            />
            <span>
                "Enable single keys. If disabled, only keys with Ctrl or \u{2318} work, and those of the focused element."
            </span>
        </label>
    };
    let head = view! { <h2 id="keys-title" class="grow">"Keys"</h2> };
    dialog(Panel::Keys, Name::LabelledBy("keys-title"), "palette keys", node, head.erase(), body.erase())
}

fn section(place: &'static str, rows: Vec<Row>) -> AnyView {
    let rows = rows
        .into_iter()
        .map(|(keys, what)| {
            let keys = keys
                .into_iter()
                .map(|key| match key.as_str() {
                    THEN => view! { {THEN}" " }.erase(),
                    _ => view! { <kbd class="kbd">{key}</kbd>" " }.erase(),
                })
                .collect_view();
            view! { <dt>{keys}</dt> <dd>{what}</dd> }
        })
        .collect_view();
    view! { <section><h3>{place}</h3><dl>{rows}</dl></section> }.erase()
}

fn row(keys: &[&str], what: &str) -> Row {
    (keys.iter().map(|key| (*key).to_owned()).collect(), what.to_owned())
}

/// Pages with the letter that opens them after g; of two with the same letter the first one has it, as in `public/companion.js`.
fn pages_by_letter() -> Vec<(String, &'static str)> {
    let mut found: Vec<(String, &str)> = Vec::new();
    for page in navigation() {
        let letter = letter_of(page.name);
        if found.iter().all(|(other, _)| *other != letter) {
            found.push((letter, page.name));
        }
    }
    found
}

fn commands_key() -> &'static str {
    #[cfg(feature = "hydrate")]
    if super::browser::is_apple() {
        return "\u{2318} K";
    }
    "Ctrl K"
}

fn are_single_keys_on() -> bool {
    #[cfg(feature = "hydrate")]
    return super::browser::are_single_keys_on();
    #[cfg(not(feature = "hydrate"))]
    true
}

/// Stores whether single-letter keys are on. They can be pressed by accident or by speech input, so the reader can switch them off.
fn keep_single_keys(is_on: bool) {
    #[cfg(feature = "hydrate")]
    super::browser::keep_single_keys(is_on);
    #[cfg(not(feature = "hydrate"))]
    let _ = is_on;
}

#[cfg(test)]
mod tests {
    use super::pages_by_letter;

    #[test]
    fn each_letter_leads_to_one_page() {
        let pages = pages_by_letter();
        assert!(pages.contains(&("b".to_owned(), "Board")) && pages.contains(&("p".to_owned(), "Pipeline")));
        let mut letters: Vec<_> = pages.iter().map(|(letter, _)| letter).collect();
        letters.sort();
        letters.dedup();
        assert_eq!(letters.len(), pages.len());
    }
}
