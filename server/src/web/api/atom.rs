//! Launches as an RFC 4287 feed, latest change first.

use chrono::{DateTime, SecondsFormat, Utc};
use domain::{Granularity, Launch, NetSpan};
use warehouse::RevisionMark;

use super::{
    export::{launch_url, told},
    part::Part,
};

/// The feed's metadata.
pub(super) struct Feed<'f> {
    pub(super) id: &'f str,
    pub(super) title: &'f str,
    pub(super) subtitle: &'f str,
    /// Scheme and host of the pages.
    pub(super) origin: &'f str,
    /// Path and query of the feed itself.
    pub(super) own_path: &'f str,
    /// Path and query of the page that shows the same launches.
    pub(super) page_path: &'f str,
    /// The `updated` of a feed without entries: the time of the first run. Not of the newest run, because an empty feed does not change.
    pub(super) first_run_at: Option<DateTime<Utc>>,
    pub(super) is_simulated: bool,
}

/// One launch as an entry.
///
/// Its text contains only what its revisions track, so that it changes when `updated` does. Forecast and score are left out: they change
/// every day, and a feed reader would show every launch again.
#[derive(Clone, Copy)]
pub(super) struct Entry<'e> {
    pub(super) launch: &'e Launch,
    pub(super) mark: Option<&'e RevisionMark>,
    /// LL2 has deleted the launch: a final entry states this, because a feed reader keeps the entry that it has.
    pub(super) is_deleted: bool,
}

impl Entry<'_> {
    /// When the launch was first observed in its current state.
    pub(super) fn changed_at(&self) -> DateTime<Utc> {
        self.mark.map_or(self.launch.last_updated, |mark| mark.observed_at)
    }
}

/// Writes the entries of this part, in the given order, and a link to the next part (RFC 5005), built from its offset.
pub(super) fn write_feed(
    feed: &Feed<'_>,
    entries: &[Entry<'_>],
    part: &mut Part,
    next_path: impl Fn(usize) -> String,
) -> String {
    let body = part.take(entries.iter().map(|entry| write_entry(feed, entry)), 20_000);
    let newest = entries.iter().skip(part.offset).take(part.taken).map(Entry::changed_at).max();
    let updated = newest.or(feed.first_run_at).unwrap_or_default();
    let origin = feed.origin;
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    out.push_str("<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"en\">\n");
    element(&mut out, "id", feed.id);
    element(&mut out, "title", feed.title);
    element(&mut out, "subtitle", feed.subtitle);
    element(&mut out, "updated", &instant(updated));
    link(&mut out, "self", "application/atom+xml", &format!("{origin}{}", feed.own_path));
    link(&mut out, "alternate", "text/html", &format!("{origin}{}", feed.page_path));
    if let Some(next) = part.next() {
        link(&mut out, "next", "application/atom+xml", &format!("{origin}{}", next_path(next)));
    }
    out.push_str("<author><name>Mooncoon</name></author>\n");
    out.push_str("<generator>Mooncoon</generator>\n");
    element(&mut out, "rights", "Launch data: The Space Devs, Launch Library 2");
    out.push_str(&body);
    out.push_str("</feed>\n");
    out
}

fn write_entry(feed: &Feed<'_>, entry: &Entry<'_>) -> String {
    let launch = entry.launch;
    let mut out = String::from("<entry>\n");
    element(&mut out, "id", &launch.id.urn().to_string());
    let simulated = if feed.is_simulated { "[simulated] " } else { "" };
    let deleted = if entry.is_deleted { "No longer listed: " } else { "" };
    element(&mut out, "title", &format!("{simulated}{deleted}{}: {}", told(launch.title()), date(launch)));
    element(&mut out, "updated", &instant(entry.changed_at()));
    link(&mut out, "alternate", "text/html", &launch_url(feed.origin, launch));
    element(&mut out, "summary", &summary(entry));
    out.push_str("</entry>\n");
    out
}

fn date(launch: &Launch) -> String {
    dated(launch.span(), launch.granularity())
}

fn dated(span: NetSpan, granularity: Granularity) -> String {
    let zone = if granularity.ticks() { " UTC" } else { "" };
    format!("{}{zone}", span.label_utc())
}

/// Returns what the launch is, and what changed last.
fn summary(entry: &Entry<'_>) -> String {
    let Entry { launch, mark, is_deleted } = entry;
    let deleted = if *is_deleted { "LL2 no longer lists this launch. " } else { "" };
    let mut text = format!(
        "{deleted}{}. {}. {}, {}, {}, {}.",
        told(&launch.status.name),
        date(launch),
        told(&launch.rocket.name),
        told(&launch.provider.name),
        told(&launch.pad.name),
        told(&launch.location.name)
    );
    if let Some(before) = mark.and_then(|mark| mark.before.as_ref()) {
        let granularity = Granularity::of(before.net_precision.as_ref().map(|precision| precision.id));
        let date_before = dated(NetSpan::new(before.net, granularity), granularity);
        if date_before != date(launch) {
            text.push_str(&format!(" The date was {date_before}."));
        }
        if before.status != launch.status.name {
            text.push_str(&format!(" The status was {}.", told(&before.status)));
        }
    }
    text
}

fn instant(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

fn element(out: &mut String, name: &str, text: &str) {
    out.push_str(&format!("<{name}>"));
    escape(out, text);
    out.push_str(&format!("</{name}>\n"));
}

fn link(out: &mut String, relation: &str, kind: &str, address: &str) {
    out.push_str(&format!("<link rel=\"{relation}\" type=\"{kind}\" href=\""));
    escape(out, address);
    out.push_str("\"/>\n");
}

/// Escapes text for XML content and attributes, and removes characters that XML 1.0 does not allow.
fn escape(out: &mut String, text: &str) {
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' => out.push(character),
            '\u{fffe}' | '\u{ffff}' => {}
            control if control.is_control() => {}
            character => out.push(character),
        }
    }
}

