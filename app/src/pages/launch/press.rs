use leptos::prelude::*;

use super::detail::Detail;
use crate::{components::fact::outward, erase::Erase as _, time::instant_time};

/// Number of updates shown; the rest is in a disclosure.
const FIRST_UPDATES: usize = 8;

/// The updates of LL2's editors, newest first.
#[component]
pub(super) fn Updates(detail: Detail) -> impl IntoView {
    detail.with_value(|detail| {
        let timezone = detail.launch.location.timezone.as_deref();
        let updates: Vec<_> = detail
            .updates
            .iter()
            .map(|update| {
                let text = match update.info_url.clone() {
                    Some(url) => outward(url, update.comment.clone()).erase(),
                    None => update.comment.clone().erase(),
                };
                view! {
                    <li>
                        <span class="mono">{match update.created_at {
                            Some(at) => instant_time(at, timezone).erase(),
                            None => "undated".erase(),
                        }}</span>
                        <span>{text}{update.created_by.clone().map(|who| view! { <span class="f">{format!(" · {who}")}</span> })}</span>
                    </li>
                }
            })
            .collect();
        let count = updates.len();
        let mut first = updates;
        let rest = first.split_off(first.len().min(FIRST_UPDATES));
        let more = rest.len();
        view! {
            <section class="panel pad span-5" aria-labelledby="updates">
                <h2 id="updates">{match count {
                    0 if detail.has_detail => "No updates".to_owned(),
                    0 => "Updates".to_owned(),
                    1 => "1 update".to_owned(),
                    count => format!("{count} updates"),
                }}</h2>
                {(count == 0).then(|| view! { <p class="lp-text f">{none(detail.has_detail, "LL2 has no updates for this launch.")}</p> })}
                <ul class="ups">{first}</ul>
                {(more > 0).then(|| view! {
                    <details class="lp-about"><summary>{format!("{more} older")}</summary><ul class="ups">{rest}</ul></details>
                })}
            </section>
        }
    })
}

/// Links to watch the launch and to read more.
#[component]
pub(super) fn Press(detail: Detail) -> impl IntoView {
    detail.with_value(|detail| {
        let timezone = detail.launch.location.timezone.clone();
        let videos = detail.videos.iter().map(|video| {
            let tail = [
                video.publisher.clone(),
                video.kind.clone(),
                video.language_code.clone(),
                video.is_live.filter(|live| *live).map(|_| "live now".to_owned()),
                            ];
            let tail: Vec<_> = tail.into_iter().flatten().collect();
            let start = video.start_at.map(|at| instant_time(at, timezone.as_deref()));
            view! {
                <li>
                    {outward(video.url.clone(), video.title.clone().unwrap_or_else(|| "Video".to_owned()))}
                    <span class="f">
                        {tail.join(" · ")}
                        {start.map(|start| view! { <span>" · starts " {start}</span> })}
                    </span>
                </li>
            }
        });
        let links = detail.links.iter().map(|link| {
            let tail: Vec<_> = [link.source.clone(), link.kind.clone()].into_iter().flatten().collect();
            view! {
                <li>
                    {outward(link.url.clone(), link.title.clone().unwrap_or_else(|| "Page".to_owned()))}
                    <span class="f">{tail.join(" · ")}</span>
                </li>
            }
        });
        let own = [
            (detail.flightclub_url.clone(), "Trajectory"),
            (detail.infographic_url.clone(), "Infographic"),
        ]
        .into_iter()
        .filter_map(|(url, words)| url.map(|url| view! { <li>{outward(url, words.to_owned())}</li> }));
        let id = detail.launch.id;
        view! {
            <section class="panel pad span-4" aria-labelledby="links">
                <h2 id="links">"Watch and read"</h2>
                <p class="unit">"External links. Nothing is loaded from other sites until you follow a link."</p>
                {detail.videos.is_empty().then(|| view! { <p class="lp-text f">{none(detail.has_detail, "No webcast is listed yet.")}</p> })}
                <ul class="lp-list tall">
                    {videos.collect_view()}
                    {links.collect_view()}
                    {own.collect_view()}
                    <li><a href=format!("/api/v1/launches/{id}") rel="external">"This launch as JSON"</a></li>
                </ul>
            </section>
        }
    })
}

/// States why a list is empty: there is nothing, or the full record has not been fetched yet.
pub(super) fn none(has_detail: bool, words: &'static str) -> &'static str {
    if has_detail { words } else { "Not loaded yet: the full record of this launch has not been fetched." }
}
