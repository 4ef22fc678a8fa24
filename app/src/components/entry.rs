use domain::{Countdown, Launch};
use leptos::prelude::*;

use super::{MoonStamp, StatusStamp};
use crate::{
    erase::Erase as _,
    time::{countdown_text, net_time, use_minute, window_text},
};

/// One launch as an item of a standalone list: date, name, rocket, status, and an optional note.
///
/// A function and not a component: it borrows the launch, and the properties of a component cannot borrow.
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

/// Returns a note for a launch whose date has passed without a recorded outcome.
fn passed(launch: &Launch) -> impl IntoView + use<> {
    let minute = use_minute();
    let launch = launch.clone();
    let passed = Memo::new(move |_| launch.countdown(minute.get()) == Countdown::Passed);
    move || passed.get().then(|| view! { <p class="s13 passed">{countdown_text(Countdown::Passed)}</p> })
}
