mod silhouette;

#[cfg(feature = "hydrate")]
use std::sync::Arc;

use chrono::{DateTime, Utc};
use domain::{Launch, Subject};
use leptos::{html, prelude::*};
use uuid::Uuid;

use self::silhouette::Silhouette;
use super::{marked::marked, printed::printed_note};
#[cfg(feature = "hydrate")]
use crate::pages::board::state::Catalog;
use crate::{
    components::{
        MoonStamp, StatusStamp,
        axis::{SharedAxis, tone},
        compare_tick,
    },
    erase::Erase as _,
    pages::board::state::{Filters, KeyedRow, Rows},
    time::{net_time, offset_at, time_left, use_minute, use_zone},
};

/// Number of cards drawn at once. The rest follows when the reader scrolls near the end.
const BATCH: usize = 24;
/// Number of cards drawn after a change of the query. They fill a screen: a card has about ninety nodes, and the charts wait for it.
const ANSWER: usize = 12;

/// The launches as cards, with one shared axis.
#[component]
pub(super) fn Cards() -> impl IntoView {
    let filters = expect_context::<Filters>();
    let revealed = RwSignal::new(BATCH);
    // A changed query starts at the top again.
    Effect::new(move |before: Option<()>| {
        filters.query.track();
        if before.is_some() {
            revealed.set(ANSWER);
        }
    });
    let shown = shown(filters, revealed);
    let left = Memo::new(move |_| filters.rows.with(Rows::count).saturating_sub(revealed.get()));
    #[cfg(feature = "hydrate")]
    super::printed::on_print(move |_| revealed.update(|count| *count = (*count).max(super::printed::MOST_PRINTED)));
    let more = NodeRef::<html::Button>::new();
    let reveal = move || revealed.update(|count| *count += BATCH);
    let total = filters.rows.with_untracked(Rows::count);
    #[cfg(feature = "hydrate")]
    browser::reveal_when_near(more, reveal);
    view! {
        {axis_key()}
        <ul class="cards">
            <For
                each=move || shown.get()
                key=|keyed| keyed.key
                children=move |KeyedRow { position, key }| filters.board.with_value(|board| {
                    board.launches.get(position).map(|launch| card(launch, left_or_precision(filters, key.id)))
                })
            />
        </ul>
        <p class="more scripted" hidden=move || left.get() == 0>
            <button class="btn" type="button" node_ref=more on:click=move |_| reveal()>
                {move || format!("Show {} more", left.get().min(BATCH))}
            </button>
        </p>
        {(total > BATCH).then(|| view! {
            <p class="more s13 m unscripted">
                {format!("Without a script these are the first {BATCH} cards; the CSV above has all {total} launches.")}
            </p>
        })}
        {printed_note()}
    }
    .erase()
}

/// Returns the cards to draw. After a change of the query, they wait until the frame with its numbers and charts is painted: readers
/// look at those first, and cards are slower than all of them.
fn shown(filters: Filters, revealed: RwSignal<usize>) -> RwSignal<Vec<KeyedRow>> {
    let read = move || filters.rows.with(|rows| rows.keyed(revealed.get()));
    let shown = RwSignal::new(untrack(read));
    #[cfg(feature = "hydrate")]
    Effect::new(move |before: Option<(Arc<Catalog>, usize)>| {
        let now = (filters.catalog.get(), revealed.get());
        let keyed = read();
        let show = move |keyed: Vec<KeyedRow>| {
            if shown.try_with_untracked(|shown| *shown != keyed) == Some(true) {
                shown.set(keyed);
            }
        };
        // Drawn immediately: the rows of another board, which are marked as news in the next frame; more of the same rows, which
        // printing cannot wait for; and any rows in a hidden page, which has no frames.
        match before {
            Some((catalog, count)) if Arc::ptr_eq(&catalog, &now.0) && now.1 <= count && !document().hidden() => {
                browser::after_frame(move || {
                    // The reader may have left the page or the view by then.
                    let Some(count) = revealed.try_get_untracked() else { return };
                    if let Some(keyed) = filters.rows.try_with_untracked(|rows| rows.keyed(count)) {
                        show(keyed);
                    }
                });
            }
            _ => show(keyed),
        }
        now
    });
    shown
}

