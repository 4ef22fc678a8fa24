use chrono::{DateTime, Duration, TimeDelta, Utc};
use domain::{Granularity, LaunchDetail, NetChange, NetChangeKind, NetPrecision, NetSpan, Revision, StatusKind};
use leptos::prelude::*;

use super::{Detail, fact};
use crate::components::{StatusStamp, status_class};

/// Height of the drawing of all dates it was listed for.
const HEIGHT: f64 = 200.0;
/// A date known to the minute is a line, but one that can be seen.
const THINNEST: f64 = 3.0;

/// The dates it was listed for before, and how each became the next.
#[component]
pub(super) fn Changes(detail: Detail) -> impl IntoView {
    detail.with_value(|detail| {
        let rows = detail.changes.iter().map(change_row);
        view! {
            <section class="panel pad c7" aria-labelledby="changes">
                <h2 id="changes">{finding(&detail.changes)}</h2>
                <p class="unit">{format!(
                    "Listed date as known on each day since {}. As thick as it was vague.",
                    fact::day(detail.first_seen_at),
                )}</p>
                {detail.changes.is_empty().then(|| view! {
                    <p class="lp-text f">
                        "Every run compares LL2's date with the one before. What moved before that may be told in the updates."
                    </p>
                })}
                {(!detail.changes.is_empty()).then(|| view! {
                    {drawing(detail)}
                    <div class="lp-scroll" tabindex="0" role="region" aria-label="Changes of the date">
                        <table class="tbl">
                            <thead>
                                <tr>
                                    <th scope="col">"Seen"</th>
                                    <th scope="col">"What"</th>
                                    <th scope="col">"From"</th>
                                    <th scope="col">"To"</th>
                                    <th scope="col" class="n">"Moved"</th>
                                </tr>
                            </thead>
                            <tbody>{rows.collect_view()}</tbody>
                        </table>
                    </div>
                })}
            </section>
        }
    })
}

fn finding(changes: &[NetChange]) -> String {
    let slips: Vec<_> = changes.iter().filter(|change| change.kind == NetChangeKind::Slip).collect();
    let moved: i64 = slips.iter().map(|slip| slip.shift_seconds).sum();
    match (changes.len(), slips.len()) {
        (0, _) => "The date has not changed since we watch".to_owned(),
        (1, 0) => "The date has changed once, and not slipped".to_owned(),
        (count, 0) => format!("The date has changed {count} times, and not slipped"),
        (_, 1) => format!("It slipped once, by {}", shift(moved)),
        (_, slips) => format!("It slipped {slips} times, {} in all", shift(moved)),
    }
}

fn change_row(change: &NetChange) -> impl IntoView + use<> {
    let class = match change.kind {
        NetChangeKind::Slip | NetChangeKind::Loosened => "dl up",
        NetChangeKind::PullIn | NetChangeKind::Firmed | NetChangeKind::Actual => "dl ok",
        NetChangeKind::Placeholder | NetChangeKind::Trim => "dl",
    };
    let moved = if change.shift_seconds == 0 { String::new() } else { signed(change.shift_seconds) };
    view! {
        <tr>
            <td class="mono nw">{fact::minute(change.observed_at)}</td>
            <td>
                <span class=class>{change.kind.label()}</span>
                {(!change.observed_live).then(|| view! { <span class="f sm">" caught up"</span> })}
            </td>
            <td>{label(change.net_before, change.net_precision_before.as_ref())}</td>
            <td>{label(change.net_after, change.net_precision_after.as_ref())}</td>
            <td class="n">{moved}</td>
        </tr>
    }
}

fn granularity(precision: Option<&NetPrecision>) -> Granularity {
    Granularity::of(precision.map(|precision| precision.id))
}

fn label(net: DateTime<Utc>, precision: Option<&NetPrecision>) -> String {
    NetSpan::new(net, granularity(precision)).label_utc()
}

/// "+12 days", "−3 h".
fn signed(seconds: i64) -> String {
    format!("{}{}", if seconds < 0 { '\u{2212}' } else { '+' }, shift(seconds))
}

