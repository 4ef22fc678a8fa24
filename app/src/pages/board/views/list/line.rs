use domain::Countdown;
use leptos::prelude::*;
use uuid::Uuid;

use crate::{
    components::{MoonStamp, StatusStamp},
    erase::Erase as _,
    pages::board::{state::Filters, views::marked::marked},
    time::{countdown_text, net_clock, net_time, use_minute, window_text},
};

/// How much of the date a line shows. The heading above it shows the rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::pages::board::views) enum When {
    Date,
    /// Below the heading of its day.
    Time,
    /// Below the heading of its period.
    Nothing,
}

/// One launch as a list item: date, name, rocket, location, status.
pub(in crate::pages::board::views) fn launch_line(filters: Filters, position: usize, when: When) -> AnyView {
    // In another board, the same position holds another launch.
    filters.catalog.track();
    filters.board.with_value(|board| {
        let Some(launch) = board.launches.get(position) else { return ().erase() };
        let moonward = launch.moon.tier.is_moon_bound();
        let date = match when {
            When::Date => Some(net_time(launch).erase()),
            When::Time => Some(net_clock(launch).erase()),
            When::Nothing => None,
        };
        view! {
            <li class="entry">
                {date.map(|date| view! { <span class="entry-when">{date}</span> })}
                <div class="grow">
                    <a class="entry-name" href=format!("/launches/{}", launch.id)>{marked(launch.title().to_owned())}</a>
                    <p class="s13 m">{marked(format!("{} · {}", launch.rocket.name, launch.location.name))}</p>
                    {window_text(launch).map(|window| view! { <p class="s13 m">"window " {window}</p> })}
                    {passed(filters, launch.id)}
                    {moonward.then(|| view! { <MoonStamp tier=launch.moon.tier/> })}
                </div>
                <StatusStamp status=launch.status.clone()/>
            </li>
        }
        .erase()
    })
}

/// A note for a launch whose date has passed without a recorded outcome.
fn passed(filters: Filters, id: Uuid) -> impl IntoView {
    let minute = use_minute();
    let passed = Memo::new(move |_| {
        filters.board.with_launch(id, |launch| launch.countdown(minute.get()) == Countdown::Passed) == Some(true)
    });
    move || passed.get().then(|| view! { <p class="s13 passed">{countdown_text(Countdown::Passed)}</p> })
}
