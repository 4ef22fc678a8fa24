use chrono::{DateTime, Utc};
use domain::{Granularity, Launch, MoonTier, NetSpan, Status, StatusKind};
use leptos::prelude::*;
use uuid::Uuid;

use super::view::Window;
use crate::{
    components::{
        MoonGlyph, StatusGlyph,
        axis::{extent, percent, tone},
        short_status, status_class,
    },
    erase::Erase as _,
    pages::board::views::marked::marked,
    time::{offset_at, use_zone, zone_suffix},
};

/// The data that a row needs of its launch, copied once.
#[derive(Clone)]
pub(super) struct Band {
    pub(super) id: Uuid,
    pub(super) title: String,
    pub(super) rocket: String,
    pub(super) status: Status,
    pub(super) tier: MoonTier,
    pub(super) tone: String,
    pub(super) span: NetSpan,
    pub(super) granularity: Granularity,
    pub(super) net: DateTime<Utc>,
    pub(super) timezone: Option<String>,
    /// Start of the band: that of the launch window if one is known, else of the precision's period.
    pub(super) start: DateTime<Utc>,
    pub(super) end: DateTime<Utc>,
}

/// Position of the text next to a band.
struct Words {
    place: f64,
    shift: &'static str,
    anchor: &'static str,
    class: &'static str,
}

impl Band {
    pub(super) fn of(launch: &Launch) -> Self {
        let span = launch.span();
        let (start, end) = extent(launch);
        Self {
            id: launch.id,
            title: launch.title().to_owned(),
            rocket: launch.rocket.name.clone(),
            status: launch.status.clone(),
            tier: launch.moon.tier,
            tone: tone(launch),
            span,
            granularity: launch.granularity(),
            net: launch.net,
            timezone: launch.location.timezone.clone(),
            start,
            end,
        }
    }

    /// Returns name, date and status in one sentence, in UTC.
    pub(super) fn sentence(&self) -> String {
        let kind = StatusKind::of(self.status.id);
        let utc = if self.granularity.ticks() { " UTC" } else { "" };
        format!(
            "{}, {}: {}{utc}, {}, {}",
            self.title,
            self.rocket,
            self.span.label_utc(),
            self.granularity.describe(),
            short_status(&self.status, kind)
        )
    }

    /// A launch with a precision of one minute, for tests.
    #[cfg(test)]
    pub(super) fn invented(title: &str, net: DateTime<Utc>) -> Self {
        let span = NetSpan::new(net, Granularity::Minute);
        Self {
            id: Uuid::nil(),
            title: title.to_owned(),
            rocket: "Falcon 9 Block 5".to_owned(),
            status: Status { id: 1, abbrev: "Go".to_owned(), name: "Go for Launch".to_owned() },
            tier: MoonTier::EarthOrbit,
            tone: "tone-go".to_owned(),
            span,
            granularity: Granularity::Minute,
            net,
            timezone: None,
            start: span.start,
            end: span.end,
        }
    }

    fn describe(&self, window: &Window) -> Words {
        let (left, right) = (window.place(self.start), window.place(self.end));
        let words = |place, shift, anchor, class| Words { place, shift, anchor, class };
        if right <= 0.0 {
            words(0.0, "16", "start", "when off")
        } else if left >= 1.0 {
            words(1.0, "-16", "end", "when off")
        } else if right < 0.75 {
            words(right.max(0.0), "10", "start", "when")
        } else if left > 0.25 {
            words(left, "-8", "end", "when")
        } else {
            words(left.max(0.0), "10", "start", "when in")
        }
    }
}

/// One launch as a row: its name, and its date as a band. The whole row links to the launch; the name of the link contains the date.
#[component]
pub(super) fn BandRow(band: Band, window: Memo<Window>) -> impl IntoView {
    let zone = use_zone();
    let kind = StatusKind::of(band.status.id);
    let (span, granularity) = (band.span, band.granularity);
    let timezone = band.timezone.clone();
    let net = band.net;
    let date = Memo::new(move |_| {
        let offset = offset_at(zone.get(), timezone.as_deref(), net);
        let label = span.label(offset);
        if granularity.ticks() { format!("{label} {}", zone_suffix(zone.get(), offset)) } else { label }
    });
    let words = format!("{}, {}", band.title, band.rocket);
    let tail = format!("{}, {}", granularity.describe(), short_status(&band.status, kind));
    // `try_get`: if the server abandons a page that takes too long, its values are disposed while rows may still be rendering.
    let name = move || format!("{words}: {}, {tail}", date.try_get().unwrap_or_default());
    let tier = band.tier;
    let (id, title, class) = (band.id, band.title.clone(), format!("tl-band {}", band.tone));
    view! {
        <li class="tl-row">
            <a href=format!("/launches/{id}") aria-label=name draggable="false">
                <span class="tl-name">
                    <span class=format!("status {}", status_class(kind))><StatusGlyph kind/></span>
                    <span class="trunc">{marked(title)}</span>
                    {tier.is_moon_bound().then(|| view! { <span class="tier"><MoonGlyph tier/></span> })}
                </span>
                <svg class=class width="100%" height="26" aria-hidden="true">
                    {move || drawn(&band, &window.get(), &date.get())}
                </svg>
            </a>
        </li>
    }
}

/// The band itself; `None` if out of view. Each precision has its own texture, so that uncertainty is visible at a glance.
pub(super) fn shape(
    texture: &'static str,
    start: DateTime<Utc>,
    end: DateTime<Utc>,
    window: &Window,
) -> Option<AnyView> {
    if !window.touches(start, end) {
        return None;
    }
    let (left, right) = window.stretch(start, end);
    let x = percent(left);
    let width = percent(right - left);
    Some(match texture {
        "precise" | "hour" => view! {
            <rect class=format!("window {texture}") x=x.clone() y="4" width=width height="18" rx="1.5"></rect>
            <rect class="moment" x=x y="4" width="4" height="18" rx="1.5"></rect>
        }
        .erase(),
        "day" => view! {
            <g class="day">
                <rect x=x.clone() y="4" width=width height="18" rx="2"></rect>
                // At least three pixels wide at any zoom.
                <rect x=x y="4" width="3" height="18" rx="1.5"></rect>
            </g>
        }
        .erase(),
        "month" => view! {
            <rect x=x.clone() y="4" width=width.clone() height="18" rx="2" mask="url(#texture-month)"></rect>
            <rect class="outline" x=x y="4.5" width=width height="17" rx="2"></rect>
        }
        .erase(),
        "quarter" => view! {
            <g mask="url(#texture-fade)">
                <rect x=x y="4" width=width height="18" rx="2" mask="url(#texture-quarter)"></rect>
            </g>
        }
        .erase(),
        _ => view! {
            <g mask="url(#texture-fade)">
                <rect class="year" x=x y="4.5" width=width height="17" rx="2"></rect>
            </g>
        }
        .erase(),
    })
}

/// The band of a row with its date next to it; if it is out of view, an arrow in its direction.
fn drawn(band: &Band, window: &Window, date: &str) -> impl IntoView + use<> {
    let shape = shape(band.granularity.texture(), band.start, band.end, window);
    let Words { place, shift, anchor, class } = band.describe(window);
    let edge = shape.is_none().then(|| {
        let (x, anchor, arrow) = if place > 0.5 { ("100%", "end", "▸") } else { ("0%", "start", "◂") };
        view! { <text class="edge" x=x y="17" text-anchor=anchor>{arrow}</text> }
    });
    view! {
        {shape}
        <text class=class x=percent(place) dx=shift y="17" text-anchor=anchor>{date.to_owned()}</text>
        {edge}
    }
}
