//! A provider, a rocket or a pad: what LL2 says about it, how its launches went, and which come next.
//!
//! Static parts are rendered by the server, as on `/pipeline`; parts that depend on the clock and the chosen zone (lists, map) are views.

mod api;
#[cfg(feature = "ssr")]
mod draw;
mod lists;
mod wire;

use domain::Subject;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};

use self::{
    lists::{PastLaunches, UpcomingLaunches},
    wire::{InDocument, ProfileView},
};
use crate::{
    AppError,
    components::{
        ErrorPanel, Frame, Skeleton,
        world::{Look, locator, no_place, on_earth},
    },
    drawn::Panel,
    erase::Erase as _,
};

/// The page at `/providers/{id}`.
#[component]
pub fn ProviderPage() -> impl IntoView {
    page(Subject::Provider)
}

/// The page at `/rockets/{id}`.
#[component]
pub fn RocketPage() -> impl IntoView {
    page(Subject::Rocket)
}

/// The page at `/pads/{id}`.
#[component]
pub fn PadPage() -> impl IntoView {
    page(Subject::Pad)
}

fn page(subject: Subject) -> AnyView {
    let params = use_params_map();
    let query = use_query_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id")?.parse::<i32>().ok()));
    let page = Memo::new(move |_| query.with(|query| query.get("page").unwrap_or_default()));
    let profile = Resource::new_blocking(
        move || (id.get(), page.get()),
        move |(id, page)| async move {
            match id {
                Some(id) => api::profile(subject.slug().to_owned(), id, page).await.map(InDocument),
                // Not a number, so it cannot be an LL2 id: no request is needed.
                None => Err(AppError::NotFound),
            }
        },
    );
    view! {
        <Transition fallback=|| view! { <Frame known=None><Skeleton/></Frame> }>
            {move || Suspend::new(async move {
                match profile.await {
                    Ok(InDocument(profile)) => whole(subject, profile),
                    Err(error) => view! {
                        <Title text=if error == AppError::NotFound { "Not found" } else { "Error" }/>
                        <Frame known=None><ErrorPanel error/></Frame>
                    }
                    .erase(),
                }
            })}
        </Transition>
    }
    .erase()
}

fn whole(subject: Subject, profile: ProfileView) -> AnyView {
    let title = profile.name.clone();
    let known = Some((profile.freshness.clone(), profile.now));
    let profile = StoredValue::new(profile);
    view! {
        <Title text=title/>
        <Frame known>{everything(subject, profile)}</Frame>
    }
    .erase()
}

fn everything(subject: Subject, profile: StoredValue<ProfileView>) -> AnyView {
    let [head, record, about, companions] = profile.with_value(|profile| {
        let panel = |at: usize| profile.panels.get(at).and_then(|panel: &Panel| panel.html.clone()).unwrap_or_default();
        [0, 1, 2, 3].map(panel)
    });
    let (id, name) = profile.with_value(|profile| (profile.id, profile.name.clone()));
    view! {
        <div class="wrap launch-page">
            <nav class="crumb s13" aria-label="Breadcrumbs">
                <a href="/">"Board"</a>
                <span class="f">" / "</span>
                <a href=format!("/?{}={id}", subject.facet().key())>{format!("{}: its launches", subject.label())}</a>
                <span class="f">" / "</span>
                <span class="m" aria-current="page">{name}</span>
            </nav>
            <section class="panel pr-head" inner_html=head></section>
            <div class="lp-grid">
                <section class="panel pad span-7" aria-labelledby="record" inner_html=record></section>
                {match subject {
                    Subject::Pad => view! {
                        {map(profile)}
                        <UpcomingLaunches subject profile/>
                        <div class="span-5 pr-side">
                            <section class="panel pad" aria-labelledby="about" inner_html=about></section>
                            <section class="panel pad" aria-labelledby="companions" inner_html=companions></section>
                        </div>
                    }
                    .erase(),
                    Subject::Provider | Subject::Rocket => view! {
                        <section class="panel pad span-5" aria-labelledby="about" inner_html=about></section>
                        <UpcomingLaunches subject profile/>
                        <section class="panel pad span-5" aria-labelledby="companions" inner_html=companions></section>
                    }
                    .erase(),
                }}
                <PastLaunches subject profile/>
            </div>
        </div>
    }
    .erase()
}

/// The location of the pad: on the globe and in its region.
fn map(profile: StoredValue<ProfileView>) -> AnyView {
    profile.with_value(|profile| {
        let Some((pad, location)) = &profile.place else { return ().erase() };
        let drawing = match on_earth(pad.latitude, pad.longitude) {
            Some(place) => locator(place, pad.name.clone(), Look::Near),
            None => no_place(),
        };
        view! {
            <section class="panel pad span-5" aria-labelledby="map">
                <h2 id="map">{location.name.clone()}</h2>
                <p class="unit">"Coasts: Natural Earth"</p>
                {drawing}
            </section>
        }
        .erase()
    })
}
