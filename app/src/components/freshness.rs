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
                    None => view! { <span class="no-phone">", "</span> "nothing read yet" }.erase(),
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
                    format!("The database is out of reach; showing data as of {as_of}."),
                    format!("That is {age}. Dates may have moved. The board and the choice are all there is until it answers again."),
                )),
                (FreshnessState::Unreachable, None, _) => Some((
                    "The database is out of reach.".to_owned(),
                    "Nothing had been read before. The page works again when the database does.".to_owned(),
                )),
                (FreshnessState::Stale, Some(as_of), _) => Some((
                    format!("The last good data is from {as_of}, {age}."),
                    "No run has ended since. Dates may have moved.".to_owned(),
                )),
                (FreshnessState::Blocked, Some(as_of), _) => Some((
                    format!("The newest data did not pass its tests; showing data as of {as_of}."),
                    format!("That is {age}. Dates may have moved. The pipeline page says which test."),
                )),
                (FreshnessState::Blocked, None, _) => Some((
                    "The first data did not pass its tests.".to_owned(),
                    "There is nothing to show before some does. The pipeline page says which test.".to_owned(),
                )),
                (FreshnessState::Failed, Some(as_of), Some(failed_at)) => Some((
                    format!("The run of {} failed.", moment(failed_at, now)),
                    format!("Shown is the last good data, from {as_of}, {age}. Dates may have moved."),
                )),
                (FreshnessState::Failed, None, Some(failed_at)) => Some((
                    format!("The first run failed at {}.", moment(failed_at, now)),
                    "There is nothing to show before one succeeds. The next one follows by itself.".to_owned(),
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
                    <span><b>"Simulated source."</b>" These launches are invented or replayed for practice. Board nothing you see here."</span>
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
                    <span><b>"The list may be incomplete."</b>" The last sweep heard of fewer launches than LL2 counts."</span>
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
        FreshnessState::Fresh => "The last run was good.",
        FreshnessState::Unreachable => "The database is out of reach; shown is what was read last.",
        FreshnessState::Stale => "No good run for two polling intervals.",
        FreshnessState::Failed => "The newest run failed; shown is the last good data.",
        FreshnessState::Blocked => "The newest data did not pass its tests; shown is the last that did.",
        FreshnessState::Empty => "Nothing was read yet.",
    }
}