#[cfg(test)]
mod tests {
    use warehouse::BeforeChange;

    use super::*;
    use crate::web::api::sample::launch;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().expect("a time")
    }

    fn feed(entries: &[Entry<'_>], limit: Option<usize>) -> String {
        let feed = Feed {
            id: "urn:uuid:1",
            title: "T",
            subtitle: "S",
            origin: "http://localhost",
            own_path: "/feed",
            page_path: "/",
            first_run_at: Some(at("2026-01-01T00:00:00Z")),
            is_simulated: false,
        };
        let mut part = Part::new(entries.len(), 0, limit);
        write_feed(&feed, entries, &mut part, |offset| format!("/feed?a=1&offset={offset}"))
    }

    #[test]
    fn markup_in_a_name_is_escaped_and_characters_invalid_in_xml_are_removed() {
        let mut out = String::new();
        escape(&mut out, "R&D <b>\u{0}\u{b}\"x\"\u{ffff}");
        assert_eq!(out, "R&amp;D &lt;b&gt;&quot;x&quot;");
    }

    #[test]
    fn an_entry_states_what_changed_and_nothing_that_changes_over_time() {
        let launch = launch(1, "2026-04-01T22:24:00Z", 1);
        let before = BeforeChange {
            net: at("2026-03-31T00:00:00Z"),
            net_precision: None,
            status: "To Be Determined".to_owned(),
        };
        let mark = RevisionMark { observed_at: at("2026-03-02T00:00:00Z"), closed_count: 1, before: Some(before) };
        let text = feed(&[Entry { launch: &launch, mark: Some(&mark), is_deleted: false }], None);
        assert!(
            text.contains(" The date was 2026, precision not given. The status was To Be Determined.</summary>"),
            "{text}"
        );
        assert_eq!(text.matches("<updated>2026-03-02T00:00:00Z</updated>").count(), 2, "{text}");
        assert!(!text.contains("Score") && !text.contains("As of"), "{text}");
    }

    #[test]
    fn a_deleted_launch_is_marked_as_no_longer_listed() {
        let launch = launch(1, "2026-04-01T22:24:00Z", 1);
        let mark = RevisionMark { observed_at: at("2026-03-02T00:00:00Z"), closed_count: 1, before: None };
        let text = feed(&[Entry { launch: &launch, mark: Some(&mark), is_deleted: true }], None);
        assert!(text.contains("<title>No longer listed: A, B; C: "), "{text}");
        assert!(text.contains("<summary>LL2 no longer lists this launch. "), "{text}");
    }

    #[test]
    fn an_empty_feed_has_the_time_of_the_first_observation_and_a_truncated_one_links_the_next() {
        assert!(feed(&[], None).contains("<updated>2026-01-01T00:00:00Z</updated>"));
        let launch = launch(1, "2026-04-01T22:24:00Z", 1);
        let entry = Entry { launch: &launch, mark: None, is_deleted: false };
        let next = "<link rel=\"next\" type=\"application/atom+xml\" href=\"http://localhost/feed?a=1&amp;offset=1\"/>";
        assert!(feed(&[entry, entry], Some(1)).contains(next));
        assert!(!feed(&[entry, entry], None).contains("rel=\"next\""));
    }
}
