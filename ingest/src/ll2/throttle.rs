use serde::Deserialize;

use super::page::{BadPage, text};

/// A response of `/api-throttle/`, with observed anomalies corrected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Throttle {
    /// Requests in a window; 0 if LL2 sends no limit.
    pub(crate) request_limit: i32,
    pub(crate) window_seconds: i32,
    pub(crate) current_use: i32,
}

#[derive(Deserialize)]
struct Answer {
    your_request_limit: Option<f64>,
    limit_frequency_secs: Option<f64>,
    current_use: Option<f64>,
}

impl Throttle {
    /// Parses the body. The API's documentation describes an array, the API sends an object.
    pub(crate) fn parse(body: &[u8]) -> Result<Self, BadPage> {
        let text = text(body)?.trim_start();
        let answer: Answer = if text.starts_with('[') {
            let answers: Vec<Answer> = serde_json::from_str(text)?;
            answers.into_iter().next().ok_or(BadPage::Missing("your_request_limit"))?
        } else {
            serde_json::from_str(text)?
        };
        // `as` saturates to the range of an i32 and turns NaN into 0.
        let natural = |number: Option<f64>| number.map(|number| number.max(0.0) as i32);
        Ok(Self {
            request_limit: natural(answer.your_request_limit).unwrap_or(0),
            window_seconds: natural(answer.limit_frequency_secs).filter(|&seconds| seconds > 0).unwrap_or(3600),
            current_use: natural(answer.current_use).ok_or(BadPage::Missing("current_use"))?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn observed_forms_of_the_response_are_parsed() {
        let told = Throttle { request_limit: 15, window_seconds: 3600, current_use: 15 };
        let object = br#"{"your_request_limit":15,"limit_frequency_secs":3600,"current_use":15,"next_use_secs":1631,"ident":"x"}"#;
        assert_eq!(Throttle::parse(object).unwrap(), told);
        let array = [b"[".as_slice(), object, b"]"].concat();
        assert_eq!(Throttle::parse(&array).unwrap(), told);
        let odd = br#"{"your_request_limit":null,"limit_frequency_secs":0,"current_use":1e999,"next_use_secs":-7}"#;
        assert!(Throttle::parse(odd).is_err(), "1e999 is no number of requests");
        let odd = br#"{"your_request_limit":null,"limit_frequency_secs":0,"current_use":3,"next_use_secs":-7}"#;
        let told = Throttle { request_limit: 0, window_seconds: 3600, current_use: 3 };
        assert_eq!(Throttle::parse(odd).unwrap(), told);
        assert!(Throttle::parse(b"{}").is_err() && Throttle::parse(b"<html>").is_err());
    }
}