/// The legend of the axis of the cards' bands.
fn axis_key() -> impl IntoView {
    view! {
        <p class="axis-key" aria-hidden="true">
            <span class="f">"Bands: now"</span>
            {SharedAxis::ticks().map(|(_, name)| view! { <span class="f">{name}</span> })}
        </p>
    }
}

/// One launch. The whole card is one link, placed on the title, so that it is announced by name. Other links and the check box
/// are above it.
fn card<Left: IntoView + 'static>(launch: &Launch, left: Left) -> impl IntoView + use<Left> {
    let moonward = launch.moon.tier.is_moon_bound();
    view! {
        <li class="card panel" class:lunar=moonward>
            <div class="row between">
                <span class="row maker">
                    <span class="mark" aria-hidden="true">{maker_mark(launch)}</span>
                    <a class="s13 m trunc over" href=Subject::Provider.address(launch.provider.id)>{marked(launch.provider.name.clone())}</a>
                </span>
                <StatusStamp status=launch.status.clone()/>
            </div>
            <div class="card-main">
                {launch.image.as_deref().map(|image| view! {
                    <img src=domain::media_path(image) alt="" width="64" height="64" loading="lazy" decoding="async"/>
                })}
                <div class="grow">
                    <h3><a href=format!("/launches/{}", launch.id)>{marked(launch.title().to_owned())}</a></h3>
                    <p class="s13 m">
                        <a class="over" href=Subject::Rocket.address(launch.rocket.id)>{marked(launch.rocket.name.clone())}</a>
                        " · "
                        {marked(launch.location.name.clone())}
                    </p>
                </div>
                {launch.rocket.length_m.map(|length_m| view! { <Silhouette length_m/> })}
            </div>
            {description(launch)}
            <div class="row between when">
                <b>{net_time(launch)}</b>
                {left}
            </div>
            {band(launch)}
            {facts(launch)}
            <div class="row card-foot">
                <MoonStamp tier=launch.moon.tier/>
                <span class="grow"></span>
                <span class="sm f" title=launch.moon.reason.clone()>{distance(launch)}</span>
                {compare_tick(launch.id, launch.title().to_owned())}
            </div>
        </li>
    }
    .erase()
}

/// Returns a substitute for a logo: the provider's abbreviation, else its initials.
pub(super) fn maker_mark(launch: &Launch) -> String {
    // Only alphanumeric characters: a name may begin with an invisible one.
    let initial = |word: &str| word.chars().find(|letter| letter.is_alphanumeric());
    let initials = || launch.provider.name.split_whitespace().filter_map(initial).take(4).collect();
    let abbrev = launch.provider.abbrev.clone().filter(|abbrev| (1..=6).contains(&abbrev.chars().count()));
    abbrev.unwrap_or_else(initials).to_uppercase()
}

fn description(launch: &Launch) -> Option<impl IntoView + use<>> {
    let text = launch.mission.as_ref()?.description.clone()?;
    Some(view! { <p class="about s13 m">{marked(text)}</p> })
}

/// The time left, never finer than the precision. Without a countdown, the precision in words. It reads the launch from the board
/// every minute, so that no card keeps a copy. A past board has no countdown.
fn left_or_precision(filters: Filters, id: Uuid) -> impl IntoView {
    let minute = use_minute();
    let text = move || {
        let now = filters.then().is_none().then_some(minute.get());
        filters.board.with_launch(id, |launch| {
            time_left(launch, now).unwrap_or_else(|| launch.granularity().describe().to_owned())
        })
    };
    view! { <span class="s13 m">{text}</span> }
}

fn band(launch: &Launch) -> impl IntoView + use<> {
    // The axis does not move while the page is open: a tiny shift of the band every minute shows nothing and costs a frame.
    let axis = SharedAxis::new(use_minute().get_untracked());
    let now = format!("{:.2}%", SharedAxis::NOW);
    view! {
        <svg class=format!("mini {}", tone(launch)) width="100%" height="18" aria-hidden="true">
            <line class="rule" x1="0" x2="100%" y1="9" y2="9"></line>
            {SharedAxis::ticks().map(|(at, _)| {
                let at = format!("{at:.2}%");
                view! { <line class="tick" x1=at.clone() x2=at y1="5" y2="13"></line> }
            })}
            <line class="now" x1=now.clone() x2=now y1="2" y2="16"></line>
            {axis.band(launch)}
        </svg>
    }
}

