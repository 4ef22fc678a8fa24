//! Launches as an RFC 4287 feed, newest change first.

use chrono::{DateTime, SecondsFormat, Utc};
use domain::{Granularity, Launch, NetSpan};
use warehouse::RevisionMark;

use super::{
    export::launch_url,
    question::{Foretold, score_in_words},
};

/// What stands above the entries.
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
    /// Stands for the feed while it has no entry; an empty feed too must say when it was made.
    pub(super) observed_at: Option<DateTime<Utc>>,
    pub(super) is_simulated: bool,
}

/// Writes the feed. The entries come with when they changed, in the order in which they are to stand.
pub(super) fn write_feed(feed: &Feed<'_>, entries: &[(&Launch, Option<&RevisionMark>)]) -> String {
    let newest = entries.iter().map(|(launch, mark)| changed_at(launch, *mark)).max();
    let updated = newest.or(feed.observed_at).unwrap_or_default();
    let origin = feed.origin;
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    out.push_str("<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"en\">\n");
    element(&mut out, "id", feed.id);
    element(&mut out, "title", feed.title);
    element(&mut out, "subtitle", feed.subtitle);
    element(&mut out, "updated", &instant(updated));
    link(&mut out, "self", "application/atom+xml", &format!("{origin}{}", feed.own_path));
    link(&mut out, "alternate", "text/html", &format!("{origin}{}", feed.page_path));
    out.push_str("<author><name>Mooncoon</name></author>\n");
    out.push_str("<generator>Mooncoon</generator>\n");
    element(&mut out, "rights", "Launch data: The Space Devs, Launch Library 2");
    for (launch, mark) in entries {
        out.push_str("<entry>\n");
        element(&mut out, "id", &launch.id.urn().to_string());
        let simulated = if feed.is_simulated { "[simulated] " } else { "" };
        element(&mut out, "title", &format!("{simulated}{}: {}", launch.title(), date(launch)));
        element(&mut out, "updated", &instant(changed_at(launch, *mark)));
        link(&mut out, "alternate", "text/html", &launch_url(origin, launch));
        element(&mut out, "summary", &summary(launch, *mark));
        out.push_str("</entry>\n");
    }
    out.push_str("</feed>\n");
    out
}

/// When the launch was first seen as it is.
pub(super) fn changed_at(launch: &Launch, mark: Option<&RevisionMark>) -> DateTime<Utc> {
    mark.map_or(launch.last_updated, |mark| mark.observed_at)
}

fn date(launch: &Launch) -> String {
    dated(launch.span(), launch.granularity())
}

fn dated(span: NetSpan, granularity: Granularity) -> String {
    let zone = if granularity.ticks() { " UTC" } else { "" };
    format!("{}{zone}", span.label_utc())
}

/// What the launch is, and what changed last.
fn summary(launch: &Launch, mark: Option<&RevisionMark>) -> String {
    let mut text = format!(
        "{}. {}. {}, {}, {}, {}.",
        launch.status.name,
        date(launch),
        launch.rocket.name,
        launch.provider.name,
        launch.pad.name,
        launch.location.name
    );
    if let Some(before) = mark.and_then(|mark| mark.before.as_ref()) {
        let granularity = Granularity::of(before.net_precision.as_ref().map(|precision| precision.id));
        let date_before = dated(NetSpan::new(before.net, granularity), granularity);
        if date_before != date(launch) {
            text.push_str(&format!(" The date was {date_before}."));
        }
        if before.status != launch.status.name {
            text.push_str(&format!(" The status was {}.", before.status));
        }
    }
    for more in [score_in_words(launch), Foretold::of(launch).in_words()].into_iter().flatten() {
        text.push_str(&format!(" {more}"));
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

/// Text that is text wherever it stands, and holds no character that XML 1.0 does not know.
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
    use super::escape;

    #[test]
    fn markup_in_a_name_stays_text_and_what_xml_cannot_hold_is_left_out() {
        let mut out = String::new();
        escape(&mut out, "R&D <b>\u{0}\u{b}\"x\"\u{ffff}");
        assert_eq!(out, "R&amp;D &lt;b&gt;&quot;x&quot;");
    }
}
