use leptos::prelude::*;

use crate::{components::Icon, erase::Erase as _, pages::board::state::Filters};

/// The search box: all words must occur in a launch's texts. Every letter filters the list immediately and replaces the URL, so that
/// the back button leaves the search in one step. The `/` key moves the focus here (`public/companion.js`).
#[component]
pub(in crate::pages::board::filters) fn Search() -> impl IntoView {
    let filters = expect_context::<Filters>();
    let words = Memo::new(move |_| filters.query.with(|query| query.q.clone()));
    let typed = RwSignal::new(words.get_untracked());
    // The URL drops leading and trailing spaces; writing it back while "falcon " is being typed would delete the space.
    Effect::new(move || {
        let words = words.get();
        if typed.with_untracked(|typed| typed.trim() != words) {
            typed.set(words);
        }
    });
    let search = move |text: String| {
        typed.set(text.clone());
        filters.rephrase(|query| {
            text.trim().clone_into(&mut query.q);
            query.offset = 0;
        });
    };
    view! {
        <label class="field grow">
            <span class="sr">"Search"</span>
            <Icon name="i-search"/>
            <input
                type="search"
                name="q"
                maxlength="200"
                autocomplete="off"
                enterkeyhint="search"
                placeholder="Mission, rocket, provider, pad"
                value=words.get_untracked()
                prop:value=typed
                on:input=move |event| search(event_target_value(&event))
            />
            <span class="kbd no-phone" aria-hidden="true">"/"</span>
        </label>
    }
    .erase()
}
