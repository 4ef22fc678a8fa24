use chrono::{DateTime, Utc};
use domain::{
    Freshness,
    route::{Page, navigation},
};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::{Banners, CompareTray, FreshnessBadge, Icon, ThemeSwitch, ZoneSwitch};
use crate::erase::Erase as _;
use crate::time::provide_clock;

/// Returns the key that leads to a page after "g": the first letter of its name. `public/companion.js` reads it from the link.
pub(crate) fn letter_of(name: &str) -> String {
    name.chars().take(1).flat_map(char::to_lowercase).collect()
}

/// The frame of every page: top bar, banners, footer, and the page's clock.
///
/// Each page has its own frame because the freshness in it arrives with the page's data, in the same request.
#[component]
pub fn Frame(
    /// How old the data of this page is, and the server's clock; none for a page without data.
    known: Option<(Freshness, DateTime<Utc>)>,
    /// Newer freshness, for a page that is updated while the job runs.
    #[prop(optional)]
    newer: RwSignal<Option<Freshness>>,
    /// The time that the page shows instead of the present.
    #[prop(optional)]
    past: Option<Signal<Option<DateTime<Utc>>>>,
    children: Children,
) -> impl IntoView {
    provide_clock(known.as_ref().map(|(_, now)| *now), past);
    let path = use_location().pathname;
    let drawn = known.map(|(freshness, _)| freshness);
    let freshness = Memo::new(move |_| newer.get().or_else(|| drawn.clone()));
    view! {
        <a class="skip" href="#main" rel="external">"Skip to content"</a>
        <header class="top">
            <div class="wrap">
                <a class="brand" href="/">
                    <svg aria-hidden="true"><use href="#mask"></use></svg>
                    "Mooncoon"
                </a>
                <nav class="nav" aria-label="Main">
                    {navigation()
                        .map(|page| view! {
                            <a
                                href=page.path
                                aria-current=move || (path.get() == page.path).then_some("page")
                                data-letter=letter_of(page.name)
                            >
                                {page.name}
                            </a>
                        })
                        .collect_view()}
                </nav>
                <span class="grow"></span>
                {move || freshness.get().map(|freshness| view! { <FreshnessBadge freshness/> })}
                <PaletteButton/>
                <ZoneSwitch/>
                <ThemeSwitch/>
            </div>
        </header>
        <main id="main" tabindex="-1" data-run=move || freshness.with(|known| known.as_ref()?.run_id).map(|run| run.to_string())>
            {move || freshness.get().map(|freshness| view! { <Banners freshness/> })}
            {children()}
        </main>
        <footer class="foot">
            <div class="wrap">
                <span>
                    "Launch data: "
                    <a href="https://thespacedevs.com" rel="noopener noreferrer">"The Space Devs"</a>
                    ", Launch Library 2."
                </span>
                <nav class="row" aria-label="About the data">
                    // The logo at the top links to the board.
                    {navigation()
                        .filter(|page| page.page != Page::Board)
                        .map(|page| view! { <a href=page.path>{page.name}</a> })
                        .collect_view()}
                </nav>
                {move || freshness.get().map(|freshness| view! { <span class="mono">{stamp(&freshness)}</span> })}
            </div>
        </footer>
        <CompareTray/>
    }
    .erase()
}

/// Opens the command palette: `public/companion.js` handles the press, as it handles the keys.
#[component]
fn PaletteButton() -> impl IntoView {
    view! {
        <button
            type="button"
            class="btn quiet palette-button scripted"
            data-palette=""
            aria-label="Commands"
            aria-haspopup="dialog"
            aria-keyshortcuts="Control+K Meta+K"
            title="Commands: go to a page, filter, find a launch"
        >
            <Icon name="i-command"/>
            <span class="kbd" aria-hidden="true">"Ctrl K"</span>
        </button>
    }
    .erase()
}

/// The provenance of the page in one line: "as of 2026-03-23 08:46 UTC, 370 launches, run 12".
fn stamp(freshness: &Freshness) -> String {
    let as_of = freshness
        .as_of
        .map_or_else(|| "no data yet".to_owned(), |as_of| as_of.format("as of %Y-%m-%d %H:%M UTC").to_string());
    let run = freshness.run_id.map(|run| format!(", run {run}")).unwrap_or_default();
    format!("{as_of}, {} launches{run}", freshness.upcoming_count)
}
