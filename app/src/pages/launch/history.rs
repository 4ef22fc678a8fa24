use chrono::{DateTime, Utc};
use domain::{Granularity, NetPrecision, NetSpan, Revision, StatusKind};
use leptos::prelude::*;

use super::{detail::Detail, net_history::NetHistory};
use crate::{
    components::StatusStamp,
    erase::Erase as _,
    time::{Zone, instant_time, offset_at, use_zone, zone_suffix},
};

/// The earlier listed dates of the launch, and how each changed to the next.
#[component]
pub(super) fn Changes(detail: Detail) -> impl IntoView {
    if detail.with_value(|detail| !detail.changes.is_empty()) {
        return view! { <div class="span-7"><NetHistory detail/></div> }.erase();
    }
    let first_seen =
        detail.with_value(|detail| instant_time(detail.first_seen_at, detail.launch.location.timezone.as_deref()));
    view! {
        <section class="panel pad span-7" aria-labelledby="changes">
            <h2 id="changes">"No date change observed"</h2>
            <p class="unit">"Listed date as known on each day since " {first_seen} "."</p>
            <p class="lp-text f">
                "Every run compares LL2's date with the previous one. The updates may report earlier changes."
            </p>
        </section>
    }
    .erase()
}

fn granularity(precision: Option<&NetPrecision>) -> Granularity {
    Granularity::of(precision.map(|precision| precision.id))
}

/// The time zone in which dates are shown, and that of the pad.
#[derive(Clone, Copy)]
struct Reader<'pad> {
    zone: Zone,
    timezone: Option<&'pad str>,
}

impl Reader<'_> {
    fn label(self, net: DateTime<Utc>, precision: Option<&NetPrecision>) -> String {
        let offset = offset_at(self.zone, self.timezone, net);
        let granularity = granularity(precision);
        let label = NetSpan::new(net, granularity).label(offset);
        // A time of day has its zone as a suffix.
        if granularity.ticks() { format!("{label} {}", zone_suffix(self.zone, offset)) } else { label }
    }
}

/// Every state the launch was in, newest first.
#[component]
pub(super) fn Revisions(detail: Detail) -> impl IntoView {
    let zone = use_zone();
    // The text of one revision, in the chosen time zone.
    let words = move |at: usize, read: fn(Reader<'_>, &Revision, Option<&Revision>) -> String| {
        move || {
            detail.with_value(|detail| {
                let reader = Reader { zone: zone.get(), timezone: detail.launch.location.timezone.as_deref() };
                detail.revisions.get(at).map(|revision| read(reader, revision, detail.revisions.get(at + 1)))
            })
        }
    };
    detail.with_value(|detail| {
        let timezone = detail.launch.location.timezone.as_deref();
        let rows = detail.revisions.iter().enumerate().map(|(at, revision)| {
            view! {
                <tr>
                    <td class="num">{revision.number.to_string()}</td>
                    <td class="mono nw">{instant_time(revision.valid_from, timezone)}</td>
                    <td class="mono nw">{match revision.valid_to {
                        Some(until) => instant_time(until, timezone).erase(),
                        None => "now".erase(),
                    }}</td>
                    <td class="nw"><StatusStamp status=revision.status.clone()/></td>
                    <td>{words(at, |reader, revision, _| reader.label(revision.net, revision.net_precision.as_ref()))}</td>
                    <td>{revision.rocket.clone()}</td>
                    <td>{revision.pad.clone()}</td>
                    <td>{words(at, |reader, revision, before| match before {
                        Some(before) => differences(reader, revision, before).join(", "),
                        None => "first seen".to_owned(),
                    })}</td>
                </tr>
            }
        });
        let count = detail.revisions.len();
        view! {
            <section class="panel pad span-12" aria-labelledby="revisions">
                <h2 id="revisions">{match count {
                    0 => "No revision recorded".to_owned(),
                    1 => "1 revision: no tracked value has changed".to_owned(),
                    count => format!("{count} revisions"),
                }}</h2>
                <p class="unit">"The state of the launch between changes of the tracked values"</p>
                <div class="lp-scroll" tabindex="0" role="region" aria-label="Revisions">
                    <table class="tbl revisions">
                        <thead>
                            <tr>
                                <th scope="col" class="num">"No."</th>
                                <th scope="col">"From"</th>
                                <th scope="col">"Until"</th>
                                <th scope="col">"Status"</th>
                                <th scope="col">"Listed for"</th>
                                <th scope="col">"Rocket"</th>
                                <th scope="col">"Pad"</th>
                                <th scope="col">"What changed"</th>
                            </tr>
                        </thead>
                        <tbody>{rows.collect_view()}</tbody>
                    </table>
                </div>
            </section>
        }
    })
}

/// Returns what the revision changed, compared with the one before it.
fn differences(reader: Reader<'_>, revision: &Revision, before: &Revision) -> Vec<String> {
    let mut differences = Vec::new();
    let mut differs = |is: bool, what: String| {
        if is {
            differences.push(what);
        }
    };
    let status = |revision: &Revision| StatusKind::of(revision.status.id);
    differs(status(revision) != status(before), format!("status from {}", before.status.abbrev));
    differs(
        revision.net != before.net || revision.net_precision != before.net_precision,
        format!("date from {}", reader.label(before.net, before.net_precision.as_ref())),
    );
    differs(
        (revision.window_start, revision.window_end) != (before.window_start, before.window_end),
        "window".to_owned(),
    );
    differs(revision.name != before.name, format!("name from {}", before.name));
    differs(revision.mission != before.mission, "mission".to_owned());
    differs(revision.orbit != before.orbit, "orbit".to_owned());
    differs(revision.rocket != before.rocket, format!("rocket from {}", before.rocket));
    differs(revision.provider != before.provider, format!("provider from {}", before.provider));
    differs(revision.pad != before.pad || revision.location != before.location, format!("pad from {}", before.pad));
    differs(revision.probability != before.probability, "weather".to_owned());
    differs(revision.is_upcoming != before.is_upcoming, "no longer upcoming".to_owned());
    differences
}
