use chrono::{DateTime, Utc};
use domain::{Freshness, FreshnessState, Source};
use leptos::prelude::*;

use super::{Icon, OfflineBanner};
use crate::erase::Erase as _;
use crate::time::use_present_minute;

/// Source and age of the page's data, on every page; links to the pipeline.
#[component]
pub fn FreshnessBadge(freshness: Freshness) -> impl IntoView {
    let now = use_present_minute();
    let freshness = StoredValue::new(freshness);
    let state = Memo::new(move |_| freshness.with_value(|freshness| freshness.state(now.get())));
    let age = move || freshness.with_value(|freshness| freshness.age(now.get()));
    let as_of = freshness.with_value(|freshness| freshness.as_of);
    let source = freshness.with_value(|freshness| match freshness.source {
        Source::Live => "LL2",
        Source::Simulated => "Simulated",
    });
    view! {
        <a class="fresh" href="/pipeline" title=move || sentence(state.get())>
            <span class=move || format!("status {}", mark(state.get()).0)>
                {move || view! { <Icon name=mark(state.get()).1 class="st-glyph"/> }}
            </span>
            <span>
                <b class="no-phone">{source}</b>
                {match as_of {
                    Some(as_of) => view! {
                        <span class="no-phone">" as of " {move || moment(as_of, now.get())} ", "</span>
                        {age}
                    }.erase(),
                    None => view! { <span class="no-phone">", "</span> "no data yet" }.erase(),
                }}
            </span>
        </a>
    }
    .erase()
}

/// Warnings about the data: simulated, stale, failed or incomplete.
#[component]
pub fn Banners(freshness: Freshness) -> impl IntoView {
    let now = use_present_minute();
    let simulated = freshness.source == Source::Simulated;
    let incomplete = freshness.complete == Some(false);
    let as_of = freshness.as_of;
    let freshness = StoredValue::new(freshness);
    let trouble = move || {
        freshness.with_value(|freshness| {
            let now = now.get();
            let age = freshness.age(now).unwrap_or_default();
            let as_of = freshness.as_of.map(|as_of| moment(as_of, now));
            match (freshness.state(now), as_of, freshness.failed_at) {
                (FreshnessState::Unreachable, Some(as_of), _) => Some((
                    format!("The database is unreachable; showing data as of {as_of}."),
                    format!("That is {age}. Dates may have changed. Only the board and the page Choose are available until it responds again."),
                )),
                (FreshnessState::Unreachable, None, _) => Some((
                    "The database is unreachable.".to_owned(),
                    "No data had been loaded before. The page works again when the database responds.".to_owned(),
                )),
                (FreshnessState::Stale, Some(as_of), _) => Some((
                    format!("The last good data is from {as_of}, {age}."),
                    "No run has finished since. Dates may have changed.".to_owned(),
                )),
                (FreshnessState::Blocked, Some(as_of), _) => Some((
                    format!("The newest data did not pass its tests; showing data as of {as_of}."),
                    format!("That is {age}. Dates may have changed. The pipeline page shows which test failed."),
                )),
                (FreshnessState::Blocked, None, _) => Some((
                    "The first data did not pass its tests.".to_owned(),
                    "There is no data to show yet. The pipeline page shows which test failed.".to_owned(),
                )),
                (FreshnessState::Failed, Some(as_of), Some(failed_at)) => Some((
                    format!("The run of {} failed.", moment(failed_at, now)),
                    format!("Showing the last good data, from {as_of}, {age}. Dates may have changed."),
                )),
                (FreshnessState::Failed, None, Some(failed_at)) => Some((
                    format!("The first run failed at {}.", moment(failed_at, now)),
                    "There is no data to show until a run succeeds. The next run starts automatically.".to_owned(),
                )),
                _ => None,
            }
        })
    };
    view! {
        <OfflineBanner as_of/>
        <div class="wrap banners">
            {simulated.then(|| view! {
                <p class="ban sim">
                    <Icon name="st-hold"/>
                    <span><b>"Simulated source."</b>" These launches are invented or replayed. Do not board any of them."</span>
                </p>
            })}
            {move || trouble().map(|(what, then)| view! {
                <p class="ban stale">
                    <Icon name="st-warn"/>
                    <span><b>{what}</b>" "{then}</span>
                </p>
            })}
            {incomplete.then(|| view! {
                <p class="ban off">
                    <Icon name="st-tbd"/>
                    <span><b>"The list may be incomplete."</b>" The last sweep received fewer launches than LL2 counts."</span>
                </p>
            })}
        </div>
    }
    .erase()
}

/// Formats an instant of the recent past as short as possible: only the time if it is today, else with its date.
fn moment(at: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let format = if at.date_naive() == now.date_naive() { "%H:%M UTC" } else { "%-d %b %Y, %H:%M UTC" };
    at.format(format).to_string()
}

/// Class and symbol of a state.
fn mark(state: FreshnessState) -> (&'static str, &'static str) {
    match state {
        FreshnessState::Fresh => ("go", "st-success"),
        FreshnessState::Unreachable | FreshnessState::Stale | FreshnessState::Failed | FreshnessState::Blocked => {
            ("warn", "st-warn")
        }
        FreshnessState::Empty => ("tbd", "st-tbd"),
    }
}

fn sentence(state: FreshnessState) -> &'static str {
    match state {
        FreshnessState::Fresh => "The last run succeeded.",
        FreshnessState::Unreachable => "The database is unreachable; showing the last data read.",
        FreshnessState::Stale => "No successful run for two polling intervals.",
        FreshnessState::Failed => "The newest run failed; showing the last good data.",
        FreshnessState::Blocked => "The newest data did not pass its tests; showing the last data that did.",
        FreshnessState::Empty => "No data yet.",
    }
}
