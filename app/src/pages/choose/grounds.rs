use chrono::{DateTime, Utc};
use domain::{DateForecast, Launch, SuccessForecast};
use leptos::prelude::*;

use crate::erase::Erase as _;

/// The evidence for a ride's three numbers.
pub(super) fn grounds(launch: &Launch) -> AnyView {
    let tier = launch.moon.tier;
    let evidence = launch.moon_evidence().into_iter().map(move |one| {
        let stance = one.stance(tier).label();
        view! { <li><b>{one.kind.label()}</b>": "{one.says}" "<span class="m">{stance}</span></li> }
    });
    let forecast = launch.forecast.as_deref();
    view! {
        <p><b>"Nearness. "</b>{launch.moon.reason.clone()}</p>
        <ul>{evidence.collect_view()}</ul>
        <p><b>"In window. "</b>{forecast.and_then(|forecast| forecast.date).map(|date| when(&date))}</p>
        <p><b>"Succeeds. "</b>{forecast.and_then(|forecast| forecast.success).map(|success| record(&success))}</p>
    }
    .erase()
}

pub(in crate::pages) fn when(date: &DateForecast) -> String {
    let day = |at: Option<DateTime<Utc>>| {
        at.map_or_else(|| "later than can be said".to_owned(), |at| at.format("%-d %b %Y").to_string())
    };
    format!(
        "As likely before {} as after it; four of five have flown by {}. Rests on {} launches: {}.",
        day(date.p50()),
        day(date.p80()),
        date.n(),
        date.rests_on().describe()
    )
}

pub(in crate::pages) fn record(success: &SuccessForecast) -> String {
    let partial = match success.partial {
        0 => String::new(),
        count => format!(", {count} in part"),
    };
    format!(
        "{} of {} succeeded{partial}. Rests on {}.",
        success.succeeded,
        success.chance.n(),
        success.rests_on.describe()
    )
}
