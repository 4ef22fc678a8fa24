use chrono::{DateTime, Duration, Utc};
use domain::{Allowance, PipelineState, ReportedLimit, RequestOutcome, SentRequest};
use leptos::prelude::*;

use super::words;
use crate::{components::axis::percent, drawn::html};

/// The requests of the last hour against the limit.
pub(super) fn panel(state: &PipelineState, request_limit: u32) -> String {
    let limit = i64::from(request_limit);
    let spent = i64::try_from(state.spent_count()).unwrap_or(i64::MAX);
    let left = (limit - spent).max(0);
    let counted: Vec<&SentRequest> = state.requests.iter().filter(|request| request.is_counted).collect();
    let since = state.now - Duration::hours(1);
    let dots = counted.iter().map(|request| {
        #[expect(clippy::cast_precision_loss, reason = "seconds of an hour")]
        let x = percent(((request.sent_at - since).num_seconds() as f64 / 3600.0 * 0.96 + 0.02).clamp(0.0, 1.0));
        let class = match request.outcome {
            RequestOutcome::Accepted | RequestOutcome::Gone => "pl-dot counted",
            RequestOutcome::Sent => "pl-dot sent",
            RequestOutcome::Throttled | RequestOutcome::Rejected | RequestOutcome::Failed => "pl-dot bad",
        };
        view! { <circle cx=x cy="60" r="4" class=class></circle> }
    });
    let cells = (0..limit.min(30)).map(|cell| {
        #[expect(clippy::cast_precision_loss, reason = "at most thirty cells")]
        let (x, width) = (percent(cell as f64 / limit.min(30) as f64), 92.0 / limit.min(30) as f64);
        view! { <rect x=x y="2" width=format!("{width:.2}%") height="26" rx="3" class=if cell < spent { "pl-cell used" } else { "pl-cell" }></rect> }
    });
    let oldest = counted.first().map(|request| request.sent_at + Duration::hours(1));
    let sentence = match (oldest, state.allowance.as_ref()) {
        (None, _) => "No requests in the last hour.".to_owned(),
        (Some(at), _) if left == 0 => format!("The next request is possible at {}.", words::moment(at, state.now)),
        (Some(at), _) => format!("The oldest request expires at {}.", words::moment(at, state.now)),
    };
    let told = state.allowance.as_ref().map(|allowance| told(allowance, state.now));
    let label = format!(
        "{spent} of {limit} requests used in the last hour{}",
        counted
            .iter()
            .map(|request| format!(
                ", {} at {}",
                words::spoken(request.purpose.into_str()),
                request.sent_at.format("%H:%M")
            ))
            .collect::<String>()
    );
    html(view! {
        <h2 class="pl-h">{format!("Requests: {left} left this hour")}</h2>
        <p class="unit">{format!("{limit} in any sliding hour, all replicas together")}</p>
        <svg width="100%" height="88" role="img" aria-label=label>
            {cells.collect_view()}
            <line x1="2%" x2="98%" y1="60" y2="60" stroke="var(--line-2)"></line>
            {dots.collect_view()}
            <text x="2%" y="82" class="pl-tick">{since.format("%H:%M").to_string()}</text>
            <text x="98%" y="82" text-anchor="end" class="pl-tick">{format!("now, {}", state.now.format("%H:%M"))}</text>
        </svg>
        <p class="s13 m pl-note">{sentence}{told.map(|told| format!(" {told}"))}</p>
    })
}

/// LL2's own count of requests, and its limit.
fn told(allowance: &Allowance, now: DateTime<Utc>) -> String {
    let used = match allowance.limit() {
        ReportedLimit::Requests(limit) => format!("{} of {limit} used", allowance.current_use),
        ReportedLimit::Unlimited => format!("{} used, without a limit", allowance.current_use),
        ReportedLimit::Unknown => format!("{} used", allowance.current_use),
    };
    let foreign = match allowance.foreign_use {
        0 => String::new(),
        foreign => format!(", {foreign} by other clients"),
    };
    format!("LL2 reported at {}: {used}{foreign}.", words::moment(allowance.told_at, now))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unthrottled_simulator_has_no_limit() {
        let now = "2026-03-23T10:00:00Z".parse().expect("a time");
        let say = |request_limit, foreign_use| {
            let allowance =
                Allowance { told_at: now, request_limit, window_seconds: 3600, current_use: 4, foreign_use };
            told(&allowance, now)
        };
        assert_eq!(say(15, 0), "LL2 reported at 10:00: 4 of 15 used.");
        assert_eq!(say(i32::MAX, 0), "LL2 reported at 10:00: 4 used, without a limit.");
        assert_eq!(say(0, 2), "LL2 reported at 10:00: 4 used, 2 by other clients.");
    }
}
