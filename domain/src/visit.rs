//! What a browser stores of the board between two visits, and what has changed since.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{Board, Granularity, Launch, NetSpan, StatusKind};

/// The board as a reader last saw it: only the attributes of each launch whose changes are reported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visit {
    /// The time of that board.
    pub at: DateTime<Utc>,
    /// Sorted by id.
    seen: Vec<SeenLaunch>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct SeenLaunch {
    id: Uuid,
    net: DateTime<Utc>,
    precision: Option<i32>,
    status: i32,
    title: String,
}

/// How a launch has changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum VisitChangeKind {
    /// It has left the pad.
    Flown,
    /// Its date or its precision changed.
    Moved,
    /// Only its status changed.
    Restated,
    New,
    /// It is no longer on the list: it flew a day ago or earlier, or was deleted.
    Left,
}

/// One launch that has changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VisitChange {
    pub id: Uuid,
    pub title: String,
    pub kind: VisitChangeKind,
    /// The old and the new state, in words.
    pub words: String,
}

/// The first line of the stored text. Another version is not parsed, and counts as a first visit.
const VERSION: &str = "mooncoon visit 1";

impl Visit {
    /// Records the current board. None before the first observation.
    pub fn of(board: &Board) -> Option<Self> {
        let mut seen: Vec<_> = board.upcoming().iter().map(SeenLaunch::of).collect();
        crate::sort::sort_by_key(&mut seen, |seen| seen.id);
        Some(Self { at: board.observed_at()?, seen })
    }

    /// Returns the stored form: a line for the time, then one per launch.
    pub fn to_text(&self) -> String {
        let mut text = format!("{VERSION}\n{}\n", self.at.timestamp());
        for SeenLaunch { id, net, precision, status, title } in &self.seen {
            let precision = precision.map_or_else(|| "-".to_owned(), |precision| precision.to_string());
            let title = title.replace(char::is_control, " ");
            text.push_str(&format!("{} {} {precision} {status} {title}\n", id.simple(), net.timestamp()));
        }
        text
    }

    /// Parses the stored form. None if it is not ours or was truncated.
    pub fn parse(text: &str) -> Option<Self> {
        let mut lines = text.strip_suffix('\n')?.split('\n');
        if lines.next() != Some(VERSION) {
            return None;
        }
        let at = DateTime::from_timestamp(lines.next()?.parse().ok()?, 0)?;
        let mut seen = lines.map(SeenLaunch::parse).collect::<Option<Vec<_>>>()?;
        crate::sort::sort_by_key(&mut seen, |seen| seen.id);
        Some(Self { at, seen })
    }

    /// Returns the changes: flown first, then moved, restated, new and left, each in the order of the board.
    pub fn changes(&self, launches: &[Launch]) -> Vec<VisitChange> {
        let mut changes: Vec<_> = launches.iter().filter_map(|launch| self.change_of(launch)).collect();
        let mut listed: Vec<_> = launches.iter().map(|launch| launch.id).collect();
        crate::sort::sort_by(&mut listed, Ord::cmp);
        let left = self.seen.iter().filter(|seen| listed.binary_search(&seen.id).is_err());
        changes.extend(left.map(|seen| VisitChange {
            id: seen.id,
            title: seen.title.clone(),
            kind: VisitChangeKind::Left,
            words: format!("no longer listed; it was {}", dated(seen.net, seen.granularity())),
        }));
        crate::sort::sort_by_key(&mut changes, |change| change.kind);
        changes
    }

    fn change_of(&self, launch: &Launch) -> Option<VisitChange> {
        let change = |kind, words| Some(VisitChange { id: launch.id, title: launch.title().to_owned(), kind, words });
        let date = dated(launch.net, launch.granularity());
        let Ok(found) = self.seen.binary_search_by_key(&launch.id, |seen| seen.id) else {
            return change(VisitChangeKind::New, date);
        };
        let seen = &self.seen[found];
        let was = StatusKind::of(seen.status);
        if launch.status_kind().has_left_the_pad() && !was.has_left_the_pad() {
            return change(VisitChangeKind::Flown, launch.status.name.clone());
        }
        let status = (seen.status != launch.status.id).then(|| match was.slug() {
            Some(slug) => format!("{} \u{2192} {}", slug.replace('_', " ").to_uppercase(), launch.status.abbrev),
            None => format!("now {}", launch.status.abbrev),
        });
        let date_before = dated(seen.net, seen.granularity());
        // A trim that is not visible on the board does not count as a change.
        if date_before != date {
            let mut words = format!("{date_before} \u{2192} {date}, {}", direction(seen, launch));
            if let Some(status) = status {
                words.push_str(&format!("; {status}"));
            }
            return change(VisitChangeKind::Moved, words);
        }
        change(VisitChangeKind::Restated, status?)
    }
}

impl SeenLaunch {
    fn of(launch: &Launch) -> Self {
        Self {
            id: launch.id,
            net: launch.net,
            precision: launch.net_precision.as_ref().map(|precision| precision.id),
            status: launch.status.id,
            title: launch.title().to_owned(),
        }
    }

    fn parse(line: &str) -> Option<Self> {
        let mut parts = line.splitn(5, ' ');
        let id = Uuid::try_parse(parts.next()?).ok()?;
        let net = DateTime::from_timestamp(parts.next()?.parse().ok()?, 0)?;
        let precision = match parts.next()? {
            "-" => None,
            precision => Some(precision.parse().ok()?),
        };
        Some(Self { id, net, precision, status: parts.next()?.parse().ok()?, title: parts.next()?.to_owned() })
    }

    fn granularity(&self) -> Granularity {
        Granularity::of(self.precision)
    }
}

/// Returns a date as exactly as it is known, with the zone if it has a time of day.
fn dated(net: DateTime<Utc>, granularity: Granularity) -> String {
    let zone = if granularity.ticks() { " UTC" } else { "" };
    format!("{}{zone}", NetSpan::new(net, granularity).label_utc())
}

/// Returns the direction of a change. Later and earlier only if the two intervals do not overlap.
fn direction(seen: &SeenLaunch, launch: &Launch) -> &'static str {
    let (before, after) = (NetSpan::new(seen.net, seen.granularity()), launch.span());
    if after.start >= before.end {
        "later"
    } else if after.end <= before.start {
        "earlier"
    } else if launch.granularity() < seen.granularity() {
        "more exact"
    } else if launch.granularity() > seen.granularity() {
        "vaguer"
    } else {
        "adjusted"
    }
}
