//! The palette: a combobox over a list, in a dialog.

use leptos::{ev, html, prelude::*};

use super::{
    Panel,
    context::{Context, OpenPanel},
    dialog::{Name, close, dialog},
    entry::{Action, Entry, Group},
    state::{Palette, option_id},
};
use crate::{erase::Erase as _, time::use_zone};

/// Number of entries that Page Up and Page Down move.
const PAGE: usize = 8;

/// The palette.
#[component]
pub(super) fn Commands() -> impl IntoView {
    let OpenPanel(open) = expect_context();
    let context = Context { board: expect_context(), zone: use_zone(), open };
    let node = NodeRef::<html::Dialog>::new();
    let palette = Palette::new(context);
    palette.search("");
    Effect::new(move || palette.scroll_to_chosen());
    let run = move |at: usize| {
        if let Some(entry) = palette.entry(at) {
            close(node);
            // The focus returns to the page first, so that a command may move it.
            perform(entry.action, context);
        }
    };
    let keydown = move |event: ev::KeyboardEvent| {
        if event.is_composing() {
            return;
        }
        match (event.key().as_str(), palette.count().checked_sub(1)) {
            ("Enter", _) => run(palette.at.get_untracked()),
            (key, Some(last)) => match moved(key, palette.at.get_untracked(), last) {
                Some(at) => palette.point(at),
                None => return,
            },
            _ => return,
        }
        event.prevent_default();
    };
    let head = view! {
        <input
            type="text"
            role="combobox"
            aria-label="Command"
            aria-expanded="true"
            aria-controls="palette-list"
            aria-autocomplete="list"
            aria-activedescendant=move || {
                palette.groups.track();
                (palette.count() > 0).then(|| option_id(palette.at.get()))
            }
            autocomplete="off"
            autocapitalize="off"
            spellcheck="false"
            enterkeyhint="go"
            maxlength="120"
            placeholder="Go to, filter, find a launch"
            on:input=move |event| palette.search(&event_target_value(&event))
            on:keydown=keydown
        />
    };
    let is_empty = move || palette.groups.with(|groups| groups.iter().all(|group| group.entries.is_empty()));
    let body = view! {
        // The focus stays in the field: it owns the list.
        <div
            id="palette-list"
            class="palette-list"
            role="listbox"
            aria-label="Commands"
            node_ref=palette.list
            on:mousedown=|event| event.prevent_default()
        >
            {move || palette.groups.with(|groups| list(groups, palette, run))}
        </div>
        <p class="palette-none m" hidden=move || !is_empty()>"No command matches."</p>
        <p class="palette-foot sm f no-phone" aria-hidden="true">
            {[("\u{2191} \u{2193}", "move"), ("Enter", "do it"), ("Esc", "close")]
                .map(|(key, what)| view! { <kbd class="kbd">{key}</kbd> {format!(" {what} ")} })
                .collect_view()}
        </p>
        <p class="sr" role="status">{palette.said}</p>
    };
    dialog(Panel::Commands, Name::Label("Commands"), "palette", node, head.erase(), body.erase())
}

/// Renders the list; options are numbered through all groups.
fn list(groups: &[Group], palette: Palette, run: impl Fn(usize) + Copy + 'static) -> AnyView {
    let mut at = 0;
    let shown = groups.iter().filter(|group| !group.entries.is_empty()).enumerate();
    shown
        .map(|(place, group)| {
            let title = format!("palette-group-{place}");
            let options = group.entries.iter().map(|entry| {
                let option = option(entry, at, palette, run);
                at += 1;
                option
            });
            view! {
                <div role="group" aria-labelledby=title.clone()>
                    <div class="cap" id=title.clone() role="presentation">{group.name}</div>
                    {options.collect_view()}
                </div>
            }
            .erase()
        })
        .collect_view()
        .erase()
}

fn option(entry: &Entry, at: usize, palette: Palette, run: impl Fn(usize) + Copy + 'static) -> AnyView {
    let hint =
        (!entry.hint.is_empty()).then(|| view! { " " <span class="palette-hint">{entry.hint.clone()}</span> }.erase());
    // Only a moving mouse selects: a list that is rendered again under a resting one does not.
    let pointed = move |_| {
        if palette.at.get_untracked() != at {
            palette.point(at);
        }
    };
    view! {
        <div
            id=option_id(at)
            role="option"
            class="palette-option"
            aria-selected=move || (palette.at.get() == at).to_string()
            on:click=move |_| run(at)
            on:mousemove=pointed
        >
            <span class="grow">{entry.label.clone()}</span>
            {hint}
        </div>
    }
    .erase()
}

/// Returns the entry that a key moves to, where `last` is the last entry; none for a key that does not move.
fn moved(key: &str, at: usize, last: usize) -> Option<usize> {
    Some(match key {
        "ArrowDown" if at == last => 0,
        "ArrowDown" => at + 1,
        "ArrowUp" if at == 0 => last,
        "ArrowUp" => at - 1,
        "PageDown" => (at + PAGE).min(last),
        "PageUp" => at.saturating_sub(PAGE),
        _ => return None,
    })
}

#[cfg(feature = "hydrate")]
fn perform(action: Action, context: Context) {
    super::browser::perform(action, context);
}

#[cfg(not(feature = "hydrate"))]
fn perform(action: Action, context: Context) {
    let _ = (action, context.board, context.zone, context.open);
}

#[cfg(test)]
mod tests {
    use super::moved;

    #[test]
    fn arrow_keys_wrap_around_and_page_keys_stop_at_the_ends() {
        assert_eq!(moved("ArrowDown", 3, 3), Some(0));
        assert_eq!(moved("ArrowUp", 0, 3), Some(3));
        assert_eq!(moved("ArrowDown", 0, 3), Some(1));
        assert_eq!(moved("PageDown", 1, 3), Some(3));
        assert_eq!(moved("PageUp", 9, 20), Some(1));
        assert_eq!(moved("Home", 1, 3), None);
    }
}
