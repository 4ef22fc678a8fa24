use leptos::{ev, prelude::*};

use crate::{
    components::{Icon, menu},
    erase::Erase as _,
    pages::board::state::Filters,
    saved_views::{NAME_FIELD, SavedView},
};

/// Maximum length of a view's name.
const LONGEST: usize = 60;

/// Queries that the reader has saved in this browser. They never reach the server. To share one, send its URL, which opens the same
/// view.
#[component]
pub(super) fn SavedViews() -> impl IntoView {
    let kept = RwSignal::new(Vec::<SavedView>::new());
    // Unknown until the browser's storage has been read.
    let refused = RwSignal::new(false);
    Effect::new(move || match SavedView::all() {
        Some(views) => kept.set(views),
        None => refused.set(true),
    });
    let count = Signal::derive(move || kept.with(Vec::len));
    view! { <div class="saved scripted">{menu("Saved views", count, move |_| content(kept, refused).erase())}</div> }
        .erase()
}

fn content(kept: RwSignal<Vec<SavedView>>, refused: RwSignal<bool>) -> impl IntoView {
    let filters = expect_context::<Filters>();
    let name = RwSignal::new(String::new());
    let said = RwSignal::new(String::new());
    let change = move |change: &dyn Fn(&mut Vec<SavedView>), done: String| {
        let mut views = kept.get_untracked();
        change(&mut views);
        if SavedView::keep(&views) {
            kept.set(views);
            said.set(done);
        } else {
            refused.set(true);
            said.set(String::new());
        }
    };
    let save = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let given = name.with_untracked(|name| name.split_whitespace().collect::<Vec<_>>().join(" "));
        if given.is_empty() {
            said.set("A view needs a name.".to_owned());
            return;
        }
        let saved = SavedView { query: filters.query.with_untracked(domain::BoardQuery::to_query_string), name: given };
        let replaces = kept.with_untracked(|kept| kept.iter().any(|one| one.name == saved.name));
        let done = format!("{} {}.", if replaces { "Replaced" } else { "Saved" }, saved.name);
        change(
            &|views| {
                views.retain(|one| one.name != saved.name);
                views.push(saved.clone());
                domain::sort::sort_by_key(views, |one| one.name.to_lowercase());
            },
            done,
        );
        name.set(String::new());
    };
    let delete = move |name: String| {
        let done = format!("Deleted {name}.");
        change(&move |views| views.retain(|one| one.name != name), done);
    };
    let item = move |view: SavedView| {
        let href = view.address();
        let name = view.name;
        let gone = name.clone();
        view! {
            <li>
                <a class="trunc" href=href data-noscroll="">{name.clone()}</a>
                <button
                    class="btn quiet ico"
                    type="button"
                    aria-label=format!("Delete {name}")
                    on:click=move |_| delete(gone.clone())
                >
                    <Icon name="i-x" class="icon small"/>
                </button>
            </li>
        }
    };
    view! {
        <form class="save" on:submit=save>
            <label class="field grow">
                <span class="sr">"Name of this view"</span>
                <input
                    id=NAME_FIELD
                    type="text"
                    maxlength=LONGEST
                    autocomplete="off"
                    placeholder="Name this view"
                    prop:value=name
                    on:input=move |event| name.set(event_target_value(&event))
                />
            </label>
            <button class="btn" type="submit">"Save"</button>
        </form>
        <p class="s13" role="status">{said}</p>
        <ul aria-label="Saved views">
            <For each=move || kept.get() key=|saved| (saved.name.clone(), saved.query.clone()) children=item/>
        </ul>
        <p class="sm f">
            {move || if refused.get() {
                "This browser does not allow the page to store data, so views cannot be saved. Bookmark the address instead."
            } else {
                "Stored in this browser only. To share a view, send its address."
            }}
        </p>
    }
}
