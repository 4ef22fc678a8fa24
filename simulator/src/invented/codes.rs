//! LL2's small enumerations, with its ids and names, and our own descriptions.

/// `id`, `name`, `abbrev`, description.
pub(super) struct Code {
    pub(super) id: i64,
    pub(super) name: &'static str,
    pub(super) abbrev: &'static str,
    pub(super) description: &'static str,
}

const fn code(id: i64, name: &'static str, abbrev: &'static str, description: &'static str) -> Code {
    Code { id, name, abbrev, description }
}

pub(super) mod status {
    pub(in super::super) const GO: i64 = 1;
    pub(in super::super) const TBD: i64 = 2;
    pub(in super::super) const SUCCESS: i64 = 3;
    pub(in super::super) const FAILURE: i64 = 4;
    pub(in super::super) const HOLD: i64 = 5;
    pub(in super::super) const IN_FLIGHT: i64 = 6;
    pub(in super::super) const PARTIAL_FAILURE: i64 = 7;
    pub(in super::super) const TBC: i64 = 8;
    pub(in super::super) const DEPLOYED: i64 = 9;

    /// Returns whether the status is an outcome, after which no other is expected.
    pub(in super::super) fn is_final(status: i64) -> bool {
        matches!(status, SUCCESS | FAILURE | PARTIAL_FAILURE)
    }
}

pub(super) mod precision {
    pub(in super::super) const SECOND: i64 = 0;
    pub(in super::super) const MINUTE: i64 = 1;
    pub(in super::super) const HOUR: i64 = 2;
    pub(in super::super) const DAY: i64 = 5;
    pub(in super::super) const WEEK: i64 = 6;
    pub(in super::super) const MONTH: i64 = 7;
    pub(in super::super) const QUARTER_1: i64 = 8;
    pub(in super::super) const HALF_1: i64 = 12;
    pub(in super::super) const HALF_2: i64 = 13;
    pub(in super::super) const YEAR: i64 = 14;
    pub(in super::super) const FISCAL_YEAR: i64 = 15;
    pub(in super::super) const DECADE: i64 = 16;
}

const STATUSES: [Code; 9] = [
    code(status::GO, "Go for Launch", "Go", "T-0 is confirmed."),
    code(status::TBD, "To Be Determined", "TBD", "The date is a placeholder or a rough estimate."),
    code(status::SUCCESS, "Launch Successful", "Success", "The payload reached its orbit."),
    code(status::FAILURE, "Launch Failure", "Failure", "The payload was lost or left in no orbit."),
    code(status::HOLD, "On Hold", "Hold", "The countdown is on hold; the window is still open."),
    code(status::IN_FLIGHT, "Launch in Flight", "In Flight", "The rocket has left the pad."),
    code(
        status::PARTIAL_FAILURE,
        "Launch was a Partial Failure",
        "Partial Failure",
        "The orbit is not the one intended.",
    ),
    code(status::TBC, "To Be Confirmed", "TBC", "The date is likely and awaits confirmation by the provider."),
    code(status::DEPLOYED, "Payload Deployed", "Deployed", "The payload has separated."),
];

/// The code in 2.2.0 for the status that it does not know: 6, with its name as description.
pub(super) const DEPLOYED_IN_220: Code = code(status::IN_FLIGHT, "Launch in Flight", "In Flight", "Launch in Flight");

const PRECISIONS: [Code; 15] = [
    code(precision::SECOND, "Second", "SEC", "T-0 is known to the second."),
    code(precision::MINUTE, "Minute", "MIN", "T-0 is known to the minute."),
    code(precision::HOUR, "Hour", "HR", "T-0 is known to the hour."),
    code(precision::DAY, "Day", "DAY", "Some time on this day."),
    code(precision::WEEK, "Week", "WK", "Some time in this week."),
    code(precision::MONTH, "Month", "M", "Some time in this month."),
    code(precision::QUARTER_1, "Quarter 1", "Q1", "Some time in the first quarter of this year."),
    code(9, "Quarter 2", "Q2", "Some time in the second quarter of this year."),
    code(10, "Quarter 3", "Q3", "Some time in the third quarter of this year."),
    code(11, "Quarter 4", "Q4", "Some time in the fourth quarter of this year."),
    code(precision::HALF_1, "Year Half 1", "H1", "Some time in the first half of this year."),
    code(precision::HALF_2, "Year Half 2", "H2", "Some time in the second half of this year."),
    code(precision::YEAR, "Year", "Y", "Some time in this year."),
    code(precision::FISCAL_YEAR, "Fiscal Year", "FY", "Some time in this fiscal year."),
    code(precision::DECADE, "Decade", "DEC", "Some time in this decade."),
];

/// `(id, name, abbrev)` of the orbits that the manifest uses.
const ORBITS: [(i64, &str, &str); 18] = [
    (0, "Elliptical Orbit", "Elliptical"),
    (1, "Geostationary Orbit", "Direct-GEO"),
    (2, "Geostationary Transfer Orbit", "GTO"),
    (4, "Geosynchronous Transfer Orbit", "GSTO"),
    (5, "Heliocentric L1", "L1-point"),
    (6, "Heliocentric N/A", "Helio-N/A"),
    (8, "Low Earth Orbit", "LEO"),
    (9, "Lunar flyby", "Lunar flyby"),
    (11, "Lunar Orbit", "LO"),
    (12, "Medium Earth Orbit", "MEO"),
    (13, "Polar Orbit", "PO"),
    (15, "Suborbital", "Sub"),
    (16, "Sun-Earth L2", "L2"),
    (17, "Sun-Synchronous Orbit", "SSO"),
    (19, "Mars Orbit", "Mars"),
    (20, "Venus Orbit", "Venus"),
    (21, "Asteroid", "Asteroid"),
    (25, "Unknown", "N/A"),
];

/// Id of the suborbital "orbit".
pub(super) const SUBORBITAL: i64 = 15;

/// Returns a status by id.
pub(super) fn status_code(id: i64) -> &'static Code {
    STATUSES.iter().find(|code| code.id == id).unwrap_or(&STATUSES[1])
}

/// Returns a precision by id.
pub(super) fn precision_code(id: i64) -> Option<&'static Code> {
    PRECISIONS.iter().find(|code| code.id == id)
}

/// Returns `(id, name, abbrev)` of an orbit; for an unknown id LL2's row "Unknown".
pub(super) fn orbit(id: i64) -> (i64, &'static str, &'static str) {
    ORBITS.iter().copied().find(|(known, _, _)| *known == id).unwrap_or((25, "Unknown", "N/A"))
}

/// Returns LL2's id of a kind of agency.
pub(super) fn agency_type(kind: &str) -> i64 {
    match kind {
        "Government" => 1,
        "Multinational" => 2,
        "Commercial" => 3,
        "Educational" => 4,
        "Private" => 5,
        _ => 6,
    }
}
