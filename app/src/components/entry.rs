use domain::{Countdown, Launch};
use leptos::prelude::*;

use super::{MoonStamp, StatusStamp};
use crate::{
    erase::Erase as _,
    time::{countdown_text, net_time, use_minute, window_text},
};

/// One launch as an item of a list that stands on its own: date, name, ride, status, and what the list wants to add.
///
/// A function and not a component: it borrows the launch, and a component's properties cannot.
pub fn launch_entry(launch: &Launch, note: Option<String>) -> AnyView {
    let moonward = launch.moon.tier.is_moon_bound();
    view! {
        <li class="entry">
            <span class="entry-when">{net_time(launch)}</span>
            <div class="grow">
                <a class="entry-name" href=format!("/launches/{}", launch.id)>{launch.title().to_owned()}</a>
                <p class="s13 m">{format!("{} · {} · {}", launch.rocket.name, launch.pad.name, launch.location.name)}</p>
                {window_text(launch).map(|window| view! { <p class="s13 m">"window " {window}</p> })}
                {passed(launch)}
                {note.map(|note| view! { <p class="s13 f">{note}</p> })}
                {moonward.then(|| view! { <MoonStamp tier=launch.moon.tier/> })}
            </div>
            <StatusStamp status=launch.status.clone()/>
        </li>
    }
    .erase()
}

/// A note for a launch whose date has passed without an outcome entered.
fn passed(launch: &Launch) -> impl IntoView + use<> {
    let minute = use_minute();
    let launch = launch.clone();
    let passed = Memo::new(move |_| launch.countdown(minute.get()) == Countdown::Passed);
    move || passed.get().then(|| view! { <p class="s13 passed">{countdown_text(Countdown::Passed)}</p> })
}
