//! The scorecard: how good our own forecasts have been, including the bad ones.

mod api;
#[cfg(feature = "ssr")]
mod draw;

use leptos::prelude::*;
use leptos_meta::Title;

use crate::{
    components::{ErrorPanel, Frame, Skeleton},
    drawn::{Drawn, InDocument},
    erase::Erase as _,
};

/// The page at `/scorecard`.
#[component]
pub fn ScorecardPage() -> impl IntoView {
    let drawn = Resource::new_blocking(|| (), |()| async move { api::scorecard().await.map(InDocument) });
    view! {
        <Title text="Scorecard"/>
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
    view! {
        <Frame known>
            <div class="wrap score" inner_html=html></div>
        </Frame>
    }
    .erase()
}
