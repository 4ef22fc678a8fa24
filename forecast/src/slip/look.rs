use chrono::{DateTime, TimeDelta, Utc};
use domain::NetSpan;

use super::{
    bins::in_days,
    course::{Announcement, Course, Outcome},
};

/// One observation of an announcement.
pub(super) struct Look<'c> {
    pub(super) course: &'c Course,
    pub(super) announcement: &'c Announcement,
    pub(super) at: DateTime<Utc>,
    /// Days until the next observation, used as its weight.
    pub(super) weight: f64,
    pub(super) slipped: bool,
}

/// Returns observations of each announcement: when it was made, and after it stood for 1, 2, 4 ... days, each weighted
/// by the time until the next.
pub(super) fn looks(course: &Course, now: DateTime<Utc>) -> Vec<Look<'_>> {
    let until = match course.outcome(now) {
        Outcome::Flown(at) | Outcome::Waiting(at) => at,
    };
    let mut looks = Vec::new();
    let mut slips = 0;
    let mut before: Option<NetSpan> = None;
    for (place, announcement) in course.announcements.iter().enumerate() {
        if announcement.from > now || !announcement.is_waiting() {
            break;
        }
        let span = announcement.span();
        if before.is_some_and(|before| span.start >= before.end + TimeDelta::minutes(2)) {
            slips += 1;
        }
        before = Some(span);
        let end = course.announcements.get(place + 1).map_or(until, |next| next.from.min(until));
        let mut at = announcement.from;
        let mut stride = TimeDelta::days(1);
        while at < end {
            let next = (at + stride).min(end);
            let weight = in_days(next - at).max(0.05);
            looks.push(Look { course, announcement, at, weight, slipped: slips > 0 });
            if looks.last().is_some_and(|look| look.at != announcement.from) {
                stride = stride * 2;
            }
            at = next;
        }
    }
    looks
}
