use domain::{MoonTier, Status, StatusKind};
use leptos::prelude::*;

/// A symbol of the sprite. Decorative: the word next to it says the same.
#[component]
pub fn Icon(name: &'static str, #[prop(default = "icon")] class: &'static str) -> impl IntoView {
    view! {
        <svg class=class aria-hidden="true">
            <use href=format!("#{name}")></use>
        </svg>
    }
}

/// The glyph of a status. The glyphs differ in outline, not only in colour.
#[component]
pub fn StatusGlyph(kind: StatusKind) -> impl IntoView {
    view! { <Icon name=status_symbol(kind) class="st-glyph"/> }
}

/// A status as glyph and word; the tooltip explains it.
#[component]
pub fn StatusStamp(status: Status) -> impl IntoView {
    let kind = StatusKind::of(status.id);
    let word = short_status(&status, kind);
    let title = kind.meaning().map_or_else(|| status.name.clone(), |meaning| format!("{}. {meaning}", status.name));
    view! {
        <span class=format!("status {}", status_class(kind)) title=title>
            <StatusGlyph kind/>
            {word}
        </span>
    }
}

/// The moon phase of a Moon tier: it wanes with the distance left.
#[component]
pub fn MoonGlyph(tier: MoonTier) -> impl IntoView {
    view! { <Icon name=moon_symbol(tier) class="moon-glyph"/> }
}

/// A Moon tier as phase and word.
#[component]
pub fn MoonStamp(tier: MoonTier) -> impl IntoView {
    view! {
        <span class="tier">
            <MoonGlyph tier/>
            {tier.label()}
        </span>
    }
}

/// The CSS class that colours an element for a status.
pub fn status_class(kind: StatusKind) -> &'static str {
    match kind {
        StatusKind::Go => "go",
        StatusKind::ToBeDetermined => "tbd",
        StatusKind::Success => "success",
        StatusKind::Failure => "failure",
        StatusKind::Hold => "hold",
        StatusKind::InFlight => "flight",
        StatusKind::PartialFailure => "partial",
        StatusKind::ToBeConfirmed => "tbc",
        StatusKind::Deployed => "deployed",
        StatusKind::Other(_) => "other",
    }
}

/// The CSS class that colours an element for a Moon tier.
pub fn moon_class(tier: MoonTier) -> &'static str {
    match tier {
        MoonTier::Surface => "land",
        MoonTier::LunarOrbit => "orbit",
        MoonTier::LunarTransfer => "flyby",
        MoonTier::SteppingStone => "step",
        MoonTier::EarthOrbit => "earth",
        MoonTier::Cannot => "none",
        MoonTier::Unknown => "unknown",
    }
}

/// A status in one or two words, for a stamp or a chip; none for an unknown status.
pub fn status_word(kind: StatusKind) -> Option<&'static str> {
    Some(match kind {
        StatusKind::Go => "Go",
        StatusKind::ToBeDetermined => "TBD",
        StatusKind::ToBeConfirmed => "TBC",
        StatusKind::Success => "Success",
        StatusKind::Failure => "Failure",
        StatusKind::Hold => "Hold",
        StatusKind::InFlight => "In flight",
        StatusKind::PartialFailure => "Partial failure",
        StatusKind::Deployed => "Deployed",
        StatusKind::Other(_) => return None,
    })
}

/// [`status_word`], or LL2's name for an unknown status.
pub fn short_status(status: &Status, kind: StatusKind) -> String {
    status_word(kind).map_or_else(|| status.name.clone(), str::to_owned)
}

/// The symbol of the sprite for a status.
pub fn status_symbol(kind: StatusKind) -> &'static str {
    match kind {
        StatusKind::Go => "st-go",
        StatusKind::ToBeDetermined => "st-tbd",
        StatusKind::Success => "st-success",
        StatusKind::Failure => "st-failure",
        StatusKind::Hold => "st-hold",
        StatusKind::InFlight => "st-flight",
        StatusKind::PartialFailure => "st-partial",
        StatusKind::ToBeConfirmed => "st-tbc",
        StatusKind::Deployed => "st-deployed",
        StatusKind::Other(_) => "st-other",
    }
}

fn moon_symbol(tier: MoonTier) -> &'static str {
    match tier {
        MoonTier::Surface => "t-land",
        MoonTier::LunarOrbit => "t-orbit",
        MoonTier::LunarTransfer => "t-flyby",
        MoonTier::SteppingStone => "t-step",
        MoonTier::EarthOrbit => "t-earth",
        MoonTier::Cannot => "t-none",
        MoonTier::Unknown => "t-unknown",
    }
}
