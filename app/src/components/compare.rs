use domain::{Comparison, MOST_COMPARED};
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use uuid::Uuid;

use super::Icon;
use crate::erase::Erase as _;

/// A launch chosen for comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chosen {
    pub id: Uuid,
    pub title: String,
}

/// The launches chosen for comparison by the reader, kept in the browser across pages and visits.
#[derive(Clone, Copy)]
pub struct Choice(RwSignal<Vec<Chosen>>);

impl Choice {
    fn has(self, id: Uuid) -> bool {
        self.0.with(|chosen| chosen.iter().any(|one| one.id == id))
    }

    fn count(self) -> usize {
        self.0.with(Vec::len)
    }

    fn is_full(self) -> bool {
        self.count() >= MOST_COMPARED
    }

    fn take(self, one: Chosen) {
        self.0.update(|chosen| {
            if chosen.len() < MOST_COMPARED && chosen.iter().all(|other| other.id != one.id) {
                chosen.push(one);
            }
        });
    }

    fn drop(self, id: Uuid) {
        self.0.update(|chosen| chosen.retain(|one| one.id != id));
    }

    /// Returns the address of their comparison, if there are enough of them.
    pub fn address(self) -> Option<String> {
        self.0.with(|chosen| (chosen.len() > 1).then(|| Comparison::address(chosen.iter().map(|one| one.id))))
    }

    /// Replaces the choice: a comparison opened by its address becomes the content of the tray.
    pub fn replace(self, chosen: Vec<Chosen>) {
        if self.0.with_untracked(|before| *before != chosen) {
            self.0.set(chosen);
        }
    }
}

/// Provides the choice to all pages. It is empty on both sides at first; the stored choice is read after hydration.
pub fn provide_choice() {
    let choice = Choice(RwSignal::new(Vec::new()));
    provide_context(choice);
    #[cfg(feature = "hydrate")]
    browser::keep(choice.0);
}

/// Returns the choice of launches to compare.
pub fn use_choice() -> Choice {
    expect_context()
}

/// The checkbox that chooses a launch. Its visible label is one word; its accessible name includes the launch.
pub fn compare_tick(id: Uuid, title: String) -> AnyView {
    tick(id, title, Some("Compare"))
}

/// The same without a visible label, for the rows of a table.
pub fn compare_box(id: Uuid, title: String) -> AnyView {
    tick(id, title, None)
}

fn tick(id: Uuid, title: String, word: Option<&'static str>) -> AnyView {
    let choice = use_choice();
    let name = format!("Compare {title}");
    let change = move |event| {
        if event_target_checked(&event) {
            choice.take(Chosen { id, title: title.clone() });
        } else {
            choice.drop(id);
        }
    };
    view! {
        <label class="tick-label" class:bare=word.is_none() title=word.is_none().then_some("Compare")>
            <input
                type="checkbox"
                aria-label=name
                prop:checked=move || choice.has(id)
                disabled=move || choice.is_full() && !choice.has(id)
                on:change=change
            />
            {word.map(|word| view! { <span>{word}</span> })}
        </label>
    }
    .erase()
}

/// The chosen launches at the foot of the screen, with a link to their comparison.
///
/// It reads only what lives as long as the application, and creates no signals: while a page is being replaced, the next page may
/// already change the choice, and by then the signals of the old page are disposed of.
#[component]
pub fn CompareTray() -> impl IntoView {
    let choice = use_choice();
    let path = use_location().pathname;
    let is_there = move || path.with(|path| path == "/compare");
    let items = move || {
        choice.0.with(|chosen| {
            chosen
                .iter()
                .map(|one| {
                    let id = one.id;
                    view! {
                        <li class="chip">
                            <span class="trunc">{one.title.clone()}</span>
                            <button type="button" class="tray-x" aria-label=format!("Remove {}", one.title) on:click=move |_| choice.drop(id)>
                                <Icon name="i-x" class="icon small"/>
                            </button>
                        </li>
                    }
                })
                .collect_view()
        })
    };
    let words = move || match choice.count() {
        0 => String::new(),
        1 => "1 launch chosen. Choose another to compare.".to_owned(),
        MOST_COMPARED => format!("{MOST_COMPARED} launches chosen, which is the maximum."),
        count => format!("{count} launches chosen."),
    };
    view! {
        <section class="tray" aria-label="Launches to compare" hidden=move || choice.count() == 0 || is_there()>
            <div class="wrap">
                <p class="s13 m" role="status">{words}</p>
                <ul>{items}</ul>
                <span class="row">
                    {move || choice.address().map(|href| view! { <a class="btn pri" href=href>{format!("Compare {}", choice.count())}</a> })}
                    <button type="button" class="btn" on:click=move |_| choice.replace(Vec::new())>"Clear"</button>
                </span>
            </div>
        </section>
    }
    .erase()
}

#[cfg(feature = "hydrate")]
mod browser {
    use leptos::prelude::*;
    use uuid::Uuid;

    use super::{Chosen, MOST_COMPARED};

    /// One launch per line: its id, a space, its title.
    const KEY: &str = "mooncoon.compare";

    pub(super) fn keep(chosen: RwSignal<Vec<Chosen>>) {
        Effect::new(move |before: Option<()>| {
            let now = chosen.get();
            let Ok(Some(storage)) = window().local_storage() else { return };
            // The launches of a comparison opened by its address take precedence over the stored ones.
            if before.is_none() && now.is_empty() {
                let stored = read(&storage.get_item(KEY).ok().flatten().unwrap_or_default());
                if !stored.is_empty() {
                    chosen.set(stored);
                }
                return;
            }
            let lines: Vec<_> = now.iter().map(|one| format!("{} {}", one.id, one.title.replace('\n', " "))).collect();
            // If the storage is full or forbidden, the choice is not kept; the page still works.
            let _ = storage.set_item(KEY, &lines.join("\n"));
        });
    }

    fn read(stored: &str) -> Vec<Chosen> {
        let line = |line: &str| {
            let (id, title) = line.split_once(' ')?;
            Some(Chosen { id: Uuid::try_parse(id).ok()?, title: title.to_owned() })
        };
        stored.lines().filter_map(line).take(MOST_COMPARED).collect()
    }
}
