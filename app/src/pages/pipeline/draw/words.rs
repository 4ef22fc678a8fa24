use chrono::{DateTime, Duration, Utc};
use domain::{RunOutcome, RunState};
use leptos::prelude::*;

use crate::components::Icon;

/// Formats an instant as short as possible: the time if it is today, else with its date.
pub(super) fn moment(at: DateTime<Utc>, now: DateTime<Utc>) -> String {
    at.format(if at.date_naive() == now.date_naive() { "%H:%M" } else { "%-d %b, %H:%M" }).to_string()
}

/// Formats the duration of a step or a run: "38 ms", "2.1 s", "3 min 20 s".
pub(super) fn took(seconds: f64) -> String {
    #[expect(clippy::cast_possible_truncation, reason = "durations of runs fit by far")]
    let whole = seconds.round() as i64;
    match seconds {
        ..0.0 => "0 ms".to_owned(),
        ..0.001 => "under 1 ms".to_owned(),
        ..1.0 => format!("{:.0} ms", seconds * 1000.0),
        ..60.0 => format!("{seconds:.1} s"),
        ..3600.0 => format!("{} min {:02} s", whole / 60, whole % 60),
        _ => format!("{} h {:02} min", whole / 3600, whole / 60 % 60),
    }
}

/// Formats a time span, past or future: "less than a minute", "46 min", "14 h".
pub(super) fn span(duration: Duration) -> String {
    match duration {
        duration if duration < Duration::minutes(1) => "less than a minute".to_owned(),
        duration if duration < Duration::hours(2) => format!("{} min", duration.num_minutes()),
        duration if duration < Duration::days(2) => format!("{} h", duration.num_hours()),
        duration => format!("{} days", duration.num_days()),
    }
}

/// Formats a count with its noun: "1 launch", "1 204 launches".
pub(super) fn counted(count: i64, one: &str, many: &str) -> String {
    format!("{} {}", grouped(count), if count == 1 { one } else { many })
}

/// Formats a count with a thin space between thousands.
pub(super) fn grouped(count: i64) -> String {
    let digits = count.unsigned_abs().to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push('\u{202f}');
        }
        text.push(digit);
    }
    if count < 0 { format!("\u{2212}{text}") } else { text }
}

/// Returns class, symbol and word of an outcome.
pub(super) fn outcome_mark(outcome: RunOutcome) -> (&'static str, &'static str, &'static str) {
    match outcome {
        RunOutcome::Running => ("flight", "st-flight", "Running"),
        RunOutcome::Published => ("success", "st-success", "Published"),
        RunOutcome::NoChange => ("success", "st-success", "No change"),
        RunOutcome::Blocked => ("hold", "st-hold", "Not published"),
        RunOutcome::Failed => ("failure", "st-failure", "Failed"),
    }
}

/// Returns class, symbol and word of a step's state.
pub(super) fn state_mark(state: RunState) -> (&'static str, &'static str, &'static str) {
    match state {
        RunState::Running => ("flight", "st-flight", "Running"),
        RunState::Succeeded => ("success", "st-success", "Done"),
        RunState::Failed => ("failure", "st-failure", "Failed"),
        RunState::Skipped => ("tbd", "st-tbd", "Skipped"),
    }
}

/// A state as glyph and word.
pub(super) fn stamp((class, symbol, word): (&'static str, &'static str, &'static str)) -> impl IntoView {
    view! {
        <span class=format!("status {class}")>
            <Icon name=symbol class="st-glyph"/>
            {word}
        </span>
    }
}

/// Converts the name of a task, kind or purpose, as spelled in the tables, to words.
pub(super) fn spoken(name: &str) -> String {
    name.replace('_', " ")
}

#[cfg(test)]
mod tests {
    use super::{grouped, took};

    #[test]
    fn shorter_durations_are_more_exact() {
        for (seconds, text) in
            [(0.0004, "under 1 ms"), (0.0382, "38 ms"), (2.06, "2.1 s"), (200.4, "3 min 20 s"), (7380.0, "2 h 03 min")]
        {
            assert_eq!(took(seconds), text);
        }
    }

    #[test]
    fn thousands_are_separated() {
        assert_eq!([0, 999, 1204, 57709].map(grouped), ["0", "999", "1\u{202f}204", "57\u{202f}709"]);
    }
}
