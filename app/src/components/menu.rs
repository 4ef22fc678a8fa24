use leptos::{ev, html, prelude::*};

use super::Icon;
use crate::erase::Erase as _;

/// A drop-down that opens without a script; with one it closes on Escape or on a press elsewhere. `count` is the number of
/// active choices; the content receives a signal whether it is visible.
pub(crate) fn menu(
    label: &'static str,
    count: Signal<usize>,
    content: impl FnOnce(Signal<bool>) -> AnyView,
) -> impl IntoView {
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
                // Fails only for an element that is not in the page.
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
                <Icon name="i-down" class="icon small"/>
            </summary>
            <div class="drop">{content(open.into())}</div>
        </details>
    }
    .erase()
}