/// A distance in its largest unit that says enough: "41 days", "5 h", "20 min".
fn shift(seconds: i64) -> String {
    let shift = Duration::seconds(seconds).abs();
    match shift {
        shift if shift >= Duration::days(2) => format!("{} days", shift.num_days()),
        shift if shift >= Duration::hours(2) => format!("{} h", shift.num_hours()),
        shift if shift >= Duration::minutes(1) => format!("{} min", shift.num_minutes()),
        shift => format!("{} s", shift.num_seconds()),
    }
}

/// A date while it stood.
struct Listed {
    from: DateTime<Utc>,
    until: DateTime<Utc>,
    span: NetSpan,
    texture: &'static str,
}

/// Every date in the order they stood, from the first we saw to the one of today.
fn listed(detail: &LaunchDetail) -> Vec<Listed> {
    let mut from = detail.first_seen_at;
    let mut all = Vec::new();
    let mut push = |from, until, net, precision: Option<&NetPrecision>| {
        let granularity = granularity(precision);
        all.push(Listed { from, until, span: NetSpan::new(net, granularity), texture: granularity.texture() });
    };
    for change in detail.changes.iter().rev() {
        push(from, change.observed_at, change.net_before, change.net_precision_before.as_ref());
        from = change.observed_at;
    }
    if let Some(last) = detail.changes.first() {
        push(from, detail.now.max(from), last.net_after, last.net_precision_after.as_ref());
    }
    all
}

fn drawing(detail: &LaunchDetail) -> Option<impl IntoView + use<>> {
    let listed = listed(detail);
    let first = listed.iter().map(|one| one.from).min()?;
    let last = listed.iter().map(|one| one.until).max()?.max(first + TimeDelta::hours(1));
    let (low, high) = (listed.iter().map(|one| one.span.start).min()?, listed.iter().map(|one| one.span.end).max()?);
    let margin = (high - low) / 8 + TimeDelta::minutes(1);
    let (low, high) = (low - margin, high + margin);
    let x = move |at: DateTime<Utc>| format!("{:.2}%", seconds(at - first) / seconds(last - first) * 100.0);
    let y = move |at: DateTime<Utc>| HEIGHT - seconds(at - low) / seconds(high - low) * HEIGHT;
    let tone = format!("tone-{}", status_class(detail.launch.status_kind()));

    let steps = listed.iter().zip(listed.iter().skip(1)).map(|(before, after)| {
        let (y1, y2) = (y(middle(&before.span)), y(middle(&after.span)));
        view! { <line class="step" x1=x(after.from) x2=x(after.from) y1=format!("{y1:.1}") y2=format!("{y2:.1}")></line> }
    });
    let bands = listed.iter().map(|one| {
        let (top, bottom) = (y(one.span.end), y(one.span.start));
        let height = (bottom - top).max(THINNEST);
        let mask = match one.texture {
            "month" => Some("url(#texture-month)"),
            "quarter" | "year" => Some("url(#texture-quarter)"),
            _ => None,
        };
        let width = format!("{:.2}%", seconds(one.until - one.from) / seconds(last - first) * 100.0);
        view! { <rect x=x(one.from) y=format!("{top:.1}") width=width height=format!("{height:.1}") mask=mask></rect> }
    });
    let dates = [0.12, 0.5, 0.88].map(|share| {
        let at = low + (high - low) * whole(share * 100.0) / 100;
        let height = y(at);
        let format = if high - low > TimeDelta::days(500) { "%b %Y" } else { "%-d %b" };
        (format!("{height:.1}"), at.format(format).to_string())
    });
    let names =
        dates.clone().map(|(y, name)| view! { <text x="100%" dx="-8" y=y dy="4" text-anchor="end">{name}</text> });
    let rules = dates.map(|(y, _)| view! { <line class="rule" x1="0" x2="100%" y1=y.clone() y2=y></line> });
    let words = format!(
        "Listed date over time: {}",
        listed
            .iter()
            .map(|one| format!("{} from {}", one.span.label_utc(), fact::day(one.from)))
            .collect::<Vec<_>>()
            .join("; ")
    );
    Some(view! {
        <div class=format!("slips {tone}") role="img" aria-label=words>
            <svg width="72" height=HEIGHT + 24.0 aria-hidden="true">{names}</svg>
            <svg width="100%" height=HEIGHT + 24.0 aria-hidden="true">
                {rules}
                // The day itself: a date on this line is today.
                <line class="itself" x1=x(first) x2=x(last) y1=format!("{:.1}", y(first)) y2=format!("{:.1}", y(last))></line>
                {bands.collect_view()}
                {steps.collect_view()}
                <text x="0" y=HEIGHT + 18.0>{fact::day(first)}</text>
                <text x="100%" y=HEIGHT + 18.0 text-anchor="end">{fact::day(last)}</text>
            </svg>
        </div>
    })
}

