//! The dictionary: every table, view and column, as the database catalog and the code describe them.

mod api;
#[cfg(feature = "ssr")]
mod draw;
#[cfg(feature = "hydrate")]
mod find;

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use crate::{
    components::{ErrorPanel, Frame, Skeleton},
    drawn::{Drawn, InDocument},
    erase::Erase as _,
};

/// The page at `/dictionary`; `?q=` shows only the entries that contain these words.
#[component]
pub fn DictionaryPage() -> impl IntoView {
    let query = use_query_map();
    let words = Memo::new(move |_| query.with(|query| query.get("q").unwrap_or_default()));
    let drawn = Resource::new_blocking(
        move || words.get(),
        |words| async move { api::dictionary(words).await.map(InDocument) },
    );
    view! {
        <Title text="Dictionary"/>
        <Suspense fallback=|| view! { <Frame known=None><Skeleton/></Frame> }>
            {move || Suspend::new(async move {
                match drawn.await {
                    Ok(InDocument(drawn)) => view! { <Whole drawn/> }.erase(),
                    Err(error) => view! { <Frame known=None><ErrorPanel error/></Frame> }.erase(),
                }
            })}
        </Suspense>
    }
}

#[component]
fn Whole(drawn: Drawn) -> impl IntoView {
    let known = Some((drawn.freshness, drawn.now));
    let html = drawn.panels.into_iter().next().and_then(|panel| panel.html).unwrap_or_default();
    #[cfg(feature = "hydrate")]
    Effect::new(find::as_typed);
    view! {
        <Frame known>
            <div class="wrap dict" inner_html=html></div>
        </Frame>
    }
    .erase()
}
