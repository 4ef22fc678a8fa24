use super::reads::{BOARD, LAUNCH, SCORECARD};

/// An API address. The server defines its handler (`server::web::api`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ApiRoute {
    /// A segment in braces matches any value: `/api/v1/launches/{id}`.
    pub path: &'static str,
    /// The name in the lineage. Addresses with the same name are one exposure: the same rows in several formats.
    pub name: &'static str,
    /// Tables and views that it reads.
    pub reads: &'static [&'static str],
}

impl ApiRoute {
    /// Returns the path for links, if it has no parameter.
    pub fn address(&self) -> Option<&'static str> {
        (!self.path.contains('{')).then_some(self.path)
    }
}

const fn route(path: &'static str, name: &'static str, reads: &'static [&'static str]) -> ApiRoute {
    ApiRoute { path, name, reads }
}

/// The tables of responses with revisions: in addition to the board they read change markers and when a forecast was
/// made.
const MARKED: &[&str] = &[
    "mart_launch_board",
    "mart_freshness",
    "dim_rocket_config",
    "dim_net_precision",
    "dim_status",
    "fact_launch",
    "fact_launch_revision",
    "model_forecast",
    "model_movement",
    "ingest_run",
];

/// Every API address.
pub const API: &[ApiRoute] = &[
    route("/api/v1/launches", "API: launches", BOARD),
    route("/api/v1/launches.json", "API: launches", BOARD),
    route("/api/v1/launches.csv", "API: launches", BOARD),
    route("/api/v1/launches.ics", "API: launches", MARKED),
    route("/api/v1/launches.atom", "API: launches", MARKED),
    route(
        "/api/v1/launches/changed",
        "API: changes",
        &["fact_launch", "fact_launch_revision", "ingest_run", "mart_freshness"],
    ),
    route("/api/v1/launches/{id}", "API: launch", LAUNCH),
    route("/api/v1/launches/{id}/forecast", "API: forecast", BOARD),
    route(
        "/api/v1/launches/{id}/changes",
        "API: NET changes",
        &["fact_net_change", "fact_launch", "dim_net_precision", "mart_freshness"],
    ),
    route("/api/v1/providers", "API: providers", &["dim_launch_service_provider", "fact_launch", "mart_freshness"]),
    route("/api/v1/rockets", "API: rockets", &["dim_rocket_config", "fact_launch", "mart_freshness"]),
    route("/api/v1/pads", "API: pads", &["dim_pad", "dim_location", "fact_launch", "mart_freshness"]),
    route("/api/v1/decision", "API: decision", BOARD),
    route("/api/v1/scorecard", "API: scorecard", SCORECARD),
    route("/api/v1/events", "API: events", &["mart_freshness"]),
    route("/api/v1/freshness", "API: freshness", &["mart_freshness"]),
    route("/api/v1/pipeline/runs", "API: runs", &["mart_run", "mart_freshness"]),
];
