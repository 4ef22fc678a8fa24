//! Launches as an RFC 5545 calendar that clients can subscribe to.
//!
//! An event is as long as the launch's date is vague: a minute, a day, or a whole quarter. Only a NET that LL2 gives as an instant becomes
//! one.

use chrono::{DateTime, Utc};
use domain::{Alarm, Launch, StatusKind};
use warehouse::RevisionMark;

use super::{
    export::{launch_url, told},
    part::Part,
    view::PredictedDates,
};

/// The calendar's metadata.
pub(super) struct Calendar<'c> {
    pub(super) name: &'c str,
    pub(super) description: &'c str,
    /// Scheme and host of the pages.
    pub(super) origin: &'c str,
    /// Invented launches: every event states this, because an event outlives the calendar that it came from.
    pub(super) is_simulated: bool,
    /// How long before a launch the calendar reminds of it.
    pub(super) alarms: &'c [Alarm],
}

/// One launch as an event.
#[derive(Clone, Copy)]
pub(super) struct Event<'e> {
    pub(super) launch: &'e Launch,
    pub(super) mark: Option<&'e RevisionMark>,
    /// Since when the forecast has the days that the event contains.
    pub(super) predicted_at: Option<DateTime<Utc>>,
    /// LL2 has deleted the launch: the event is cancelled and not just left out, because a calendar keeps events until they are cancelled.
    pub(super) is_deleted: bool,
}

impl Event<'_> {
    /// Returns when any content of the event last changed: the launch's state, an update of LL2, the predicted days.
    fn changed_at(&self) -> DateTime<Utc> {
        let states = self.mark.map(|mark| mark.observed_at);
        let predicted = self.predicted_at.filter(|_| self.launch.forecast.is_some());
        [states, predicted].into_iter().flatten().fold(self.launch.last_updated, DateTime::max)
    }
}

/// Writes the events of this part, in the given order. Nothing in them depends on the current time: while no launch has changed, the file
/// is the same.
pub(super) fn write_calendar<'e>(
    calendar: &Calendar<'_>,
    events: impl Iterator<Item = Event<'e>>,
    part: &mut Part,
) -> String {
    // Reserves space for the text about the part, which is known only after its events.
    let others = head(calendar, None).len() + 1_000;
    let events = events.map(|event| {
        let mut lines = Lines::default();
        write_event(&mut lines, calendar, &event);
        lines.out
    });
    let body = part.take(events, others);
    let mut text = head(calendar, part.describe().as_deref());
    text.push_str(&body);
    text.push_str("END:VCALENDAR\r\n");
    text
}

fn head(calendar: &Calendar<'_>, part: Option<&str>) -> String {
    let description = [Some(calendar.description), part].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let mut lines = Lines::default();
    lines.put("BEGIN", "VCALENDAR");
    lines.put("VERSION", "2.0");
    lines.put("PRODID", concat!("-//Mooncoon//Mooncoon ", env!("CARGO_PKG_VERSION"), "//EN"));
    lines.put("CALSCALE", "GREGORIAN");
    lines.text("NAME", calendar.name);
    lines.text("X-WR-CALNAME", calendar.name);
    lines.text("DESCRIPTION", &description);
    lines.text("X-WR-CALDESC", &description);
    lines.put("REFRESH-INTERVAL;VALUE=DURATION", "PT1H");
    lines.put("X-PUBLISHED-TTL", "PT1H");
    lines.out
}

fn write_event(lines: &mut Lines, calendar: &Calendar<'_>, event: &Event<'_>) {
    let Event { launch, mark, is_deleted, .. } = event;
    let changed_at = instant(event.changed_at());
    let url = launch_url(calendar.origin, launch);
    lines.put("BEGIN", "VEVENT");
    lines.put("UID", &format!("{}@mooncoon", launch.id));
    lines.put("SEQUENCE", &mark.map_or(0, |mark| mark.closed_count).to_string());
    // Without a METHOD this is the time of the event's last revision (RFC 5545, 3.8.7.2), not of the file.
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
    let summary = summary(launch, calendar.is_simulated);
    lines.text("SUMMARY", &summary);
    lines.put("STATUS", status(launch, *is_deleted));
    // A launch must not block time in the user's calendar.
    lines.put("TRANSP", "TRANSPARENT");
    lines.text("LOCATION", &format!("{}, {}", told(&launch.pad.name), told(&launch.location.name)));
    if let (Some(latitude), Some(longitude)) = (launch.pad.latitude, launch.pad.longitude) {
        lines.put("GEO", &format!("{latitude};{longitude}"));
    }
    lines.text("CATEGORIES", launch.moon.tier.label());
    lines.text("DESCRIPTION", &description(launch, *is_deleted, calendar.is_simulated, &url));
    lines.put("URL", &url);
    if may_remind(launch, *is_deleted) {
        for alarm in calendar.alarms {
            lines.put("BEGIN", "VALARM");
            lines.put("ACTION", "DISPLAY");
            lines.put("TRIGGER", &format!("-{alarm}"));
            lines.text("DESCRIPTION", &summary);
            lines.put("END", "VALARM");
        }
    }
    lines.put("END", "VEVENT");
}