fn middle(span: &NetSpan) -> DateTime<Utc> {
    span.start + (span.end - span.start) / 2
}

#[expect(clippy::cast_precision_loss, reason = "the seconds of a century are exact in a double")]
fn seconds(delta: TimeDelta) -> f64 {
    delta.num_seconds() as f64
}

#[expect(clippy::cast_possible_truncation, reason = "a percentage")]
fn whole(value: f64) -> i32 {
    value as i32
}

/// Every state the launch was in, newest first.
#[component]
pub(super) fn Revisions(detail: Detail) -> impl IntoView {
    detail.with_value(|detail| {
        let rows = detail.revisions.iter().enumerate().map(|(at, revision)| {
            let before = detail.revisions.get(at + 1);
            view! {
                <tr>
                    <td class="n">{revision.number.to_string()}</td>
                    <td class="mono nw">{fact::minute(revision.valid_from)}</td>
                    <td class="mono nw">{revision.valid_to.map_or_else(|| "now".to_owned(), fact::minute)}</td>
                    <td class="nw"><StatusStamp status=revision.status.clone()/></td>
                    <td>{label(revision.net, revision.net_precision.as_ref())}</td>
                    <td>{revision.rocket.clone()}</td>
                    <td>{revision.pad.clone()}</td>
                    <td>{match before {
                        Some(before) => differences(revision, before).join(", "),
                        None => "first seen".to_owned(),
                    }}</td>
                </tr>
            }
        });
        let count = detail.revisions.len();
        view! {
            <section class="panel pad c12" aria-labelledby="revisions">
                <h2 id="revisions">{match count {
                    0 => "No revision recorded".to_owned(),
                    1 => "1 revision: nothing tracked has changed".to_owned(),
                    count => format!("{count} revisions"),
                }}</h2>
                <p class="unit">"The launch as it stood over each stretch in which nothing tracked changed"</p>
                <div class="lp-scroll" tabindex="0" role="region" aria-label="Revisions">
                    <table class="tbl">
                        <thead>
                            <tr>
                                <th scope="col" class="n">"No."</th>
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

/// What the revision changed of the one before it.
fn differences(revision: &Revision, before: &Revision) -> Vec<String> {
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
        format!("date from {}", label(before.net, before.net_precision.as_ref())),
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

#[cfg(test)]
mod tests {
    use super::*;

    fn change(kind: NetChangeKind, shift_days: i64) -> NetChange {
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        NetChange {
            observed_at: at("2026-02-01T00:00:00Z"),
            kind,
            net_before: at("2026-03-06T00:00:00Z"),
            net_precision_before: None,
            net_after: at("2026-04-01T00:00:00Z"),
            net_precision_after: None,
            shift_seconds: shift_days * 86_400,
            observed_live: true,
        }
    }

    #[test]
    fn the_title_counts_slips_and_not_every_change() {
        assert_eq!(finding(&[]), "The date has not changed since we watch");
        assert_eq!(finding(&[change(NetChangeKind::Firmed, 0)]), "The date has changed once, and not slipped");
        let slips =
            [change(NetChangeKind::Slip, 26), change(NetChangeKind::PullIn, -3), change(NetChangeKind::Slip, 15)];
        assert_eq!(finding(&slips), "It slipped 2 times, 41 days in all");
        assert_eq!(finding(&slips[..2]), "It slipped once, by 26 days");
    }

    #[test]
    fn a_shift_is_said_with_its_sign_and_one_unit() {
        assert_eq!(signed(12 * 86_400), "+12 days");
        assert_eq!(signed(-3 * 3_600), "\u{2212}3 h");
        assert_eq!(shift(1_200), "20 min");
    }
}
