use chrono::TimeDelta;
use domain::{Countdown, Granularity, Launch};
use leptos::prelude::*;

use crate::time::{about_text, use_minute, use_now};

/// The time left, in blocks of days, hours and minutes, never finer than the precision of the date. A vague date has no countdown:
/// the date itself is shown large.
pub(super) fn countdown(launch: &Launch) -> impl IntoView + use<> {
    let granularity = launch.granularity();
    let words = launch.span().label_utc();
    let outcome = launch.status.name.clone();
    let now = use_now();
    let minute = use_minute();
    let about = note(launch);
    let launch = launch.clone();
    let to_the_second = granularity == Granularity::Second;
    let left = Memo::new(move |_| {
        let now = if to_the_second { now.get() } else { minute.get() };
        blocks(launch.countdown(now)).or_else(|| words_instead(launch.countdown(now), &words, &outcome))
    });
    view! {
        <div class="cdn" role=granularity.names_a_day().then_some("timer") aria-live="off">
            {move || left.get().unwrap_or_default().into_iter().map(|(value, unit)| {
                view! { <span class:word=unit.is_empty()><b>{value}</b>{unit}</span> }
            }).collect_view()}
        </div>
        <p class="cdn-note">{about}</p>
    }
}

type Blocks = Vec<(String, &'static str)>;

fn blocks(countdown: Countdown) -> Option<Blocks> {
    let Countdown::Ticking { left, to_seconds } = countdown else { return None };
    let sign = if left < TimeDelta::zero() { "+" } else { "" };
    let left = left.abs();
    let number = |value: i64| format!("{sign}{value}");
    let mut blocks = Blocks::new();
    if left.num_days() > 0 {
        blocks.push((number(left.num_days()), if left.num_days() == 1 { "day" } else { "days" }));
    }
    if left.num_hours() > 0 {
        blocks.push((number(left.num_hours() % 24), "hours"));
    }
    blocks.push((number(left.num_minutes() % 60), "min"));
    if to_seconds {
        blocks.push((number(left.num_seconds() % 60), "s"));
    }
    Some(blocks)
}

fn words_instead(countdown: Countdown, date: &str, outcome: &str) -> Option<Blocks> {
    let text = match countdown {
        Countdown::Ticking { .. } => return None,
        Countdown::About { left } => about_text(left),
        Countdown::None => date.to_owned(),
        Countdown::Passed => "NET passed".to_owned(),
        Countdown::Flown => outcome.to_owned(),
    };
    Some(vec![(text, "")])
}

/// Explains the granularity of the time left.
fn note(launch: &Launch) -> impl IntoView + use<> {
    let minute = use_minute();
    let launch = launch.clone();
    let (granularity, kind) = (launch.granularity(), launch.status_kind());
    move || {
        if kind.is_final() {
            return "The outcome, as LL2 entered it.".to_owned();
        }
        if kind.has_left_the_pad() {
            return "It has left the pad; no outcome received from LL2 yet.".to_owned();
        }
        if launch.net_passed(minute.get()) {
            return "Status unknown: the listed time has passed, and no outcome has been received from LL2.".to_owned();
        }
        match granularity {
            Granularity::Second => "To the second.".to_owned(),
            Granularity::Minute => "To the minute: the source gives no seconds.".to_owned(),
            Granularity::Hour => "No clock: the source gives the hour.".to_owned(),
            Granularity::Morning | Granularity::Afternoon | Granularity::Day => {
                "No clock: the source gives the day.".to_owned()
            }
            other => format!("No countdown: the date is known {}.", other.describe()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(blocks: Option<Blocks>) -> Vec<String> {
        blocks.unwrap_or_default().into_iter().map(|(value, unit)| format!("{value} {unit}")).collect()
    }

    #[test]
    fn a_clock_to_the_minute_shows_no_seconds() {
        let left = TimeDelta::days(9) + TimeDelta::hours(13) + TimeDelta::minutes(24) + TimeDelta::seconds(9);
        let ticking = |to_seconds| blocks(Countdown::Ticking { left, to_seconds });
        assert_eq!(texts(ticking(false)), ["9 days", "13 hours", "24 min"]);
        assert_eq!(texts(ticking(true)), ["9 days", "13 hours", "24 min", "9 s"]);
    }

    #[test]
    fn a_vague_date_has_no_countdown() {
        assert_eq!(texts(blocks(Countdown::None)), Vec::<String>::new());
        assert_eq!(texts(words_instead(Countdown::None, "Q3 2026", "")), ["Q3 2026 "]);
        assert_eq!(texts(words_instead(Countdown::About { left: TimeDelta::days(15) }, "", "")), ["in 15 days "]);
    }
}
