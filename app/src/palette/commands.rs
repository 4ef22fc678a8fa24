//! The palette: a combobox over a list, in a dialog.

use std::time::Duration;

use domain::BoardQuery;
use leptos::{ev, html, prelude::*};
use leptos_router::hooks::use_location;

use super::{
    OpenPanel, Panel,
    dialog::{Name, close, dialog},
    entries::{groups, searches},
    entry::{Action, Entry, Group},
    rank::{fold, matching},
};
use crate::{
    erase::Erase as _,
    pages::board::{OpenBoard, SavedView},
    time::{Zone, use_zone},
};

/// Time without a key press before a count is said aloud and the server is asked: not once per letter.
const QUIET: Duration = Duration::from_millis(200);
/// How far Page Up and Page Down go.
const PAGE: usize = 8;

/// What actions work on.
#[derive(Clone, Copy)]
pub(super) struct Context {
    pub board: OpenBoard,
    pub zone: RwSignal<Zone>,
    pub open: RwSignal<Option<Panel>>,
}

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
            // The focus is back in the page first, so that a command may put it elsewhere.
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
        // The focus stays in the field: the list is its own.
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
        <p class="palette-none m" hidden=move || !is_empty()>"No command holds these words."</p>
        <p class="palette-foot sm f no-phone" aria-hidden="true">
            {[("\u{2191} \u{2193}", "move"), ("Enter", "do it"), ("Esc", "close")]
                .map(|(key, what)| view! { <kbd class="kbd">{key}</kbd> {format!(" {what} ")} })
                .collect_view()}
        </p>
        <p class="sr" role="status">{palette.said}</p>
    };
    dialog(Panel::Commands, Name::Label("Commands"), "palette", node, head.erase(), body.erase())
}

/// The list that is shown; options are counted through all groups.
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
    // Only a mouse that moves chooses: a list that is drawn anew under a resting one does not.
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

fn option_id(at: usize) -> String {
    format!("palette-{at}")
}

/// Where a key leads in a list of which the last entry is `last`; none for a key that does not move.
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

/// The state of the list.
#[derive(Clone, Copy)]
struct Palette {
    /// What the page knows by itself.
    known: StoredValue<Vec<Group>>,
    /// The board's question, of which a search keeps the filters; the empty one on other pages.
    question: StoredValue<BoardQuery>,
    /// What is shown.
    groups: RwSignal<Vec<Group>>,
    /// The chosen option.
    at: RwSignal<usize>,
    /// The reader has moved in the list since typing: what was chosen then stays chosen in a new list.
    has_moved: StoredValue<bool>,
    /// Counts the searches: an answer to an older one is not shown.
    search: StoredValue<u32>,
    said: RwSignal<String>,
    list: NodeRef<html::Div>,
}

impl Palette {
    fn new(context: Context) -> Self {
        let board = context.board.filters();
        let path = use_location().pathname.get_untracked();
        let known = groups(&path, board, context.zone.get_untracked(), &SavedView::all());
        Self {
            known: StoredValue::new(known),
            question: StoredValue::new(board.map(|board| board.query.get_untracked()).unwrap_or_default()),
            groups: RwSignal::new(Vec::new()),
            at: RwSignal::new(0),
            has_moved: StoredValue::new(false),
            search: StoredValue::new(0),
            said: RwSignal::new(String::new()),
            list: NodeRef::new(),
        }
    }

    fn count(self) -> usize {
        self.groups.with_untracked(|groups| groups.iter().map(|group| group.entries.len()).sum())
    }

    fn entry(self, at: usize) -> Option<Entry> {
        self.groups.with_untracked(|groups| groups.iter().flat_map(|group| &group.entries).nth(at).cloned())
    }

    fn point(self, at: usize) {
        self.has_moved.set_value(true);
        self.at.set(at);
    }

    /// Shows the entries for what was typed: those of the page at once, those of the server after a while.
    fn search(self, typed: &str) {
        self.search.update_value(|search| *search += 1);
        self.has_moved.set_value(false);
        let words = typed.split_whitespace().collect::<Vec<_>>().join(" ");
        let folded = fold(&words);
        if folded.is_empty() {
            let listed =
                self.known.with_value(|known| known.iter().filter(|group| !group.is_sought).cloned().collect());
            self.show(listed);
            self.later(move || self.tell());
            return;
        }
        let fitting = self.known.with_value(|known| matching(known, &folded));
        let searching = self.question.with_value(|question| searches(&words, question, None));
        self.show(fitting.iter().cloned().chain([searching]).collect());
        self.later(move || self.ask(words, folded, fitting));
    }

    /// Does something unless something else is typed, or the palette is closed, before that.
    fn later(self, act: impl FnOnce() + 'static) {
        let search = self.search.get_value();
        set_timeout(
            move || {
                if self.is_current(search) {
                    act();
                }
            },
            QUIET,
        );
    }

    fn is_current(self, search: u32) -> bool {
        self.search.try_get_value() == Some(search)
    }

    #[cfg(feature = "hydrate")]
    fn ask(self, words: String, folded: String, mut fitting: Vec<Group>) {
        let search = self.search.get_value();
        let as_of = self.question.with_value(|question| question.as_of);
        leptos::task::spawn_local(async move {
            let found = super::browser::find(&words, as_of).await;
            if !self.is_current(search) {
                return;
            }
            // Without a network the entries that the page itself knows stay.
            if let Some(found) = found {
                if let Some(last) = fitting.last_mut() {
                    let mut profiles = found.profiles(&folded);
                    profiles.retain(|profile| last.entries.iter().all(|entry| entry.address() != profile.address()));
                    last.entries.extend(profiles);
                }
                fitting.push(Group::new("Launches", found.launches()));
                fitting.push(self.question.with_value(|question| searches(&words, question, Some(found.count))));
                self.show(fitting);
            }
            self.tell();
        });
    }

    #[cfg(not(feature = "hydrate"))]
    fn ask(self, _: String, _: String, _: Vec<Group>) {}

    fn show(self, groups: Vec<Group>) {
        let chosen = self.has_moved.get_value().then(|| self.entry(self.at.get_untracked())).flatten();
        let place = |chosen: Entry| {
            groups.iter().flat_map(|group| &group.entries).position(|entry| entry.label == chosen.label)
        };
        let at = chosen.and_then(place);
        self.groups.set(groups);
        self.at.set(at.unwrap_or(0));
        if let (None, Some(list)) = (at, self.list.get_untracked()) {
            list.set_scroll_top(0);
        }
    }

    fn tell(self) {
        self.said.set(match self.count() {
            1 => "1 command".to_owned(),
            count => format!("{count} commands"),
        });
    }

    fn scroll_to_chosen(self) {
        self.groups.track();
        let at = self.at.get();
        // The list may be drawn anew first.
        request_animation_frame(move || {
            #[cfg(feature = "hydrate")]
            super::browser::scroll_to(&option_id(at));
            #[cfg(not(feature = "hydrate"))]
            let _ = at;
        });
    }
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
    fn arrows_go_round_and_pages_stop_at_the_ends() {
        assert_eq!(moved("ArrowDown", 3, 3), Some(0));
        assert_eq!(moved("ArrowUp", 0, 3), Some(3));
        assert_eq!(moved("ArrowDown", 0, 3), Some(1));
        assert_eq!(moved("PageDown", 1, 3), Some(3));
        assert_eq!(moved("PageUp", 9, 20), Some(1));
        assert_eq!(moved("Home", 1, 3), None);
    }
}
