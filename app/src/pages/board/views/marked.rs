use leptos::prelude::*;

use crate::{erase::Erase as _, pages::board::state::Filters};

/// A text in which the words searched for are marked. It follows the search without its card or row being drawn anew.
pub(super) fn marked(text: String) -> impl IntoView {
    let words = expect_context::<Filters>().words;
    move || {
        words.with(|words| {
            let parts = words.split(&text).into_iter().map(|part| {
                let text = part.text.to_owned();
                if part.hit { view! { <mark>{text}</mark> }.erase() } else { text.erase() }
            });
            parts.collect::<Vec<_>>()
        })
    }
}
