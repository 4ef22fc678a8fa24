use leptos::prelude::*;

use super::{calendar::add_to_calendar, detail::Detail};
use crate::components::{Share, compare_tick, fact::host};

/// Actions on the launch: watch it, add it to a calendar, share its URL, compare it with others.
#[component]
pub(super) fn Actions(detail: Detail) -> impl IntoView {
    detail.with_value(|detail| {
        let launch = &detail.launch;
        // LL2 lists the official broadcast first. A link instead of an embedded player: a player would reveal the readers of this page to
        // its host, and the page's policy does not allow it to load from other sites.
        let watch = detail.videos.first().map(|video| {
            let site = host(&video.url).unwrap_or("another site").to_owned();
            let words = if launch.webcast_live { "Watch live on" } else { "Watch on" };
            view! { <a class="btn pri" href=video.url.clone() rel="noopener noreferrer">{format!("{words} {site}")}</a> }
        });
        view! {
            <div class="lh-actions">
                {watch}
                {add_to_calendar(launch.id)}
                <Share path=format!("/launches/{}", launch.id) title=launch.title().to_owned()/>
                {compare_tick(launch.id, launch.title().to_owned())}
            </div>
        }
    })
}
