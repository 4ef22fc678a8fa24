use leptos::prelude::*;

use crate::{erase::Erase as _, pages::board::state::Filters};

/// A text with the search words highlighted. It follows the search without a redraw of its card or row.
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