/// Pad, orbit, window, weather, slips and last update. Window, weather and slips are left out if there are none.
fn facts(launch: &Launch) -> impl IntoView + use<> {
    let zone = use_zone();
    let timezone = launch.location.timezone.clone();
    let window = launch.window().map(|(start, end)| {
        move || {
            let at = |instant: DateTime<Utc>| {
                instant.with_timezone(&offset_at(zone.get(), timezone.as_deref(), instant)).format("%H:%M").to_string()
            };
            format!("{} to {}", at(start), at(end))
        }
    });
    let orbit = launch.orbit.as_ref().map_or_else(|| "not given".to_owned(), |orbit| orbit.name.clone());
    let weather = launch.probability.map(|probability| match &launch.weather_concerns {
        Some(concerns) => format!("{probability}% go, {concerns}"),
        None => format!("{probability}% go"),
    });
    let updated = launch.last_updated.format("%-d %b %Y, %H:%M UTC").to_string();
    view! {
        <dl class="facts">
            <dt>"Pad"</dt>
            <dd><a class="over" href=Subject::Pad.address(launch.pad.id)>{marked(launch.pad.name.clone())}</a></dd>
            <dt>"Orbit"</dt>
            <dd>{marked(orbit)}</dd>
            {window.map(|window| view! { <dt>"Window"</dt> <dd>{window}</dd> })}
            {weather.map(|weather| view! { <dt>"Weather"</dt> <dd>{weather}</dd> })}
            {(launch.slip_count > 0).then(|| view! { <dt>"Slips"</dt> <dd>{launch.slip_count}</dd> })}
            <dt>"Updated"</dt>
            <dd>{updated}</dd>
        </dl>
    }
}

/// Formats the delta-v left to the lunar surface: "2.9 km/s left", "3.0 to 3.6 km/s left".
pub(super) fn distance(launch: &Launch) -> String {
    match launch.moon.delta_v_left_km_s {
        Some(left) if (left.high - left.low).abs() < 0.05 => format!("{:.1} km/s left", left.low),
        Some(left) => format!("{:.1} to {:.1} km/s left", left.low, left.high),
        None if launch.orbit.is_none() => "orbit not given".to_owned(),
        None => "distance not known".to_owned(),
    }
}

#[cfg(feature = "hydrate")]
mod browser {
    use std::time::Duration;

    use leptos::{html, prelude::*};
    use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};
    use web_sys::{IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit};

    /// Calls `act` after the next frame is painted.
    pub(super) fn after_frame(act: impl FnOnce() + 'static) {
        request_animation_frame(move || set_timeout(act, Duration::ZERO));
    }

    /// Calls `reveal` when the button is about to come into view. The button remains for readers without a pointer and for browsers
    /// without `IntersectionObserver`.
    pub(super) fn reveal_when_near(button: NodeRef<html::Button>, reveal: impl Fn() + Copy + 'static) {
        Effect::new(move || {
            let Some(button) = button.get() else { return };
            let target = button.clone();
            let seen = Closure::<dyn Fn(js_sys::Array, IntersectionObserver)>::new(
                move |entries: js_sys::Array, observer: IntersectionObserver| {
                    let near = |entry: JsValue| entry.unchecked_into::<IntersectionObserverEntry>().is_intersecting();
                    if entries.iter().any(near) {
                        reveal();
                        // The observer reports changes only: on a tall screen, the button may still be as near as before.
                        observer.unobserve(&target);
                        observer.observe(&target);
                    }
                },
            );
            let options = IntersectionObserverInit::new();
            options.set_root_margin("600px");
            let Ok(observer) = IntersectionObserver::new_with_options(seen.as_ref().unchecked_ref(), &options) else {
                return;
            };
            observer.observe(&button);
            let kept = StoredValue::new_local((observer, seen));
            on_cleanup(move || kept.with_value(|(observer, _)| observer.disconnect()));
        });
    }
}
