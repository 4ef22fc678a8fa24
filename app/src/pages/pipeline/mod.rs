//! The pipeline: what the job did, does and will do.

mod api;
#[cfg(feature = "ssr")]
mod draw;
#[cfg(feature = "hydrate")]
mod live;
mod place;

use domain::Freshness;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use self::place::{PLACES, panel_id};
use crate::{
    components::{ErrorPanel, Frame, Skeleton},
    drawn::{Drawn, InDocument},
    erase::Erase as _,
};

/// The page at `/pipeline`; `?run=` shows that run instead of the newest.
#[component]
pub fn PipelinePage() -> impl IntoView {
    let query = use_query_map();
    let run = Memo::new(move |_| query.with(|query| query.get("run")));
    let drawn = Resource::new_blocking(
        move || run.get(),
        |run| async move { api::pipeline(run, String::new()).await.map(InDocument) },
    );
    view! {
        <Title text="Pipeline"/>
        <Transition fallback=|| view! { <Frame known=None><Skeleton/></Frame> }>
            {move || Suspend::new(async move {
                match drawn.await {
                    Ok(InDocument(drawn)) => view! { <Whole drawn run=run.get_untracked()/> }.erase(),
                    Err(error) => view! { <Frame known=None><ErrorPanel error/></Frame> }.erase(),
                }
            })}
        </Transition>
    }
}

#[component]
fn Whole(drawn: Drawn, run: Option<String>) -> impl IntoView {
    let newer = RwSignal::new(None::<Freshness>);
    let known = Some((drawn.freshness.clone(), drawn.now));
    #[cfg(feature = "hydrate")]
    live::follow_updates(&drawn, run, newer);
    #[cfg(not(feature = "hydrate"))]
    let _ = run;
    let panels = drawn
        .panels
        .into_iter()
        .zip(PLACES)
        .enumerate()
        .map(|(number, (panel, place))| {
            view! { <section id=panel_id(number) class=place inner_html=panel.html.unwrap_or_default()></section> }
        })
        .collect_view();
    view! {
        <Frame known newer>
            <div class="wrap pipeline">{panels}</div>
        </Frame>
    }
    .erase()
}
