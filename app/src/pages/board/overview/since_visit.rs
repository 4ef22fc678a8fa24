//! Changes since the last visit with this browser. The server does not know them: the earlier board is stored in the browser.

use domain::{Visit, VisitChange, VisitChangeKind};
use leptos::prelude::*;

use crate::{components::Icon, erase::Erase as _, pages::board::state::Filters};

/// What this browser has stored.
#[derive(Clone)]
#[cfg_attr(not(feature = "hydrate"), expect(dead_code, reason = "only the browser stores visits"))]
enum Memory {
    /// Not read yet, as on the server, or empty on a first visit.
    Nothing,
    /// The browser refused to store the board.
    Refused,
    /// The last board that was marked as read.
    Board(Visit),
}

/// The changes since the last visit, until they are marked as read. Empty on a first visit and on a past board.
#[component]
pub(in crate::pages::board) fn SinceVisit() -> impl IntoView {
    let filters = expect_context::<Filters>();
    let memory = RwSignal::new(Memory::Nothing);
    #[cfg(feature = "hydrate")]
    Effect::new(move || {
        if filters.then().is_none() {
            filters.board.with_value(|board| browser::remember(memory, board));
        }
    });
    let read = move |_| {
        #[cfg(feature = "hydrate")]
        browser::mark_as_read(memory, &filters.board.untracked());
    };
    move || {
        if filters.then().is_some() {
            return None;
        }
        match memory.get() {
            Memory::Nothing => None,
            Memory::Refused => Some(
                view! {
                    <p class="panel tool note s13 m">
                        "This browser stores no data for this site, so changes since your last visit cannot be shown."
                    </p>
                }
                .erase(),
            ),
            Memory::Board(visit) => {
                let changes = filters.board.with_value(|board| visit.changes(board.upcoming()));
                let since = visit.at.format("%-d %b, %H:%M UTC").to_string();
                (!changes.is_empty()).then(|| strip(&since, changes, read).erase())
            }
        }
    }
}

fn strip(since: &str, changes: Vec<VisitChange>, read: impl Fn(leptos::ev::MouseEvent) + 'static) -> impl IntoView {
    let summary = summary(&changes);
    let rows = changes.into_iter().map(|VisitChange { id, title, kind, words }| {
        view! {
            <li>
                <span class="cap">{word(kind)}</span>
                <a href=format!("/launches/{id}")>{title}</a>
                <span class="s13 m">{words}</span>
            </li>
        }
    });
    let rows = rows.collect_view();
    view! {
        <details class="panel tool since">
            <summary>
                <Icon name="i-since"/>
                <b>{summary}</b>
                <span class="m s13">{format!("since {since}")}</span>
            </summary>
            <div class="tool-body">
                <ol class="changes" aria-label="Changes since your last visit">{rows}</ol>
                <p><button class="btn" type="button" on:click=read>"Mark as read"</button></p>
            </div>
        </details>
    }
}

const KINDS: [VisitChangeKind; 5] = [
    VisitChangeKind::Moved,
    VisitChangeKind::New,
    VisitChangeKind::Flown,
    VisitChangeKind::Restated,
    VisitChangeKind::Left,
];

/// "3 launches moved, 1 new, 2 flown".
fn summary(changes: &[VisitChange]) -> String {
    let count = |kind| changes.iter().filter(|change| change.kind == kind).count();
    let mut text = String::new();
    for kind in KINDS {
        let count = count(kind);
        if count == 0 {
            continue;
        }
        let noun = match (text.is_empty(), count) {
            (true, 1) => " launch",
            (true, _) => " launches",
            _ => "",
        };
        let comma = if text.is_empty() { "" } else { ", " };
        text.push_str(&format!("{comma}{count}{noun} {}", word(kind)));
    }
    text
}

fn word(kind: VisitChangeKind) -> &'static str {
    match kind {
        VisitChangeKind::Flown => "flown",
        VisitChangeKind::Moved => "moved",
        VisitChangeKind::Restated => "with another status",
        VisitChangeKind::New => "new",
        VisitChangeKind::Left => "gone from the list",
    }
}

#[cfg(feature = "hydrate")]
mod browser {
    use domain::{Board, Visit};
    use leptos::prelude::*;
    use web_sys::Storage;

    use super::Memory;

    /// Returns the storage key. It depends on the source, so that real and invented launches are never compared.
    fn key(board: &Board) -> String {
        format!("mooncoon.visit.{}", board.freshness.source.slug())
    }

    fn storage() -> Option<Storage> {
        window().local_storage().ok().flatten()
    }

    /// Reads the stored visit, once. Stores the current board if there was none or if nothing has changed.
    pub(super) fn remember(memory: RwSignal<Memory>, board: &Board) {
        if !matches!(memory.get_untracked(), Memory::Nothing) {
            return;
        }
        let kept = storage().and_then(|storage| storage.get_item(&key(board)).ok().flatten());
        match kept.and_then(|text| Visit::parse(&text)) {
            Some(visit) if !visit.changes(board.upcoming()).is_empty() => memory.set(Memory::Board(visit)),
            _ => mark_as_read(memory, board),
        }
    }

    /// Marks everything up to now as read.
    pub(super) fn mark_as_read(memory: RwSignal<Memory>, board: &Board) {
        let Some(visit) = Visit::of(board) else { return };
        let kept = storage().is_some_and(|storage| storage.set_item(&key(board), &visit.to_text()).is_ok());
        memory.set(if kept { Memory::Board(visit) } else { Memory::Refused });
    }
}

#[cfg(test)]
mod tests {
    use domain::{VisitChange, VisitChangeKind as Kind};

    #[test]
    fn the_summary_counts_each_kind_and_omits_empty_ones() {
        let change = |kind| VisitChange { id: Default::default(), title: String::new(), kind, words: String::new() };
        let changes = [Kind::Flown, Kind::Moved, Kind::Moved, Kind::New].map(change);
        assert_eq!(super::summary(&changes), "2 launches moved, 1 new, 1 flown");
        assert_eq!(super::summary(&[change(Kind::New)]), "1 launch new");
    }
}
