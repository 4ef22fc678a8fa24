use leptos::{html, prelude::*};

use super::{Panel, context::OpenPanel};
use crate::erase::Erase as _;

/// The accessible name of a dialog.
pub(super) enum Name {
    Label(&'static str),
    /// The id of the element that names it.
    LabelledBy(&'static str),
}

/// A modal dialog of the browser. It keeps the focus inside, closes on Escape and restores the focus by itself. It is removed from
/// the page when it is closed.
pub(super) fn dialog(
    panel: Panel,
    name: Name,
    class: &'static str,
    node: NodeRef<html::Dialog>,
    head: AnyView,
    body: AnyView,
) -> AnyView {
    let OpenPanel(open) = expect_context();
    Effect::new(move || {
        if let Some(dialog) = node.get().filter(|dialog| !dialog.open()) {
            // Fails only if the dialog is already open.
            let _ = dialog.show_modal();
        }
    });
    let press = move |event: leptos::ev::MouseEvent| {
        // A click on the dialog itself is a click on its backdrop: its content is in the element inside.
        let target = event_target::<leptos::web_sys::Element>(&event);
        if node.get_untracked().is_some_and(|dialog| target.is_same_node(Some(&dialog))) {
            close(node);
        }
    };
    // The event is late: a command may have opened the other dialog already.
    let closed = move |_| {
        if open.get_untracked() == Some(panel) {
            open.set(None);
        }
    };
    let (label, labelled_by) = match name {
        Name::Label(label) => (Some(label), None),
        Name::LabelledBy(id) => (None, Some(id)),
    };
    view! {
        <dialog class=class aria-label=label aria-labelledby=labelled_by node_ref=node on:close=closed on:click=press>
            <div class="palette-body">
                <div class="palette-head">
                    {head}
                    <button type="button" class="btn quiet" aria-label="Close" on:click=move |_| close(node)>
                        <span class="no-phone">"Esc"</span>
                        <span class="only-phone">"Close"</span>
                    </button>
                </div>
                {body}
            </div>
        </dialog>
    }
    .erase()
}

/// Closes a dialog; when this returns, the focus is where it was before.
pub(super) fn close(node: NodeRef<html::Dialog>) {
    if let Some(dialog) = node.get_untracked() {
        dialog.close();
    }
}
