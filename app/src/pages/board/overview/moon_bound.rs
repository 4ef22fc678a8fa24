use chrono::{DateTime, TimeDelta, Utc};
use domain::{BoardQuery, Facet, Launch, MoonTier};
use leptos::prelude::*;

use crate::{
    components::{MoonGlyph, axis::Axis},
    erase::Erase as _,
    pages::board::state::Filters,
    time::{net_time, use_minute},
};

/// How many Moon-bound launches the strip shows.
const SHOWN: usize = 4;

/// The launches that go to the Moon, the next ones by date.
#[component]
pub(in crate::pages::board) fn MoonBound() -> impl IntoView {
    let filters = expect_context::<Filters>();
    let minute = use_minute();
    let ahead = Memo::new(move |_| filters.board.with_value(|board| positions_ahead(board.upcoming(), minute.get())));
    let all = move || {
        let mut query = BoardQuery { as_of: filters.query.with(|query| query.as_of), ..BoardQuery::default() };
        let tiers = MoonTier::ALL.into_iter().filter(|tier| tier.is_moon_bound());
        query.choose(Facet::Moon, tiers.map(MoonTier::slug));
        query.address()
    };
    view! {
        <section class="panel moonward" aria-labelledby="moonward">
            <p class="cap">"To the Moon"</p>
            <h2 id="moonward" class="moonward-count">{move || filters.board.with_value(|board| title(board.upcoming()))}</h2>
            <p class="s13 m">{move || filters.board.with_value(|board| tiers(board.upcoming()))}</p>
            {move || filters.board.with_value(|board| strip(board.upcoming(), &ahead.get(), minute.get_untracked()))}
            <p class="moonward-all"><a href=all data-noscroll="">"Show only these"</a></p>
        </section>
    }
    .erase()
}

fn title(launches: &[Launch]) -> String {
    let moonward = launches.iter().filter(|launch| launch.moon.tier.is_moon_bound()).count();
    match (moonward, launches.len()) {
        (0, all) => format!("None of {all} goes to the Moon"),
        (1, all) => format!("1 of {all} goes to the Moon"),
        (some, all) => format!("{some} of {all} go to the Moon"),
    }
}

/// "11 land, 4 orbit it, 1 passes by."
fn tiers(launches: &[Launch]) -> Option<String> {
    let count = |tier| launches.iter().filter(|launch| launch.moon.tier == tier).count();
    let verbs = [
        (MoonTier::Surface, "lands", "land"),
        (MoonTier::LunarOrbit, "enters lunar orbit", "enter lunar orbit"),
        (MoonTier::LunarTransfer, "passes by", "pass by"),
    ];
    let parts: Vec<_> = verbs
        .into_iter()
        .map(|(tier, one, many)| (count(tier), one, many))
        .filter(|(count, ..)| *count > 0)
        .map(|(count, one, many)| format!("{count} {}", if count == 1 { one } else { many }))
        .collect();
    (!parts.is_empty()).then(|| format!("According to LL2's data: {}.", parts.join(", ")))
}

fn positions_ahead(launches: &[Launch], now: DateTime<Utc>) -> Vec<usize> {
    let ahead = |launch: &Launch| {
        launch.moon.tier.is_moon_bound() && !launch.net_passed(now) && !launch.status_kind().has_left_the_pad()
    };
    launches.iter().enumerate().filter(|(_, launch)| ahead(launch)).map(|(at, _)| at).take(SHOWN).collect()
}

fn strip(launches: &[Launch], positions: &[usize], now: DateTime<Utc>) -> impl IntoView + use<> {
    let shown: Vec<_> = positions.iter().map(|at| &launches[*at]).collect();
    let last = shown.iter().map(|launch| launch.span().end).max().unwrap_or(now) - now;
    // Capped at two years: one vague year would compress everything else into a corner. Its band extends beyond the picture instead.
    let last = last.clamp(TimeDelta::days(7), TimeDelta::days(730));
    let axis = Axis::new(now - last / 25, now + last);
    let line = format!("{:.2}%", axis.place(now));
    let rows = shown.into_iter().map(|launch| {
        view! {
            <li>
                <span class="row">
                    <MoonGlyph tier=launch.moon.tier/>
                    <a class="trunc grow" href=format!("/launches/{}", launch.id)>{launch.title().to_owned()}</a>
                    <span class="nw s13">{net_time(launch)}</span>
                </span>
                <svg class="mini" width="100%" height="18" aria-hidden="true">
                    <line class="rule" x1="0" x2="100%" y1="9" y2="9"></line>
                    {axis.band(launch)}
                    <line class="now" x1=line.clone() x2=line.clone() y1="2" y2="16"></line>
                </svg>
            </li>
        }
    });
    let rows = rows.collect_view();
    (!positions.is_empty()).then(|| {
        view! {
            <ol class="strip">{rows}</ol>
            <svg class="axis-labels" width="100%" height="18" aria-hidden="true">
                {axis.ticks().into_iter().map(|tick| view! {
                    <text x=format!("{:.2}%", tick.at) y="13" text-anchor="middle">{tick.label}</text>
                }).collect_view()}
            </svg>
        }
    })
}