/// Returns whether an event has alarms. An alarm an hour before "July" is impossible, and one for a launch that has flown or is cancelled
/// is unwanted: some programs ring at once for an alarm in the past.
fn may_remind(launch: &Launch, is_deleted: bool) -> bool {
    launch.granularity().ticks() && !is_deleted && !launch.status_kind().has_left_the_pad()
}

/// Returns the time from the NET, before which nothing happens, to the end of the window. Without a window, or with a vague date, this is
/// the interval of the precision.
fn period(launch: &Launch) -> (DateTime<Utc>, DateTime<Utc>) {
    let span = launch.span();
    let end = launch.window().map_or(span.end, |(_, window_end)| window_end.max(span.end));
    (span.start, end)
}

fn summary(launch: &Launch, is_simulated: bool) -> String {
    let simulated = if is_simulated { "[simulated] " } else { "" };
    let vague =
        if launch.granularity().names_a_day() { String::new() } else { format!(" ({})", launch.span().label_utc()) };
    format!("{simulated}{} · {}{vague}", told(launch.title()), told(&launch.rocket.name))
}

/// Returns CONFIRMED for a launch that LL2 calls confirmed and dates to a day, and for one that has left the pad; the rest is tentative.
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
        text.push("Simulated source: this launch is invented or replayed.".to_owned());
    }
    if is_deleted {
        text.push("LL2 no longer lists this launch.".to_owned());
    }
    let granularity = launch.granularity();
    let zone = if granularity.ticks() { " UTC" } else { "" };
    text.push(format!("No earlier than: {}{zone} ({})", launch.span().label_utc(), granularity.describe()));
    if let Some((start, end)) = launch.window() {
        text.push(format!("Window: {} to {} UTC", start.format("%-d %b, %H:%M"), end.format("%-d %b, %H:%M")));
    }
    text.push(format!("Status: {}", told(&launch.status.name)));
    text.push(format!("Provider: {}", told(&launch.provider.name)));
    let orbit = launch.orbit.as_ref().map_or("not given".into(), |orbit| told(&orbit.name));
    text.push(format!("Orbit: {orbit}. Moon: {}", launch.moon.tier.label()));
    text.extend(PredictedDates::of(launch).describe());
    if let Some(about) = launch.mission.as_ref().and_then(|mission| mission.description.as_deref()) {
        text.push(String::new());
        text.push(told(about).into_owned());
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

    /// Writes a property whose value needs no escaping.
    fn put(&mut self, name: &str, value: &str) {
        let mut length = 0;
        for character in name.chars().chain([':']).chain(value.chars()) {
            // A fold within a multi-byte character is allowed, but breaks half of the readers.
            if length + character.len_utf8() > Self::LONGEST {
                self.out.push_str("\r\n ");
                length = 1;
            }
            self.out.push(character);
            length += character.len_utf8();
        }
        self.out.push_str("\r\n");
    }

    /// Writes a property of type TEXT.
    fn text(&mut self, name: &str, value: &str) {
        let mut escaped = String::with_capacity(value.len());
        for character in value.chars() {
            match character {
                '\\' | ';' | ',' => escaped.extend(['\\', character]),
                '\n' => escaped.push_str("\\n"),
                // A TEXT value may contain no other control character.
                control if control.is_control() && control != '\t' => {}
                character => escaped.push(character),
            }
        }
        self.put(name, &escaped);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::api::sample::launch;

    fn event(launch: &Launch, is_deleted: bool) -> String {
        reminding(launch, is_deleted, &[]).replace("\r\n ", "")
    }

    fn reminding(launch: &Launch, is_deleted: bool, alarms: &[Alarm]) -> String {
        let calendar = Calendar { name: "n", description: "d", origin: "http://localhost", is_simulated: true, alarms };
        let event = Event { launch, mark: None, predicted_at: None, is_deleted };
        write_calendar(&calendar, std::iter::once(event), &mut Part::new(1, 0, None))
    }

    fn line(text: &str, name: &str) -> String {
        let found = text.lines().find(|line| line.starts_with(name));
        found.unwrap_or_else(|| panic!("no {name} in {text}")).to_owned()
    }

    #[test]
    fn the_event_of_a_precise_launch_spans_net_to_window_end() {
        let text = event(&launch(1, "2026-04-01T22:24:00Z", 1), false);
        assert_eq!(line(&text, "DTSTART"), "DTSTART:20260401T222400Z");
        assert_eq!(line(&text, "DTEND"), "DTEND:20260402T002400Z");
        assert_eq!(line(&text, "STATUS"), "STATUS:CONFIRMED");
    }

    #[test]
    fn the_event_of_a_vague_launch_spans_its_period_and_is_never_confirmed() {
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
    fn the_event_of_a_deleted_launch_is_cancelled() {
        assert_eq!(line(&event(&launch(1, "2026-04-01T22:24:00Z", 1), true), "STATUS"), "STATUS:CANCELLED");
    }

    #[test]
    fn only_upcoming_launches_with_an_instant_have_alarms() {
        let mut alarms = Vec::new();
        Alarm::add_all(&mut alarms, "PT1H,P1D").expect("two durations");
        let text = reminding(&launch(1, "2026-04-01T22:24:00Z", 1), false, &alarms);
        let triggers: Vec<&str> = text.lines().filter(|line| line.starts_with("TRIGGER")).collect();
        assert_eq!(triggers, ["TRIGGER:-P1D", "TRIGGER:-PT1H"]);
        assert_eq!(text.matches("BEGIN:VALARM").count(), 2);
        // A day, a month; a success, a failure; deleted.
        for (precision, status, is_deleted) in
            [(5, 1, false), (7, 1, false), (1, 3, false), (1, 4, false), (1, 1, true)]
        {
            let text = reminding(&launch(precision, "2026-04-01T22:24:00Z", status), is_deleted, &alarms);
            assert!(!text.contains("VALARM"), "precision {precision}, status {status}, deleted {is_deleted}");
        }
    }

    #[test]
    fn an_event_is_dated_by_its_newest_content() {
        let at = |text: &str| text.parse::<DateTime<Utc>>().expect("a time");
        let mark = RevisionMark { observed_at: at("2026-03-02T00:00:00Z"), closed_count: 3, before: None };
        let mut launch = launch(1, "2026-04-01T22:24:00Z", 1);
        let changed = |launch: &Launch, predicted: Option<&str>| {
            Event { launch, mark: Some(&mark), predicted_at: predicted.map(at), is_deleted: false }.changed_at()
        };
        assert_eq!(changed(&launch, None), at("2026-03-02T00:00:00Z"));
        assert_eq!(
            changed(&launch, Some("2026-03-05T00:00:00Z")),
            at("2026-03-02T00:00:00Z"),
            "it repeats no forecast"
        );
        let made_at = at("2026-03-06T00:00:00Z");
        launch.forecast = Some(Box::new(domain::LaunchForecast { made_at, success: None, date: None }));
        assert_eq!(changed(&launch, Some("2026-03-05T00:00:00Z")), at("2026-03-05T00:00:00Z"));
        launch.last_updated = at("2026-03-07T00:00:00Z");
        assert_eq!(changed(&launch, Some("2026-03-05T00:00:00Z")), at("2026-03-07T00:00:00Z"));
    }

    #[test]
    fn a_hostile_text_stays_one_value() {
        let mut launch = launch(1, "2026-04-01T22:24:00Z", 1);
        launch.name = "X | \r\nEND:VEVENT\r\nBEGIN:VEVENT\u{0}\u{8}\u{2028};,\\n\u{85}".to_owned();
        launch.pad.name = "A\rATTACH:file:///etc/passwd".to_owned();
        let text = reminding(&launch, false, &[]);
        assert_eq!((text.matches("\r\nBEGIN:VEVENT").count(), text.matches("\r\nEND:VEVENT").count()), (1, 1));
        assert!(!text.contains("\r\nATTACH"));
        assert!(text.split("\r\n").all(|line| !line.contains(|c: char| c.is_control() && c != '\t')), "{text:?}");
    }

    #[test]
    fn a_text_is_escaped_and_marked_as_simulated() {
        let text = event(&launch(1, "2026-04-01T22:24:00Z", 2), false);
        assert_eq!(line(&text, "SUMMARY"), "SUMMARY:[simulated] A\\, B\\; C · Falcon 9");
    }

    #[test]
    fn no_line_is_longer_than_75_octets_and_no_character_is_split() {
        let mut lines = Lines::default();
        lines.text("SUMMARY", &"Ünïcödé 発射 🚀 ".repeat(20));
        assert!(lines.out.split("\r\n").all(|line| line.len() <= 75), "{}", lines.out);
        assert_eq!(
            lines.out.replace("\r\n ", "").trim_end_matches("\r\n"),
            format!("SUMMARY:{}", "Ünïcödé 発射 🚀 ".repeat(20))
        );
    }
}
