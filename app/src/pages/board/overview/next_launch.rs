use chrono::{DateTime, TimeDelta, Utc};
use domain::{Countdown, Launch};
use leptos::prelude::*;

use crate::{
    components::{StatusStamp, axis::Axis},
    erase::Erase as _,
    pages::board::state::Filters,
    time::{about_text, net_time, use_minute, use_now, window_text},
};

/// The next launch. On a past board it is the largest element of the page.
#[component]
pub(in crate::pages::board) fn NextLaunch() -> impl IntoView {
    let filters = expect_context::<Filters>();
    let minute = use_minute();
    let next = Memo::new(move |_| filters.board.with_value(|board| next_position(board.upcoming(), minute.get())));
    view! {
        <section class="panel next" aria-labelledby="next">
            {move || match next.get() {
                Some(position) => filters.board.with_value(|board| {
                    // After a change of the board, the position may briefly still refer to the previous board.
                    board.launches.get(position).map(|launch| known(launch, board.past_state.is_some()))
                }).erase(),
                None => view! {
                    <p class="cap">"Next launch"</p>
                    {title(filters.then().is_some(), "No launch has a date in the future".into_any())}
                    <p class="m">"Every listed date has passed; the list below shows them."</p>
                }
                .erase(),
            }}
        </section>
    }
    .erase()
}

/// Returns the position of the first launch that is still ahead and has a known day; else of the first one still ahead.
fn next_position(launches: &[Launch], now: DateTime<Utc>) -> Option<usize> {
    let ahead = |launch: &Launch| !launch.net_passed(now) && !launch.status_kind().has_left_the_pad();
    launches
        .iter()
        .position(|launch| ahead(launch) && launch.granularity().names_a_day())
        .or_else(|| launches.iter().position(ahead))
}

fn known(launch: &Launch, is_past: bool) -> impl IntoView + use<> {
    let span = launch.span();
    let place = format!("{} · {} · {}", launch.provider.name, launch.pad.name, launch.location.name);
    view! {
        <div class="row between">
            <p class="cap">{if is_past { "Next launch, as of then" } else { "Next launch" }}</p>
            <StatusStamp status=launch.status.clone()/>
        </div>
        {if is_past { dated(launch).erase() } else { clock(launch).erase() }}
        {title(
            is_past,
            view! {
                <a href=format!("/launches/{}", launch.id)>{launch.title().to_owned()}</a>
                <span class="sr">", next launch"</span>
            }
            .into_any(),
        )}
        <p class="next-ride">{launch.rocket.name.clone()} <span class="m">" · " {place}</span></p>
        <p class="next-when">
            <b>{net_time(launch)}</b>
            {window_text(launch).map(|window| view! { <span class="m">{move || format!("window {}", window())}</span> })}
            {launch.probability.map(|probability| view! { <span class="m">{format!("weather {probability}% go")}</span> })}
        </p>
        {launch.granularity().ticks().then(|| near_axis(launch, span.end))}
    }
}

/// Returns an `h1` if the page has no choice, whose title it would be, else an `h2`.
fn title(is_of_page: bool, words: AnyView) -> AnyView {
    if is_of_page { view! { <h1 id="next">{words}</h1> }.erase() } else { view! { <h2 id="next">{words}</h2> }.erase() }
}

/// The date as it was known then. A past board has no countdown.
fn dated(launch: &Launch) -> impl IntoView + use<> {
    view! {
        <p class="countdown">{launch.span().label_utc()}</p>
        <p class="next-note">"The date as of then. A board of the past has no countdown."</p>
    }
}

