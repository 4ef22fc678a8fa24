use chrono::{DateTime, DurationRound as _, TimeDelta, Utc};
use domain::Launch;
use leptos::prelude::*;

use crate::time::{offset_at, use_zone};

/// The launch window on an axis of the hours around it, with the time at which it opens.
pub(super) fn window_strip(launch: &Launch) -> Option<impl IntoView + use<>> {
    let (start, end) = launch.window()?;
    let margin = ((end - start) * 2 / 3).max(TimeDelta::minutes(40));
    let (from, to) = (start - margin, end + margin * 2);
    let whole = seconds(to - from);
    let place = move |at: DateTime<Utc>| format!("{:.2}%", seconds(at - from) / whole * 100.0);
    let timezone = launch.location.timezone.clone();
    let zone = use_zone();
    let clock = move |at: DateTime<Utc>| {
        at.with_timezone(&offset_at(zone.get(), timezone.as_deref(), at)).format("%H:%M").to_string()
    };
    let words = {
        let clock = clock.clone();
        move || format!("Window {} to {}, {}", clock(start), clock(end), length(end - start))
    };
    let opens = {
        let clock = clock.clone();
        move || format!("opens {}, {}", clock(start), length(end - start))
    };
    let ticks = ticks(from, to).into_iter().map(|at| {
        let clock = clock.clone();
        view! {
            <line class="tick" x1=place(at) x2=place(at) y1="22" y2="30"></line>
            <text class="tick" x=place(at) y="56" text-anchor="middle">{move || clock(at)}</text>
        }
    });
    let class = format!("win {}", crate::components::status_class(launch.status_kind()));
    Some(view! {
        <svg class=class width="100%" height="60" role="img" aria-label=words>
            <line class="rule" x1="0" x2="100%" y1="26" y2="26"></line>
            {ticks.collect_view()}
            <rect class="open" x=place(start) y="15" width=format!("{:.2}%", seconds(end - start) / whole * 100.0) height="22" rx="3"></rect>
            <rect class="moment" x=place(start) y="9" width="3" height="34"></rect>
            <text class="opens" x=place(start) dx="12" y="31">{opens}</text>
        </svg>
    })
}

/// Returns ticks at round hours (or days, for a window of days): about eight, at most twelve.
fn ticks(from: DateTime<Utc>, to: DateTime<Utc>) -> Vec<DateTime<Utc>> {
    let steps = [15, 30, 60, 120, 240, 480, 1_440, 2_880, 10_080].map(TimeDelta::minutes);
    let step = steps.into_iter().find(|step| (to - from).num_minutes() / step.num_minutes() <= 7);
    let step = step.unwrap_or(TimeDelta::days(30));
    let Ok(first) = from.duration_trunc(step) else { return Vec::new() };
    let all = std::iter::successors(Some(first), |at| at.checked_add_signed(step));
    all.skip_while(|at| *at < from + (to - from) / 25).take_while(|at| *at < to - (to - from) / 25).take(12).collect()
}

/// Formats a duration in figures: "2 h", "1 h 30 min", "45 min".
pub(super) fn length(length: TimeDelta) -> String {
    let (days, hours, minutes) = (length.num_days(), length.num_hours() % 24, length.num_minutes() % 60);
    let parts = [(days, "d"), (hours, "h"), (minutes, "min")];
    let parts: Vec<_> =
        parts.into_iter().filter(|(value, _)| *value > 0).map(|(value, unit)| format!("{value} {unit}")).collect();
    if parts.is_empty() { "an instant".to_owned() } else { parts.join(" ") }
}

#[expect(clippy::cast_precision_loss, reason = "the seconds of a window are exact in a double")]
fn seconds(delta: TimeDelta) -> f64 {
    delta.num_seconds() as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_of_any_length_has_few_round_ticks() {
        let from: DateTime<Utc> = "2026-04-01T21:03:00Z".parse().unwrap();
        for minutes in [30, 90, 240, 1_500, 20_000, 400_000] {
            let ticks = ticks(from, from + TimeDelta::minutes(minutes));
            assert!(ticks.len() <= 12, "{minutes}: {}", ticks.len());
            assert!(ticks.iter().all(|at| at.timestamp() % 900 == 0), "{minutes}");
        }
    }

    #[test]
    fn a_duration_omits_zero_units() {
        assert_eq!(length(TimeDelta::minutes(120)), "2 h");
        assert_eq!(length(TimeDelta::minutes(95)), "1 h 35 min");
        assert_eq!(length(TimeDelta::seconds(30)), "an instant");
    }
}
