use proptest::prelude::*;

use crate::Alarm;

fn alarms(list: &str) -> Result<String, String> {
    let mut alarms = Vec::new();
    Alarm::add_all(&mut alarms, list).map_err(|error| error.to_string())?;
    Ok(alarms.iter().map(ToString::to_string).collect::<Vec<_>>().join(","))
}

#[test]
fn a_duration_is_parsed_and_formatted_as_in_rfc_5545() {
    for (text, canonical) in [
        ("PT1H", "PT1H"),
        ("pt1h", "PT1H"),
        ("P1D", "P1D"),
        ("P2W", "P14D"),
        ("PT90M", "PT1H30M"),
        ("P1DT2H", "P1DT2H"),
        ("PT1H0M5S", "PT1H0M5S"),
        ("PT3605S", "PT1H0M5S"),
        ("PT0S", "PT0S"),
        ("P0D", "PT0S"),
        ("PT15M,P1D,PT15M", "P1D,PT15M"),
        ("", ""),
    ] {
        assert_eq!(alarms(text), Ok(canonical.to_owned()), "{text}");
    }
}

#[test]
fn a_value_that_is_not_a_time_before_a_launch_is_refused_with_its_key() {
    for text in [
        "1h",
        "P",
        "PT",
        "P1",
        "PT1",
        "PTH",
        "P1H",
        "PT1D",
        "-PT1H",
        "+PT1H",
        " PT1H",
        "PT1H5S",
        "PT1S1H",
        "PT1.5H",
        "P1W1D",
        "P1DT",
        "P1M",
        "P1Y",
        "P29D",
        "P99999999999999999999D",
        "P999999999W",
        "PT１H",
        "PT1H,soon",
        "PT1M,PT2M,PT3M,PT4M,PT5M,PT6M",
    ] {
        let refused = alarms(text);
        assert!(refused.as_ref().is_err_and(|error| error.starts_with("alarm: ")), "{text}: {refused:?}");
    }
    assert_eq!(alarms("P28D"), Ok("P28D".to_owned()));
}

proptest! {
    #[test]
    fn no_text_panics(text in "(?s).{0,20}") {
        let _ = alarms(&text);
    }

    #[test]
    fn a_formatted_alarm_parses_back(seconds in 0_u32..=28 * 86_400) {
        let written = alarms(&format!("PT{seconds}S")).expect("it is within four weeks");
        prop_assert_eq!(alarms(&written), Ok(written.clone()));
    }
}
