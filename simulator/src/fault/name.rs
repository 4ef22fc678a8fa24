//! Parses and formats faults of the command line: `NAME`, `NAME=VALUE`, and either with `@N` or `@N+`.

use std::{fmt, str::FromStr};

use super::{Fault, FaultKind, Position};

/// A fault that could not be parsed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ParseFaultError {
    /// No fault has that name.
    #[error("unknown fault {0:?}; the faults are: {names}", names = FaultKind::names().join(", "))]
    UnknownName(String),
    /// The text after `@` is not a request number.
    #[error("{0:?} is not a request number: write @3 for the third request, @3+ for it and all after it")]
    BadPosition(String),
    /// The text after `=` is not a number above 0, or the fault takes no value.
    #[error("{name} does not take the value {value:?}")]
    BadValue {
        /// Name of the fault.
        name: &'static str,
        /// The given value.
        value: String,
    },
}

impl FaultKind {
    /// Every fault with its name and its meaning, for `--help`.
    pub const ALL: [(&'static str, FaultKind, &'static str); 31] = [
        ("throttled", FaultKind::Throttled(625), "429, Retry-After in seconds (throttled=SECONDS, 625 unless given)"),
        ("throttled-date", FaultKind::ThrottledDate, "429, Retry-After as a date in an hour"),
        ("throttled-none", FaultKind::ThrottledNone, "429 without Retry-After"),
        ("throttled-zero", FaultKind::ThrottledZero, "429, Retry-After 0"),
        ("throttled-negative", FaultKind::ThrottledNegative, "429, Retry-After -1"),
        ("throttled-garbage", FaultKind::ThrottledGarbage, "429, Retry-After is neither a number nor a date"),
        ("throttled-day", FaultKind::ThrottledDay, "429, Retry-After 86400"),
        ("forbidden", FaultKind::Forbidden, "403"),
        ("error-500", FaultKind::ServerError(500), "500 with HTML"),
        ("error-502", FaultKind::ServerError(502), "502 with HTML"),
        ("error-503", FaultKind::ServerError(503), "503 with HTML"),
        ("error-504", FaultKind::ServerError(504), "504 with HTML"),
        ("html", FaultKind::Html, "200 with HTML instead of JSON"),
        ("truncated", FaultKind::Truncated, "200, half of the JSON, matching Content-Length"),
        ("wrong-length", FaultKind::WrongLength, "200, fewer bytes than Content-Length says"),
        ("chunk-abort", FaultKind::ChunkAbort, "200, connection closed between chunks"),
        ("drip", FaultKind::Drip(1), "200, body sent slowly (drip=BYTES_PER_SECOND, 1 unless given)"),
        ("reset", FaultKind::Reset, "TCP reset"),
        ("redirect", FaultKind::Redirect, "301 to another host"),
        ("gzip-bomb", FaultKind::GzipBomb, "200, about 1 MB that unpacks to 1 GiB"),
        ("huge-body", FaultKind::HugeBody, "200, 50 MB"),
        ("deep", FaultKind::Deep, "200, arrays nested 10,000 deep"),
        ("invalid-utf8", FaultKind::InvalidUtf8, "200, bytes that are not UTF-8"),
        ("bom", FaultKind::ByteOrderMark, "200, byte order mark before the JSON"),
        ("nul", FaultKind::Nul, "200, \\u0000 in a string"),
        ("overflow", FaultKind::Overflow, "200, the number 1e999"),
        ("duplicate-keys", FaultKind::DuplicateKeys, "200, a record with net twice"),
        ("empty-page", FaultKind::EmptyPage, "200, no results although count is not 0"),
        ("repeated-page", FaultKind::RepeatedPage, "200, the first page's results again"),
        ("foreign-next", FaultKind::ForeignNext, "200, next points to another host"),
        ("hostile-texts", FaultKind::HostileTexts, "200, every text of a record is markup, script or reversed text"),
    ];

    /// Returns the names of all faults.
    pub fn names() -> Vec<&'static str> {
        Self::ALL.iter().map(|(name, _, _)| *name).collect()
    }

    /// Returns the name of this fault.
    pub fn name(self) -> &'static str {
        let same = |other: FaultKind| match (self, other) {
            (FaultKind::Throttled(_), FaultKind::Throttled(_)) | (FaultKind::Drip(_), FaultKind::Drip(_)) => true,
            _ => self == other,
        };
        // A status that is not in the catalog can only be created in code.
        Self::ALL.iter().find(|(_, kind, _)| same(*kind)).map_or("error", |(name, _, _)| name)
    }
}

impl FromStr for Fault {
    type Err = ParseFaultError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (what, at) = match text.split_once('@') {
            None => (text, Position::Every),
            Some((what, number)) => (what, position(number)?),
        };
        let (name, value) = what.split_once('=').map_or((what, None), |(name, value)| (name, Some(value)));
        let (name, kind, _) = FaultKind::ALL
            .into_iter()
            .find(|(known, _, _)| *known == name)
            .ok_or_else(|| ParseFaultError::UnknownName(name.to_owned()))?;
        let Some(value) = value else { return Ok(Fault { kind, at }) };
        let bad = || ParseFaultError::BadValue { name, value: value.to_owned() };
        let number: u32 = value.parse().ok().filter(|&number| number > 0).ok_or_else(bad)?;
        let kind = match kind {
            FaultKind::Throttled(_) => FaultKind::Throttled(number),
            FaultKind::Drip(_) => FaultKind::Drip(number),
            _ => return Err(bad()),
        };
        Ok(Fault { kind, at })
    }
}

fn position(text: &str) -> Result<Position, ParseFaultError> {
    let bad = || ParseFaultError::BadPosition(text.to_owned());
    let (number, onwards) = text.strip_suffix('+').map_or((text, false), |number| (number, true));
    let number: u64 = number.parse().ok().filter(|&number| number > 0).ok_or_else(bad)?;
    Ok(if onwards { Position::From(number) } else { Position::At(number) })
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind.name())?;
        if let FaultKind::Throttled(value) | FaultKind::Drip(value) = self.kind {
            write!(f, "={value}")?;
        }
        match self.at {
            Position::Every => Ok(()),
            Position::At(number) => write!(f, "@{number}"),
            Position::From(number) => write!(f, "@{number}+"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fault_round_trips_through_text() {
        for (_, kind, _) in FaultKind::ALL {
            for at in [Position::Every, Position::At(7), Position::From(2)] {
                let fault = Fault { kind, at };
                assert_eq!(fault.to_string().parse(), Ok(fault));
            }
        }
    }

    #[test]
    fn a_bad_fault_is_named_in_the_error() {
        assert!("rain".parse::<Fault>().is_err_and(|error| error.to_string().contains("\"rain\"")));
        assert_eq!("html@0".parse::<Fault>(), Err(ParseFaultError::BadPosition("0".to_owned())));
        assert!(matches!("html=3".parse::<Fault>(), Err(ParseFaultError::BadValue { name: "html", .. })));
    }
}
