use domain::{MoonTier, Status, StatusKind};
use leptos::prelude::*;

use crate::components::{MoonStamp, StatusStamp};
use crate::erase::Erase as _;

/// The legend: statuses, Moon tiers and the textures of the bands.
#[component]
pub(in crate::pages::board) fn Key() -> impl IntoView {
    view! {
        <details class="panel pad key">
            <summary>"Legend"</summary>
            <div class="key-parts">
                <section aria-labelledby="key-status">
                    <h3 id="key-status" class="cap">"Status"</h3>
                    <dl>{StatusKind::KNOWN.map(status)}</dl>
                </section>
                <section aria-labelledby="key-moon">
                    <h3 id="key-moon" class="cap">"Where the mission ends"</h3>
                    <dl>{MoonTier::ALL.map(tier)}</dl>
                </section>
                <section aria-labelledby="key-precision">
                    <h3 id="key-precision" class="cap">"How precise a date is"</h3>
                    <dl>{PRECISIONS.map(|(texture, name, text)| precision(texture, name, text))}</dl>
                </section>
            </div>
        </details>
    }
    .erase()
}

const PRECISIONS: [(&str, &str, &str); 5] = [
    ("precise", "To the hour or better", "Solid, as wide as the launch window. It has a countdown."),
    ("day", "To the day", "Solid, one day wide. Counted in days."),
    ("month", "To the week or month", "Dense hatch over the whole period. No countdown."),
    ("quarter", "To the quarter or half-year", "Open hatch that fades at both ends. No countdown."),
    ("year", "To the year or vaguer", "Dotted outline. No countdown."),
];

fn status(kind: StatusKind) -> impl IntoView {
    let name = kind.slug().unwrap_or_default().replace('_', " ");
    let status = Status { id: kind.id(), abbrev: name.clone(), name };
    view! {
        <dt><StatusStamp status/></dt>
        <dd>{kind.meaning()}</dd>
    }
}

fn tier(tier: MoonTier) -> impl IntoView {
    view! {
        <dt><MoonStamp tier/></dt>
        <dd>{match tier {
            MoonTier::Surface => "The destination; nothing is left.",
            MoonTier::LunarOrbit => "2.2 to 2.9 km/s short of the surface.",
            MoonTier::LunarTransfer => "Passes by; 2.9 km/s short.",
            MoonTier::SteppingStone => "A high orbit; 2.9 to 4.0 km/s short.",
            MoonTier::EarthOrbit => "4.2 to 6.2 km/s short.",
            MoonTier::Cannot => "Suborbital, or another destination.",
            MoonTier::Unknown => "LL2 does not give enough information.",
        }}</dd>
    }
}

fn precision(texture: &'static str, name: &'static str, text: &'static str) -> impl IntoView {
    let edged = matches!(texture, "month" | "year");
    let filled = texture != "year";
    view! {
        <dt>
            <svg class="tone-key" width="48" height="18" aria-hidden="true">
                <g class=format!("band {texture} tone-key")>
                    {filled.then(|| view! { <rect class="fill" x="1" y="3" width=if texture == "precise" { "4" } else { "44" } height="12" rx="2"></rect> })}
                    {edged.then(|| view! { <rect class="edge" x="1" y="3.5" width="44" height="11" rx="2"></rect> })}
                </g>
            </svg>
            {name}
        </dt>
        <dd>{text}</dd>
    }
}
