use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};

use super::{
    bins::in_days,
    cell::CellKey,
    course::{Announcement, Course, Outcome},
};

/// One observation of an announcement.
pub(super) struct Look<'c> {
    pub(super) announcement: &'c Announcement,
    pub(super) at: DateTime<Utc>,
    pub(super) key: CellKey,
    /// How often the launch had slipped by then.
    pub(super) slips: u32,
}

/// A look at an announcement that was replaced at once still counts for something, in days.
const LEAST_DAYS: f64 = 0.05;

/// Returns observations of each announcement: when it was made, and after it stood for 1, 2, 4 ... days. Each comes with
/// its share among those of the same launch in the same cell, by the time until the next observation: a launch has one
/// vote in a cell, however often it was observed there.
pub(super) fn weighted_looks(course: &Course, now: DateTime<Utc>) -> Vec<(Look<'_>, f64)> {
    let until = match course.outcome(now) {
        Outcome::Flown(at) | Outcome::Waiting(at) => at,
    };
    let mut looks = Vec::new();
    let mut days_in_cell: HashMap<CellKey, f64> = HashMap::new();
    let waiting = |announcement: &&Announcement| announcement.from <= now && announcement.is_waiting();
    for (place, announcement) in course.announcements.iter().take_while(waiting).enumerate() {
        let end = course.announcements.get(place + 1).map_or(until, |next| next.from.min(until));
        let mut at = announcement.from;
        let mut stride = TimeDelta::days(1);
        while at < end {
            let next = (at + stride).min(end);
            let stood = in_days(next - at).max(LEAST_DAYS);
            let key = CellKey::new(announcement, at);
            *days_in_cell.entry(key).or_default() += stood;
            looks.push((Look { announcement, at, key, slips: course.slips(at) }, stood));
            if at != announcement.from {
                stride = stride * 2;
            }
            at = next;
        }
    }
    for (look, share) in &mut looks {
        *share /= days_in_cell.get(&look.key).copied().unwrap_or(*share);
    }
    looks
}
