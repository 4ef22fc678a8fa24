//! The parts of a launch that both API versions represent in the same way.

use serde::Serialize;
use serde_json::Number;

use super::{
    calendar::{DAY, HOUR, MINUTE, iso},
    codes::{Code, status},
    item::{Attempts, Item},
    life::{About, Edit, State},
};
use crate::ApiVersion;

const API: &str = "https://ll.thespacedevs.com";

/// Weather rules that forecasts name.
const WEATHER: [&str; 6] = [
    "Cumulus Cloud Rule",
    "Thick Cloud Layers Rule",
    "Anvil Cloud Rule",
    "Liftoff Winds",
    "Surface Electric Fields Rule",
    "Upper Level Wind Shear, Cumulus Cloud Rule",
];

/// Returns the URL of a resource as the real API writes it.
pub(super) fn url(version: ApiVersion, resource: &str, id: impl std::fmt::Display) -> String {
    format!("{API}/{version}/{resource}/{id}/")
}

/// `{id, name, abbrev, description}`.
#[derive(Serialize)]
pub(super) struct CodeShape {
    id: i64,
    name: &'static str,
    abbrev: &'static str,
    description: &'static str,
}

impl From<&Code> for CodeShape {
    fn from(code: &Code) -> Self {
        CodeShape { id: code.id, name: code.name, abbrev: code.abbrev, description: code.description }
    }
}

/// `{id, name}`.
#[derive(Clone, Copy, Serialize)]
pub(super) struct IdName<'a> {
    pub(super) id: i64,
    pub(super) name: &'a str,
}

/// The eight counters, flattened into the launch.
#[derive(Serialize)]
pub(super) struct Counters {
    orbital_launch_attempt_count: Option<u32>,
    location_launch_attempt_count: u32,
    pad_launch_attempt_count: u32,
    agency_launch_attempt_count: u32,
    orbital_launch_attempt_count_year: Option<u32>,
    location_launch_attempt_count_year: u32,
    pad_launch_attempt_count_year: u32,
    agency_launch_attempt_count_year: u32,
}

impl From<Attempts> for Counters {
    fn from(attempts: Attempts) -> Self {
        Counters {
            orbital_launch_attempt_count: attempts.orbital,
            location_launch_attempt_count: attempts.location,
            pad_launch_attempt_count: attempts.pad,
            agency_launch_attempt_count: attempts.agency,
            orbital_launch_attempt_count_year: attempts.orbital_year,
            location_launch_attempt_count_year: attempts.location_year,
            pad_launch_attempt_count_year: attempts.pad_year,
            agency_launch_attempt_count_year: attempts.agency_year,
        }
    }
}

/// An entry in the history of a launch. The list is sorted newest first.
#[derive(Serialize)]
pub(super) struct Update {
    id: u64,
    profile_image: Option<&'static str>,
    comment: String,
    info_url: Option<&'static str>,
    created_by: &'static str,
    created_on: String,
}

/// Returns the updates so far. Past launches have none, because they were not recorded.
pub(super) fn updates(item: &Item) -> Vec<Update> {
    let history = item.history();
    if history.first().is_none_or(|first| first.about != About::Listed) {
        return Vec::new();
    }
    let comments = history.iter().enumerate().filter(|(_, edit)| edit.about != About::Webcast);
    let mut updates: Vec<Update> = comments
        .map(|(position, edit)| Update {
            id: item.launch.serial * 100 + position as u64,
            profile_image: None,
            comment: comment(edit),
            info_url: None,
            created_by: "simulator",
            created_on: iso(edit.at),
        })
        .collect();
    updates.reverse();
    updates
}

fn comment(edit: &Edit) -> String {
    let State { net, status, probability, .. } = edit.state;
    let net = iso(net);
    match edit.about {
        About::Listed => "Launch listed.".to_owned(),
        About::Slipped => format!("Now no earlier than {net}."),
        About::Earlier => format!("Moved forward to {net}."),
        About::Firmed => format!("Date narrowed down to {net}."),
        About::Loosened => format!("Date less certain, about {net}."),
        About::Confirmed => format!("T-0 announced for {net}."),
        About::Go => format!("Go for {net}."),
        About::Weather => format!("Weather {} per cent favourable.", probability.unwrap_or_default()),
        About::Hold => "Hold.".to_owned(),
        About::Trimmed => format!("T-0 corrected to {net}."),
        About::Webcast => "Webcast live.".to_owned(),
        About::Liftoff => "Liftoff.".to_owned(),
        About::Deployed => "Payload deployed.".to_owned(),
        About::Outcome if status == status::SUCCESS => "Launch success.".to_owned(),
        About::Outcome => "Launch failure.".to_owned(),
        About::Reason => "Cause of the failure added.".to_owned(),
    }
}

/// Returns why a launch failed, if it has been entered; LL2 sends an empty text until then.
pub(super) fn failreason(state: State) -> &'static str {
    match state.status {
        status::FAILURE if state.is_explained => "Upper stage shut down early. Invented by the simulator.",
        status::PARTIAL_FAILURE if state.is_explained => "Orbit lower than planned. Invented by the simulator.",
        _ => "",
    }
}

/// Returns the rules that may stop the launch, if a forecast is published.
pub(super) fn weather(state: State) -> Option<&'static str> {
    WEATHER.get(usize::from(state.weather?)).copied()
}

/// Returns the start of the webcast and its URL, if it has one.
pub(super) fn webcast(item: &Item) -> Option<(String, String)> {
    let start = iso(item.state().net - 20 * MINUTE);
    item.has_video.then(|| (start, format!("https://video.example.org/watch/{}", item.launch.id)))
}

/// A mission patch without a picture, because none exists.
#[derive(Serialize)]
pub(super) struct Patch {
    id: u64,
    name: String,
    priority: u8,
    image_url: Option<&'static str>,
    agency: Option<()>,
}

/// Returns the patches: every third launch has one, after its mission has a name.
pub(super) fn patches(item: &Item) -> Vec<Patch> {
    let launch = &item.launch;
    let has_patch = item.state().is_named && launch.serial.is_multiple_of(3);
    let patch = || Patch {
        id: launch.serial + 1,
        name: format!("{} patch", launch.mission.name),
        priority: 10,
        image_url: None,
        agency: None,
    };
    has_patch.then(patch).into_iter().collect()
}

/// Returns a COSPAR-like designator of an orbital flight that succeeded or partly failed.
pub(super) fn designator(item: &Item) -> Option<String> {
    let state = item.state();
    let has_flown = status::is_final(state.status) && state.status != status::FAILURE;
    let number = item.attempts.orbital_year.filter(|_| has_flown)?;
    Some(format!("{}-{number:03}", super::calendar::year_of(state.net)))
}

/// Converts a measure as LL2 writes it: whole numbers as integers, in the same list as fractions.
pub(super) fn number(measure: Option<f64>) -> Option<Number> {
    let measure = measure?;
    // Beyond 2^53 a float is not an exact integer.
    if measure.fract() == 0.0 && measure.abs() < 9.0e15 {
        return Some(Number::from(measure as i64));
    }
    Number::from_f64(measure)
}

/// Formats seconds as an ISO 8601 duration, `P12DT3H4M5S`.
pub(super) fn duration(seconds: i64) -> String {
    let (days, hours) = (seconds / DAY, seconds % DAY / HOUR);
    let (minutes, rest) = (seconds % HOUR / MINUTE, seconds % MINUTE);
    format!("P{days}DT{hours}H{minutes}M{rest}S")
}
