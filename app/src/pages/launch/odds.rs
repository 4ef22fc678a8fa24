use chrono::{DateTime, TimeDelta, Utc};
use domain::{Chance, DateForecast, Factor, Granularity, LaunchForecast, SuccessForecast};
use leptos::prelude::*;

use super::detail::Detail;
use crate::{
    components::{
        bars::{bar, points},
        forecast::{calibration, record, when},
    },
    erase::Erase as _,
};

/// Our forecast of the date and of success. There is nothing to predict for a launch that has left the pad.
#[component]
pub(super) fn Odds(detail: Detail) -> impl IntoView {
    detail.with_value(|detail| {
        if !detail.is_upcoming || detail.launch.status_kind().has_left_the_pad() {
            return ().erase();
        }
        let forecast = detail.launch.forecast.as_deref();
        let known = forecast.filter(|forecast| forecast.date.is_some() || forecast.success.is_some());
        view! {
            <section class="panel pad span-12 odds" aria-labelledby="odds">
                <h2 id="odds">{known.map_or_else(|| "No forecast yet".to_owned(), finding)}</h2>
                {match known {
                    None => view! {
                        <p class="lp-text f">"A forecast is made after the run in which a launch with a date and a precision was first seen."</p>
                    }
                    .erase(),
                    Some(forecast) => view! {
                        <p class="unit">"Our forecast, with 80 % intervals. " <a href="/scorecard">"How accurate such forecasts have been"</a></p>
                        <div class="odds-halves">
                            {forecast.date.as_ref().map(|date| dates(date, calibration(forecast), detail.now))}
                            {forecast.success.as_ref().map(success)}
                        </div>
                        <p class="s13 f">{format!("Made {}.", forecast.made_at.format("%-d %b %Y, %H:%M UTC"))}</p>
                    }
                    .erase(),
                }}
            </section>
        }
        .erase()
    })
}

fn finding(forecast: &LaunchForecast) -> String {
    let flies = forecast.date.as_ref().and_then(DateForecast::p50).map(|at| format!("median date {}", day(at)));
    let succeeds = forecast.success.as_ref().map(|success| format!("{} to succeed", percent(success.chance.mean())));
    let text = [flies, succeeds].into_iter().flatten().collect::<Vec<_>>().join("; ");
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn dates(date: &DateForecast, calibration: Option<String>, now: DateTime<Utc>) -> AnyView {
    let within = |days: i64| date.chance_within(now, now + TimeDelta::days(days));
    let announced = if Granularity::of(date.precision_id()).names_a_day() {
        "On the announced day"
    } else {
        "In the announced period"
    };
    view! {
        <div>
            <dl class="r-factors">
                {chance(announced, date.chance_as_announced())}
                {chance("In the next 7 days", within(7))}
                {chance("In the next 30 days", within(30))}
            </dl>
            <p class="s13 m">{when(date)}</p>
            {calibration.map(|unknown| view! { <p class="s13 f">{unknown}</p> })}
        </div>
    }
    .erase()
}

fn success(success: &SuccessForecast) -> AnyView {
    view! {
        <div>
            <dl class="r-factors">{chance("Succeeds", Some(success.chance))}</dl>
            <p class="s13 m">{record(success)}</p>
        </div>
    }
    .erase()
}

fn chance(name: &'static str, chance: Option<Chance>) -> Option<AnyView> {
    let chance = chance?;
    Some(
        view! {
            <dt>{name}</dt>
            <dd>
                <span class="mono">{percent(chance.mean())}</span>
                <span class="sr">{format!(", {} to {}", percent(chance.low()), percent(chance.high()))}</span>
                {bar(Factor::of(chance), "tone-window")}
            </dd>
        }
        .erase(),
    )
}

/// "54 %".
fn percent(share: f64) -> String {
    format!("{} %", points(share))
}

fn day(at: DateTime<Utc>) -> String {
    at.format("%-d %b %Y").to_string()
}
