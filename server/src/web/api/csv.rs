//! Launches as CSV.

use std::borrow::Cow;

use chrono::{DateTime, Utc};
use domain::{Csv, Launch, Source};

use super::{export::told, view::PredictedDates};

/// Writes a header line and the rows, each with its score. Every row has its source and age, because a file outlives the page that it came
/// from.
pub(super) fn write_launches<'launches>(
    launches: impl Iterator<Item = (&'launches Launch, Option<f64>)>,
    source: Source,
    observed_at: Option<DateTime<Utc>>,
    has_mark: bool,
) -> String {
    let mut csv = Csv::new(has_mark);
    csv.line(COLUMNS.map(Cow::Borrowed));
    let as_of = observed_at.map(|as_of| as_of.to_rfc3339()).unwrap_or_default();
    for (launch, score) in launches {
        csv.line(row(launch, score, source.slug(), &as_of).map(Cow::Owned));
    }
    csv.into_text()
}

const COLUMNS: [&str; 31] = [
    "id",
    "name",
    "net",
    "net_precision",
    "earliest",
    "latest",
    "window_start",
    "window_end",
    "status",
    "provider_id",
    "provider",
    "rocket_id",
    "rocket",
    "mission",
    "mission_type",
    "orbit",
    "pad_id",
    "pad",
    "latitude",
    "longitude",
    "location_id",
    "location",
    "country_code",
    "moon_tier",
    "score",
    "date_p50",
    "date_p80",
    "probability",
    "last_updated",
    "source",
    "as_of",
];

fn row(launch: &Launch, score: Option<f64>, source: &str, as_of: &str) -> [String; COLUMNS.len()] {
    let span = launch.span();
    let mission = launch.mission.as_ref();
    let predicted = PredictedDates::of(launch);
    let number = |number: Option<f64>| number.map(|number| number.to_string()).unwrap_or_default();
    let time = |time: Option<chrono::DateTime<chrono::Utc>>| time.map(|time| time.to_rfc3339()).unwrap_or_default();
    [
        launch.id.to_string(),
        text(&launch.name),
        launch.net.to_rfc3339(),
        text(launch.net_precision.as_ref().map_or("", |precision| &precision.abbrev)),
        span.start.to_rfc3339(),
        span.end.to_rfc3339(),
        time(launch.window_start),
        time(launch.window_end),
        text(&launch.status.abbrev),
        launch.provider.id.to_string(),
        text(&launch.provider.name),
        launch.rocket.id.to_string(),
        text(&launch.rocket.name),
        text(mission.map_or("", |mission| &mission.name)),
        text(mission.and_then(|mission| mission.kind.as_deref()).unwrap_or_default()),
        text(launch.orbit.as_ref().map_or("", |orbit| &orbit.name)),
        launch.pad.id.to_string(),
        text(&launch.pad.name),
        number(launch.pad.latitude),
        number(launch.pad.longitude),
        launch.location.id.to_string(),
        text(&launch.location.name),
        text(launch.location.country_code.as_deref().unwrap_or_default()),
        launch.moon.tier.slug().to_owned(),
        number(score),
        time(predicted.date_p50),
        time(predicted.date_p80),
        launch.probability.map(|probability| probability.to_string()).unwrap_or_default(),
        launch.last_updated.to_rfc3339(),
        source.to_owned(),
        as_of.to_owned(),
    ]
}

/// Returns a text of LL2, escaped so that no spreadsheet interprets it as a formula.
fn text(value: &str) -> String {
    Csv::plain(&told(value)).into_owned()
}
