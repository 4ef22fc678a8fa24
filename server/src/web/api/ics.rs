//! Launches as an RFC 5545 calendar that can be subscribed to.
//!
//! A launch is as long as its date is vague: a minute, a day, or all of a quarter. Nothing is an instant that LL2 does not call one.

use chrono::{DateTime, Utc};
use domain::{Launch, StatusKind};
use warehouse::RevisionMark;

use super::{
    export::launch_url,
    question::{Foretold, score_in_words},
};

/// What stands above the events.
pub(super) struct Calendar<'c> {
    pub(super) name: &'c str,
    pub(super) description: &'c str,
    /// Scheme and host of the pages.
    pub(super) origin: &'c str,
    /// Invented launches: every event says so, because an event outlives the calendar it came in.
    pub(super) is_simulated: bool,
}

/// One launch as an event.
pub(super) struct Event<'e> {
    pub(super) launch: &'e Launch,
    pub(super) mark: Option<&'e RevisionMark>,
    /// LL2 has deleted it: the event is called off and not merely left out, since a calendar keeps what it is not told to drop.
    pub(super) is_deleted: bool,
}

/// Writes the calendar.
pub(super) fn write_calendar<'e>(calendar: &Calendar<'_>, events: impl Iterator<Item = Event<'e>>) -> String {
    let mut lines = Lines::default();
    lines.put("BEGIN", "VCALENDAR");
    lines.put("VERSION", "2.0");
    lines.put("PRODID", concat!("-//Mooncoon//Mooncoon ", env!("CARGO_PKG_VERSION"), "//EN"));
    lines.put("CALSCALE", "GREGORIAN");
    lines.text("NAME", calendar.name);
    lines.text("X-WR-CALNAME", calendar.name);
    lines.text("DESCRIPTION", calendar.description);
    lines.text("X-WR-CALDESC", calendar.description);
    lines.put("REFRESH-INTERVAL;VALUE=DURATION", "PT1H");
    lines.put("X-PUBLISHED-TTL", "PT1H");
    for event in events {
        write_event(&mut lines, calendar, &event);
    }
    lines.put("END", "VCALENDAR");
    lines.out
}

fn write_event(lines: &mut Lines, calendar: &Calendar<'_>, event: &Event<'_>) {
    let Event { launch, mark, is_deleted } = event;
    let changed_at = instant(mark.map_or(launch.last_updated, |mark| mark.observed_at));
    let url = launch_url(calendar.origin, launch);
    lines.put("BEGIN", "VEVENT");
    lines.put("UID", &format!("{}@mooncoon", launch.id));
    lines.put("SEQUENCE", &mark.map_or(0, |mark| mark.closed_count).to_string());
    // Without a METHOD this is when the event was last revised (RFC 5545, 3.8.7.2), not when the file was written.
    lines.put("DTSTAMP", &changed_at);
    lines.put("LAST-MODIFIED", &changed_at);
    let (start, end) = period(launch);
    if launch.granularity().ticks() {
        lines.put("DTSTART", &instant(start));
        lines.put("DTEND", &instant(end));
    } else {
        lines.put("DTSTART;VALUE=DATE", &start.format("%Y%m%d").to_string());
        lines.put("DTEND;VALUE=DATE", &end.format("%Y%m%d").to_string());
    }
    lines.text("SUMMARY", &summary(launch, calendar.is_simulated));
    lines.put("STATUS", status(launch, *is_deleted));
    // Somebody else's rocket makes nobody busy.
    lines.put("TRANSP", "TRANSPARENT");
    lines.text("LOCATION", &format!("{}, {}", launch.pad.name, launch.location.name));
    if let (Some(latitude), Some(longitude)) = (launch.pad.latitude, launch.pad.longitude) {
        lines.put("GEO", &format!("{latitude};{longitude}"));
    }
    lines.text("CATEGORIES", launch.moon.tier.label());
    lines.text("DESCRIPTION", &description(launch, *is_deleted, calendar.is_simulated, &url));
    lines.put("URL", &url);
    lines.put("END", "VEVENT");
}

