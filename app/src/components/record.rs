//! What LL2 says about a provider, a rocket or a pad.

use domain::FlightRecord;
use leptos::prelude::*;

use super::fact::{grouped, outward};

/// Formats LL2's count in words: "LL2 counts 541 of 544 flights as successful, the last 70 in a row".
pub(crate) fn headline(record: &FlightRecord) -> String {
    match (record.successful, record.total, record.consecutive_successful) {
        (_, Some(0), _) => "LL2 counts no flight yet".to_owned(),
        (Some(good), Some(total), Some(row)) if row > 1 && row < good => {
            format!(
                "LL2 counts {} of {} flights as successful, the last {row} in a row",
                grouped(&good.to_string()),
                grouped(&total.to_string())
            )
        }
        (Some(good), Some(total), _) => {
            format!(
                "LL2 counts {} of {} flights as successful",
                grouped(&good.to_string()),
                grouped(&total.to_string())
            )
        }
        _ => "LL2 gives no record of flights".to_owned(),
    }
}

/// A description, in a disclosure.
pub(crate) fn description(text: Option<String>) -> Option<impl IntoView> {
    text.map(
        |text| view! { <details class="lp-about"><summary>"About"</summary><p class="lp-text">{text}</p></details> },
    )
}

/// Links to what others say about it.
pub(crate) fn links(info: Option<String>, wiki: Option<String>) -> Option<impl IntoView> {
    (info.is_some() || wiki.is_some()).then(|| {
        view! {
            <p class="lp-more">{info.map(|url| outward(url, "Website".to_owned()))}</p>
            <p class="lp-more">{wiki.map(|url| outward(url, "Wikipedia".to_owned()))}</p>
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_states_only_known_counts() {
        let record = FlightRecord {
            total: Some(544),
            successful: Some(541),
            consecutive_successful: Some(70),
            ..FlightRecord::default()
        };
        assert_eq!(headline(&record), "LL2 counts 541 of 544 flights as successful, the last 70 in a row");
        assert_eq!(headline(&FlightRecord { total: Some(0), ..FlightRecord::default() }), "LL2 counts no flight yet");
        assert_eq!(headline(&FlightRecord::default()), "LL2 gives no record of flights");
    }
}
