use domain::Tally;
use leptos::prelude::*;

/// Describes the outcomes of the launches in our data, with their number: a record is a count, not a probability.
pub fn tally_words(tally: &Tally) -> String {
    let settled = tally.settled();
    if settled == 0 {
        return "No recorded launch has an outcome.".to_owned();
    }
    let since = tally.since.map(|since| since.format(" since %-d %b %Y").to_string()).unwrap_or_default();
    let noun = if settled == 1 { "launch" } else { "launches" };
    let parts = [count(tally.partly_failed, "partial failure"), count(tally.failed, "failure")];
    let parts: Vec<_> = parts.into_iter().flatten().collect();
    let but = if parts.is_empty() { String::new() } else { format!(": {}", parts.join(", ")) };
    format!("{} of {settled} recorded {noun}{since} succeeded{but}.", tally.succeeded)
}

/// "2 failures"; none for zero.
fn count(count: i64, noun: &str) -> Option<String> {
    match count {
        0 => None,
        1 => Some(format!("1 {noun}")),
        count => Some(format!("{count} {noun}s")),
    }
}

/// Successes, partial failures and failures of the launches in our data, as parts of one bar; none if there is no outcome.
pub fn tally_bar(tally: &Tally) -> Option<impl IntoView + use<>> {
    let settled = tally.settled();
    if settled == 0 {
        return None;
    }
    #[expect(clippy::cast_precision_loss, reason = "far fewer launches than 2^52")]
    let share = |count: i64| count as f64 * 100.0 / settled as f64;
    let (good, partial, bad) = (share(tally.succeeded), share(tally.partly_failed), share(tally.failed));
    let part = |class, from: f64, width: f64| {
        (width > 0.0).then(|| {
            view! { <rect class=class x=format!("{from:.2}%") width=format!("{width:.2}%") height="10"></rect> }
        })
    };
    Some(view! {
        <svg class="flights" width="100%" height="10" aria-hidden="true">
            {part("good", 0.0, good)}
            {part("partly", good, partial)}
            {part("bad", good + partial, bad)}
        </svg>
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_states_its_count_and_its_first_day() {
        let since = "2019-03-12T01:00:00Z".parse().ok();
        let tally = Tally { succeeded: 392, partly_failed: 2, failed: 1, unsettled: 7, ahead: 9, since };
        assert_eq!(
            tally_words(&tally),
            "392 of 395 recorded launches since 12 Mar 2019 succeeded: 2 partial failures, 1 failure."
        );
        let one = Tally { succeeded: 1, ..Tally::default() };
        assert_eq!(tally_words(&one), "1 of 1 recorded launch succeeded.");
        let ahead = Tally { ahead: 9, unsettled: 1, ..Tally::default() };
        assert_eq!(tally_words(&ahead), "No recorded launch has an outcome.");
    }
}
