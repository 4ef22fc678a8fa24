use chrono::Duration;

use super::at;
use crate::{Freshness, FreshnessState, Source};

fn freshness(as_of: Option<&str>, failed_at: Option<&str>) -> Freshness {
    Freshness {
        source: Source::Live,
        as_of: as_of.map(at),
        failed_at: failed_at.map(at),
        blocked: false,
        running_since: None,
        complete: Some(true),
        upcoming_count: 370,
        run_id: Some(1),
        poll_seconds: 3600,
        unreachable_since: None,
    }
}

#[test]
fn old_data_is_stale_and_reports_its_age() {
    let good = freshness(Some("2026-03-23T08:46:00Z"), None);
    let as_of = at("2026-03-23T08:46:00Z");
    for (age, state, words) in [
        (Duration::seconds(20), FreshnessState::Fresh, "just now"),
        (Duration::minutes(12), FreshnessState::Fresh, "12 min ago"),
        (Duration::minutes(121), FreshnessState::Stale, "2 h ago"),
        (Duration::days(8), FreshnessState::Stale, "8 days ago"),
    ] {
        assert_eq!(good.state(as_of + age), state, "{words}");
        assert_eq!(good.age(as_of + age).as_deref(), Some(words));
    }
}

#[test]
fn a_failed_run_is_reported_until_a_run_succeeds() {
    let now = at("2026-03-23T09:00:00Z");
    let failed = Some("2026-03-23T08:50:00Z");
    assert_eq!(freshness(Some("2026-03-23T08:46:00Z"), failed).state(now), FreshnessState::Failed);
    assert_eq!(freshness(None, failed).state(now), FreshnessState::Failed);
    assert_eq!(freshness(None, None).state(now), FreshnessState::Empty);
}

#[test]
fn data_that_failed_its_tests_is_not_a_failed_fetch() {
    let now = "2026-03-23T09:00:00Z".parse().expect("valid");
    let blocked = Freshness { blocked: true, ..freshness(Some("2026-03-23T08:00:00Z"), Some("2026-03-23T08:46:00Z")) };
    assert_eq!(blocked.state(now), FreshnessState::Blocked);
    let good = Freshness { blocked: true, ..freshness(Some("2026-03-23T08:00:00Z"), None) };
    assert_eq!(good.state(now), FreshnessState::Fresh, "only a run that failed can have been blocked");
    let away = Freshness { unreachable_since: Some(now), ..blocked };
    assert_eq!(away.state(now), FreshnessState::Unreachable, "the failed run takes precedence");
}
