//! One launch: everything that is known about it, and what was known about it before.

mod actions;
mod api;
mod calendar;
mod countdown;
mod detail;
#[cfg(feature = "ssr")]
mod draw;
mod hero;
mod history;
mod ladder;
mod mission;
mod net_history;
mod odds;
mod people;
mod place;
mod press;
mod record;
mod related;
mod window;
mod wire;

use domain::LaunchDetail;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;
use uuid::Uuid;

use self::{
    detail::Detail,
    hero::Hero,
    history::{Changes, Revisions},
    ladder::Ladder,
    mission::Mission,
    odds::Odds,
    people::{Boosters, Crew},
    place::Place,
    press::{Press, Updates},
    record::{Provider, Rocket},
    related::Related,
    wire::{InDocument, LaunchView},
};
use crate::{
    AppError,
    components::{ErrorPanel, Frame, Skeleton},
    drawn::Panel,
    erase::Erase as _,
    time::instant_time,
};

/// The page at `/launches/{id}`.
#[component]
pub fn LaunchPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id")?.parse::<Uuid>().ok()));
    let detail = Resource::new_blocking(
        move || id.get(),
        |id| async move {
            match id {
                Some(id) => api::launch(id).await.map(InDocument),
                // Not a valid id, so it cannot be that of a launch: no request is needed.
                None => Err(AppError::NotFound),
            }
        },
    );
    view! {
        <Suspense fallback=|| view! { <Frame known=None><Skeleton/></Frame> }>
            {move || Suspend::new(async move {
                match detail.await {
                    Ok(InDocument(LaunchView { detail, carried })) => view! { <Known detail carried/> }.erase(),
                    Err(error) => view! {
                        <Title text=if error == AppError::NotFound { "Not found" } else { "Error" }/>
                        <Frame known=None><ErrorPanel error/></Frame>
                    }
                    .erase(),
                }
            })}
        </Suspense>
    }
}

/// The page after the launch has been loaded: the date first, then how near to the Moon, then everything else.
#[component]
fn Known(detail: LaunchDetail, carried: Panel) -> impl IntoView {
    let title = detail.launch.title().to_owned();
    let known = Some((detail.freshness.clone(), detail.now));
    let detail = StoredValue::new(detail);
    view! {
        <Title text=title/>
        <Frame known>
            {everything(detail, carried)}
        </Frame>
    }
    .erase()
}

/// The content of the frame. Erased here: Leptos' own children would bring its asynchronous hydration along.
fn everything(detail: Detail, carried: Panel) -> AnyView {
    let is_something = !carried.stamp.is_empty();
    view! {
        <div class="wrap launch-page">
            <Crumbs detail/>
            <Notices detail/>
            <Hero detail/>
            <div class="lp-grid">
                <Ladder detail/>
                <Mission detail/>
                {is_something.then(|| view! { <div class="lp-carried" inner_html=carried.html.unwrap_or_default()></div> })}
                <Odds detail/>
                <Changes detail/>
                <Updates detail/>
                <Rocket detail/>
                <Provider detail/>
                <Place detail/>
                <Press detail/>
                <Crew detail/>
                <Boosters detail/>
                <Related detail/>
                <Revisions detail/>
            </div>
        </div>
    }
    .erase()
}

#[component]
fn Crumbs(detail: Detail) -> impl IntoView {
    detail.with_value(|detail| {
        let tier = detail.launch.moon.tier;
        view! {
            <nav class="crumb s13" aria-label="Breadcrumbs">
                <a href="/">"Board"</a>
                <span class="f">" / "</span>
                <a href=format!("/?moon={}", tier.slug())>{format!("Moon: {}", tier.label())}</a>
                <span class="f">" / "</span>
                <span class="m" aria-current="page">{detail.launch.title().to_owned()}</span>
            </nav>
        }
    })
}

/// Notices to read before the rest of the page: deleted upstream, or no longer upcoming.
#[component]
fn Notices(detail: Detail) -> impl IntoView {
    detail.with_value(|detail| {
        let deleted = detail.deleted_at.map(|at| {
            view! {
                <p class="ban off">
                    <span>
                        <b>"LL2 no longer has this launch."</b>
                        " It was deleted or merged upstream; detected on "
                        {instant_time(at, detail.launch.location.timezone.as_deref())}
                        ". This is the last known state."
                    </span>
                </p>
            }
        });
        let left = (!detail.is_upcoming && detail.deleted_at.is_none()).then(|| {
            view! {
                <p class="ban off">
                    <span>
                        <b>"No longer on the board."</b>
                        " LL2 no longer lists it as upcoming."
                    </span>
                </p>
            }
        });
        view! { {deleted} {left} }
    })
}