/// The countdown, never finer than the precision. Without a countdown, the date itself is shown large.
fn clock(launch: &Launch) -> impl IntoView + use<> {
    let (net, granularity) = (launch.net, launch.granularity());
    let label = launch.span().label_utc();
    if granularity.ticks() || granularity.names_a_day() {
        let now = use_now();
        let minute = use_minute();
        let is_to_the_second =
            matches!(Countdown::to(net, granularity, net), Countdown::Ticking { to_seconds: true, .. });
        // Without seconds, the memo depends on the minute only: 60 times fewer comparisons.
        let text = Memo::new(move |_| {
            let now = if is_to_the_second { now.get() } else { minute.get() };
            clock_text(Countdown::to(net, granularity, now))
        });
        view! {
            <p class="countdown" role="timer" aria-live="off">{text}</p>
            <p class="sr" role="status">{announcement(net, granularity.ticks())}</p>
            <p class="next-note">{reason(Countdown::to(net, granularity, net))}</p>
        }
        .erase()
    } else {
        view! {
            <p class="countdown">{label}</p>
            <p class="next-note">{format!("No countdown: the source gives this one {}.", granularity.describe())}</p>
        }
        .erase()
    }
}

/// The announcement for screen readers, at 60, 10 and 1 minute only.
fn announcement(net: DateTime<Utc>, ticks: bool) -> impl IntoView {
    let minute = use_minute();
    move || {
        let left = (net - minute.get()).num_minutes();
        (ticks && [60, 10, 1].contains(&left)).then(|| format!("{left} min to lift-off"))
    }
}

fn clock_text(countdown: Countdown) -> String {
    match countdown {
        Countdown::Ticking { left, to_seconds } => ticking(left, to_seconds),
        Countdown::About { left } => about_text(left),
        Countdown::None | Countdown::Passed | Countdown::Flown => String::new(),
    }
}

fn ticking(left: TimeDelta, to_seconds: bool) -> String {
    let sign = if left < TimeDelta::zero() { "T+" } else { "T\u{2212}" };
    let left = left.abs();
    let (days, hours, minutes, seconds) =
        (left.num_days(), left.num_hours() % 24, left.num_minutes() % 60, left.num_seconds() % 60);
    let days = if days > 0 { format!("{days} d ") } else { String::new() };
    if to_seconds {
        format!("{sign} {days}{hours:02}:{minutes:02}:{seconds:02}")
    } else {
        format!("{sign} {days}{hours} h {minutes:02} min")
    }
}

/// Explains the granularity of the countdown.
fn reason(countdown: Countdown) -> &'static str {
    match countdown {
        Countdown::Ticking { to_seconds: true, .. } => "Known to the second.",
        Countdown::Ticking { to_seconds: false, .. } => "No seconds: the source gives this one to the minute.",
        _ => "No clock: the source does not give this one to the minute.",
    }
}

/// A time axis from now to the launch.
fn near_axis(launch: &Launch, span_end: DateTime<Utc>) -> impl IntoView + use<> {
    let minute = use_minute();
    let end = launch.window().map_or(span_end, |(_, end)| end).max(launch.net + TimeDelta::minutes(30));
    let launch = launch.clone();
    move || {
        let now = minute.get();
        let left = (end - now).max(TimeDelta::hours(1));
        let axis = Axis::new(now - left / 20, end + left / 6);
        view! {
            <svg class="near" width="100%" height="44" aria-hidden="true">
                <line class="rule" x1="0" x2="100%" y1="9" y2="9"></line>
                {axis.ticks().into_iter().map(|tick| view! {
                    <line class="tick" x1=format!("{:.2}%", tick.at) x2=format!("{:.2}%", tick.at) y1="5" y2="13"></line>
                    <text x=format!("{:.2}%", tick.at) y="36" text-anchor="middle">{tick.label}</text>
                }).collect_view()}
                {axis.band(&launch)}
                <line class="now" x1=format!("{:.2}%", axis.place(now)) x2=format!("{:.2}%", axis.place(now)) y1="0" y2="18"></line>
            </svg>
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_shows_days_only_when_there_are_any() {
        let left = TimeDelta::hours(38) + TimeDelta::minutes(3) + TimeDelta::seconds(7);
        assert_eq!(ticking(left, true), "T\u{2212} 1 d 14:03:07");
        assert_eq!(ticking(left, false), "T\u{2212} 1 d 14 h 03 min");
        assert_eq!(ticking(TimeDelta::minutes(-5), true), "T+ 00:05:00");
    }

    #[test]
    fn a_date_to_the_day_is_counted_in_days_and_never_in_hours() {
        let days = clock_text(Countdown::About { left: TimeDelta::days(15) });
        assert_eq!(days, "in 15 days");
    }
}