/// From the NET, before which nothing happens, to the end of the window; without a window, or with a vague date, the interval
/// that the precision names.
fn period(launch: &Launch) -> (DateTime<Utc>, DateTime<Utc>) {
    let span = launch.span();
    let end = launch.window().map_or(span.end, |(_, window_end)| window_end.max(span.end));
    (span.start, end)
}

fn summary(launch: &Launch, is_simulated: bool) -> String {
    let simulated = if is_simulated { "[simulated] " } else { "" };
    let vague =
        if launch.granularity().names_a_day() { String::new() } else { format!(" ({})", launch.span().label_utc()) };
    format!("{simulated}{} · {}{vague}", launch.title(), launch.rocket.name)
}

/// Confirmed is what LL2 calls so and gives a day for, and what has left the pad; the rest is tentative.
fn status(launch: &Launch, is_deleted: bool) -> &'static str {
    let kind = launch.status_kind();
    match kind {
        _ if is_deleted => "CANCELLED",
        StatusKind::Go if launch.granularity().names_a_day() => "CONFIRMED",
        _ if kind.has_left_the_pad() => "CONFIRMED",
        _ => "TENTATIVE",
    }
}

fn description(launch: &Launch, is_deleted: bool, is_simulated: bool, url: &str) -> String {
    let mut text = Vec::new();
    if is_simulated {
        text.push("Simulated source: this launch is invented or replayed for practice.".to_owned());
    }
    if is_deleted {
        text.push("LL2 lists this launch no more.".to_owned());
    }
    let granularity = launch.granularity();
    let zone = if granularity.ticks() { " UTC" } else { "" };
    text.push(format!("No earlier than: {}{zone} ({})", launch.span().label_utc(), granularity.words()));
    if let Some((start, end)) = launch.window() {
        text.push(format!("Window: {} to {} UTC", start.format("%-d %b, %H:%M"), end.format("%-d %b, %H:%M")));
    }
    text.push(format!("Status: {}", launch.status.name));
    text.push(format!("Provider: {}", launch.provider.name));
    let orbit = launch.orbit.as_ref().map_or("not given", |orbit| orbit.name.as_str());
    text.push(format!("Orbit: {orbit}. Moon: {}", launch.moon.tier.label()));
    text.extend(score_in_words(launch));
    text.extend(Foretold::of(launch).in_words());
    if let Some(about) = launch.mission.as_ref().and_then(|mission| mission.description.clone()) {
        text.push(String::new());
        text.push(about);
    }
    text.push(String::new());
    text.push(url.to_owned());
    text.join("\n")
}

fn instant(at: DateTime<Utc>) -> String {
    at.format("%Y%m%dT%H%M%SZ").to_string()
}

/// Content lines: ended by CR LF, folded so that none is longer than 75 octets (RFC 5545, 3.1).
#[derive(Default)]
struct Lines {
    out: String,
}

impl Lines {
    const LONGEST: usize = 75;

    /// A property whose value needs no escaping.
    fn put(&mut self, name: &str, value: &str) {
        let mut length = 0;
        for character in name.chars().chain([':']).chain(value.chars()) {
            // A fold within a character of several octets is allowed, and breaks half of the readers.
            if length + character.len_utf8() > Self::LONGEST {
                self.out.push_str("\r\n ");
                length = 1;
            }
            self.out.push(character);
            length += character.len_utf8();
        }
        self.out.push_str("\r\n");
    }

