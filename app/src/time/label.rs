use chrono::{DateTime, Datelike as _, Duration, FixedOffset, Utc};
use domain::{Countdown, Granularity, Launch};
use leptos::prelude::*;

use super::{Zone, offset_at, use_zone};

/// A launch's date as a `<time>`, as exact as it is known, in the chosen zone.
///
/// A function and not a component: it borrows the launch, and the properties of a component cannot borrow.
pub fn net_time(launch: &Launch) -> impl IntoView + use<> {
    let span = launch.span();
    let granularity = launch.granularity();
    let net = launch.net;
    let timezone = launch.location.timezone.clone();
    let zone = use_zone();
    let offset = Memo::new(move |_| offset_at(zone.get(), timezone.as_deref(), net));
    view! {
        <time datetime=machine_date(net, granularity) title=granularity.describe()>
            {move || span.label(offset.get())}
        </time>
        {granularity.ticks().then(|| view! { <span class="zone">{move || zone_suffix(zone.get(), offset.get())}</span> })}
    }
}

/// An instant in the chosen zone, "23 Mar 2026, 08:46 UTC".
pub fn instant_time(at: DateTime<Utc>, timezone: Option<&str>) -> impl IntoView + use<> {
    let timezone = timezone.map(ToOwned::to_owned);
    let zone = use_zone();
    let text = move || {
        let offset = offset_at(zone.get(), timezone.as_deref(), at);
        format!("{} {}", at.with_timezone(&offset).format("%-d %b %Y, %H:%M"), zone_suffix(zone.get(), offset))
    };
    view! { <time datetime=at.format("%Y-%m-%dT%H:%M:%SZ").to_string()>{text}</time> }
}

/// The time of a launch within its day, in the chosen zone; "day" if LL2 gives no time. For lists grouped by day.
pub fn net_clock(launch: &Launch) -> impl IntoView + use<> {
    let span = launch.span();
    let granularity = launch.granularity();
    let net = launch.net;
    let timezone = launch.location.timezone.clone();
    let zone = use_zone();
    let text =
        move || span.time_of_day(offset_at(zone.get(), timezone.as_deref(), net)).unwrap_or_else(|| "day".to_owned());
    view! { <time datetime=machine_date(net, granularity) title=granularity.describe()>{text}</time> }
}

/// The launch window in the chosen zone, "22:24 to 00:24", where it says more than the NET.
pub fn window_text(launch: &Launch) -> Option<impl Fn() -> String + Send + use<>> {
    let (start, end) = launch.window()?;
    let timezone = launch.location.timezone.clone();
    let zone = use_zone();
    Some(move || {
        let at = |instant: DateTime<Utc>| {
            instant.with_timezone(&offset_at(zone.get(), timezone.as_deref(), instant)).format("%H:%M").to_string()
        };
        format!("{} to {}", at(start), at(end))
    })
}

/// The shortest correct date: "26 Mar" of this year, "26 Mar 2019", else the period, "Q2 2026".
pub fn short_date(launch: &Launch, zone: Zone, this_year: i32) -> String {
    let offset = offset_at(zone, launch.location.timezone.as_deref(), launch.net);
    let span = launch.span();
    let short =
        |day: chrono::NaiveDate| day.format(if day.year() == this_year { "%-d %b" } else { "%-d %b %Y" }).to_string();
    span.day(offset).map_or_else(|| span.label(offset), short)
}

/// The name of an offset next to a time of day: "UTC", "UTC+5:30".
pub fn zone_suffix(zone: Zone, offset: FixedOffset) -> String {
    let minutes = offset.local_minus_utc() / 60;
    if zone == Zone::Utc || minutes == 0 {
        return "UTC".to_owned();
    }
    let sign = if minutes < 0 { '\u{2212}' } else { '+' };
    match (minutes.abs() / 60, minutes.abs() % 60) {
        (hours, 0) => format!("UTC{sign}{hours}"),
        (hours, minutes) => format!("UTC{sign}{hours}:{minutes:02}"),
    }
}

/// Formats the time left, never finer than the precision: "in 38 h", "in about 2 h", "in 15 days"; none if there is no
/// countdown.
pub fn countdown_text(countdown: Countdown) -> Option<String> {
    match countdown {
        Countdown::Ticking { left, .. } => Some(in_words(left)),
        Countdown::About { left } => Some(about_text(left)),
        Countdown::Passed => Some("date passed, no outcome yet".to_owned()),
        Countdown::Flown | Countdown::None => None,
    }
}

/// Formats a time left that is not known to the minute: "within the hour", "in about 2 h", "in 15 days".
pub fn about_text(left: Duration) -> String {
    match left {
        left if left < Duration::hours(1) => "within the hour".to_owned(),
        left if left < Duration::days(2) => format!("in about {} h", (left.num_minutes() + 30) / 60),
        left => format!("in {} days", left.num_days()),
    }
}

/// Returns the time left until a launch, or that it has gone; none if its date has no countdown. Without `now` nothing is
/// counted down to, as on a board of the past.
pub fn time_left(launch: &Launch, now: Option<DateTime<Utc>>) -> Option<String> {
    let kind = launch.status_kind();
    if kind.is_final() {
        Some("flown".to_owned())
    } else if kind.has_left_the_pad() {
        Some("left the pad".to_owned())
    } else {
        countdown_text(launch.countdown(now?))
    }
}

fn in_words(left: Duration) -> String {
    match left {
        left if left < Duration::zero() => "window open".to_owned(),
        left if left < Duration::minutes(1) => "in less than a minute".to_owned(),
        left if left < Duration::hours(2) => format!("in {} min", left.num_minutes()),
        left if left < Duration::days(2) => format!("in {} h", left.num_hours()),
        left => format!("in {} days", left.num_days()),
    }
}

/// The value of `datetime`: HTML supports instants, days, months and years, and nothing in between.
fn machine_date(net: DateTime<Utc>, granularity: Granularity) -> String {
    match granularity {
        Granularity::Second | Granularity::Minute | Granularity::Hour => net.format("%Y-%m-%dT%H:%M:%SZ").to_string(),
        Granularity::Morning | Granularity::Afternoon | Granularity::Day => net.format("%Y-%m-%d").to_string(),
        Granularity::Month => net.format("%Y-%m").to_string(),
        _ => format!("{:04}", net.year()),
    }
}
