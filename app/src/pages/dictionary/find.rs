//! The search box without a request to the server: entries that do not contain the words are hidden while the reader types.

use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::HtmlInputElement;

/// Listens to the search box; does nothing if there is none (on an error page).
pub(super) fn as_typed() {
    let Some(input) =
        document().get_element_by_id("dict-q").and_then(|input| input.dyn_into::<HtmlInputElement>().ok())
    else {
        return;
    };
    let handle = window_event_listener(leptos::ev::input, move |event| {
        if event.target().is_some_and(|target| target.dyn_ref::<HtmlInputElement>() == Some(&input)) {
            show_matches(&input.value().to_lowercase());
        }
    });
    on_cleanup(move || handle.remove());
}

fn show_matches(words: &str) {
    let Ok(sections) = document().query_selector_all("[data-words]") else { return };
    let (mut shown, mut total) = (0, 0);
    for at in 0..sections.length() {
        let Some(section) = sections.item(at).and_then(|section| section.dyn_into::<web_sys::Element>().ok()) else {
            continue;
        };
        let text = section.get_attribute("data-words").unwrap_or_default();
        let matches = words.split_whitespace().all(|word| text.contains(word));
        // Only sections count: the index above lists the same tables.
        if section.tag_name() == "SECTION" {
            shown += u32::from(matches);
            total += 1;
        }
        let _ = if matches { section.remove_attribute("hidden") } else { section.set_attribute("hidden", "") };
    }
    if let Some(count) = document().get_element_by_id("dict-count") {
        count.set_text_content(Some(&format!("{shown} of {total}")));
    }
}