    /// A property of type TEXT.
    fn text(&mut self, name: &str, value: &str) {
        let mut escaped = String::with_capacity(value.len());
        for character in value.chars() {
            match character {
                '\\' | ';' | ',' => escaped.extend(['\\', character]),
                '\n' => escaped.push_str("\\n"),
                // Nothing else below a space may stand in a text.
                control if control.is_control() && control != '\t' => {}
                character => escaped.push(character),
            }
        }
        self.put(name, &escaped);
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone as _;
    use domain::{Location, MoonReach, NetPrecision, Pad, Provider, Rocket, Status};
    use uuid::Uuid;

    use super::*;

    fn launch(precision: i32, net: &str, status: i32) -> Launch {
        let net = DateTime::parse_from_rfc3339(net).expect("a time").to_utc();
        Launch {
            id: Uuid::from_u128(7),
            name: "Falcon 9 | A, B; C".to_owned(),
            net,
            net_precision: Some(NetPrecision { id: precision, abbrev: String::new(), name: String::new() }),
            window_start: Some(net),
            window_end: Some(net + chrono::TimeDelta::hours(2)),
            status: Status { id: status, abbrev: String::new(), name: "S".to_owned() },
            provider: Provider { id: 1, name: "P".to_owned(), abbrev: None },
            rocket: Rocket { id: 1, name: "Falcon 9".to_owned(), family: None, length_m: None, leo_capacity_kg: None },
            mission: None,
            orbit: None,
            pad: Pad { id: 1, name: "Pad".to_owned(), latitude: None, longitude: None },
            location: Location { id: 1, name: "Place".to_owned(), country_code: None, timezone: None },
            programs: Vec::new(),
            probability: None,
            weather_concerns: None,
            fail_reason: None,
            webcast_live: false,
            crewed: None,
            image: None,
            image_credit: None,
            last_updated: Utc.timestamp_opt(0, 0).single().expect("a time"),
            slip_count: 0,
            moon: MoonReach::judge(None, None),
            score: None,
            forecast: None,
        }
    }

    fn event(launch: &Launch, is_deleted: bool) -> String {
        let calendar = Calendar { name: "n", description: "d", origin: "http://localhost", is_simulated: true };
        write_calendar(&calendar, [Event { launch, mark: None, is_deleted }].into_iter()).replace("\r\n ", "")
    }

    fn line(text: &str, name: &str) -> String {
        let found = text.lines().find(|line| line.starts_with(name));
        found.unwrap_or_else(|| panic!("no {name} in {text}")).to_owned()
    }

    #[test]
    fn a_precise_launch_lasts_from_its_net_to_the_end_of_its_window() {
        let text = event(&launch(1, "2026-04-01T22:24:00Z", 1), false);
        assert_eq!(line(&text, "DTSTART"), "DTSTART:20260401T222400Z");
        assert_eq!(line(&text, "DTEND"), "DTEND:20260402T002400Z");
        assert_eq!(line(&text, "STATUS"), "STATUS:CONFIRMED");
    }

    #[test]
    fn a_vague_launch_spans_its_whole_period_and_is_never_confirmed() {
        for (precision, net, start, end) in [
            (5, "2026-04-01T00:00:00Z", "20260401", "20260402"),
            (7, "2026-02-28T00:00:00Z", "20260201", "20260301"),
            (11, "2026-12-31T00:00:00Z", "20261001", "20270101"),
            (13, "2026-12-31T00:00:00Z", "20260701", "20270101"),
            (14, "2026-12-31T00:00:00Z", "20260101", "20270101"),
        ] {
            let text = event(&launch(precision, net, 1), false);
            assert_eq!(line(&text, "DTSTART"), format!("DTSTART;VALUE=DATE:{start}"), "precision {precision}");
            assert_eq!(line(&text, "DTEND"), format!("DTEND;VALUE=DATE:{end}"), "precision {precision}");
            let status = if precision == 5 { "STATUS:CONFIRMED" } else { "STATUS:TENTATIVE" };
            assert_eq!(line(&text, "STATUS"), status, "precision {precision}");
        }
    }

    #[test]
    fn a_deleted_launch_is_called_off() {
        assert_eq!(line(&event(&launch(1, "2026-04-01T22:24:00Z", 1), true), "STATUS"), "STATUS:CANCELLED");
    }

    #[test]
    fn a_text_is_escaped_and_says_that_it_is_simulated() {
        let text = event(&launch(1, "2026-04-01T22:24:00Z", 2), false);
        assert_eq!(line(&text, "SUMMARY"), "SUMMARY:[simulated] A\\, B\\; C · Falcon 9");
    }

    #[test]
    fn no_line_is_longer_than_75_octets_and_no_character_is_torn() {
        let mut lines = Lines::default();
        lines.text("SUMMARY", &"Ünïcödé 発射 🚀 ".repeat(20));
        assert!(lines.out.split("\r\n").all(|line| line.len() <= 75), "{}", lines.out);
        assert_eq!(
            lines.out.replace("\r\n ", "").trim_end_matches("\r\n"),
            format!("SUMMARY:{}", "Ünïcödé 発射 🚀 ".repeat(20))
        );
    }
}
