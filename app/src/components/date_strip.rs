use chrono::TimeDelta;
use domain::Launch;
use leptos::prelude::*;

use super::axis::{Axis, extent};
use crate::time::use_minute;

/// One launch's date as a band between now and then, for the launch page.
pub(crate) fn date_strip(launch: &Launch) -> impl IntoView + use<> {
    let minute = use_minute();
    let launch = launch.clone();
    move || {
        let now = minute.get();
        let (start, end) = extent(&launch);
        let (first, last) = (start.min(now), end.max(now));
        let length = (last - first).max(TimeDelta::hours(1));
        let axis = Axis::new(first - length / 20, last + length / 8);
        let place = |at: f64| format!("{at:.2}%");
        let ticks = axis.ticks().into_iter().map(|tick| {
            view! {
                <line class="tick" x1=place(tick.at) x2=place(tick.at) y1="5" y2="13"></line>
                <text x=place(tick.at) y="36" text-anchor="middle">{tick.label}</text>
            }
        });
        view! {
            <svg class="near" width="100%" height="44" aria-hidden="true">
                <line class="rule" x1="0" x2="100%" y1="9" y2="9"></line>
                {ticks.collect_view()}
                {axis.band(&launch)}
                <line class="now" x1=place(axis.place(now)) x2=place(axis.place(now)) y1="0" y2="18"></line>
            </svg>
        }
    }
}
