use domain::Subject;
use leptos::prelude::*;

use super::ProfileView;
use crate::{components::launch_entry, erase::Erase as _};

/// The upcoming launches, the next first.
#[component]
pub(super) fn UpcomingLaunches(subject: Subject, profile: StoredValue<ProfileView>) -> impl IntoView {
    profile.with_value(|profile| {
        let shown = profile.upcoming.len();
        let title = match profile.ahead {
            0 => "None is listed as upcoming".to_owned(),
            1 => "1 launch is listed as upcoming".to_owned(),
            ahead => format!("{ahead} launches are listed as upcoming"),
        };
        let all = format!("/?{}={}", subject.facet().key(), profile.id);
        let entries: Vec<_> = profile.upcoming.iter().map(|launch| launch_entry(launch, None)).collect();
        let is_cut = i64::try_from(shown).is_ok_and(|shown| shown < profile.ahead);
        view! {
            <section class="panel pad span-7" aria-labelledby="ahead">
                <h2 id="ahead">{title}</h2>
                <p class="unit">
                    {if is_cut { format!("The next {shown} of them by date. ") } else { "By date. ".to_owned() }}
                    <a href=all>"All on the board, with filters"</a>
                </p>
                <ul class="lines">{entries}</ul>
            </section>
        }
        .erase()
    })
}

/// The past launches, newest first, one page at a time.
#[component]
pub(super) fn PastLaunches(subject: Subject, profile: StoredValue<ProfileView>) -> impl IntoView {
    profile.with_value(|profile| {
        let title = match profile.behind {
            0 => "No past launch recorded".to_owned(),
            1 => "1 past launch recorded".to_owned(),
            behind => format!("{behind} past launches recorded"),
        };
        let entries: Vec<_> =
            profile.past.iter().map(|launch| launch_entry(launch, launch.fail_reason.clone())).collect();
        let (page, pages) = (profile.page, profile.pages);
        let address = subject.address(profile.id);
        let on_board = format!("/?{}={}&past=true", subject.facet().key(), profile.id);
        let link = move |to: i64, words: &'static str, rel: &'static str| {
            (1..=pages).contains(&to).then(|| {
                let href = if to == 1 { address.clone() } else { format!("{address}?page={to}") };
                view! { <a class="btn" href=href rel=rel data-noscroll="">{words}</a> }
            })
        };
        view! {
            <section class="panel pad span-12" aria-labelledby="behind">
                <h2 id="behind">{title}</h2>
                <p class="unit">
                    "Newest first. History is loaded in the background: launches not loaded yet are not counted. "
                    <a href=on_board>"Past and upcoming on the board"</a>
                </p>
                <ul class="lines pr-past">{entries}</ul>
                {(pages > 1).then(|| view! {
                    <nav class="row pr-pages" aria-label="Pages of past launches">
                        {link(page - 1, "Newer", "prev")}
                        <span class="s13 m" aria-current="page">{format!("Page {page} of {pages}")}</span>
                        {link(page + 1, "Older", "next")}
                    </nav>
                })}
            </section>
        }
        .erase()
    })
}
