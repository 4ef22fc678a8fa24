//! The tables and views that several pages and endpoints read.

/// The upcoming launches with their forecasts.
pub(super) const BOARD: &[&str] =
    &["mart_launch_board", "model_forecast", "model_movement", "mart_freshness", "dim_rocket_config", "ingest_run"];

/// Everything known about a launch.
pub(super) const LAUNCH: &[&str] = &[
    "mart_launch_board",
    "mart_freshness",
    "fact_launch",
    "fact_launch_revision",
    "fact_net_change",
    "model_forecast",
    "dim_launch_service_provider",
    "dim_rocket_config",
    "dim_pad",
    "dim_location",
    "dim_orbit",
    "dim_status",
    "dim_net_precision",
    "launch_update",
    "launch_video",
    "launch_patch",
    "launch_payload",
    "launch_program",
    "dim_program",
    "launch_link",
    "launch_crew",
    "dim_astronaut",
    "launch_booster",
    "launch_spacecraft",
    "dim_spacecraft",
    "launch_agency",
    "dim_agency",
    "ingest_run",
];

/// A provider, a rocket or a pad with its launches.
pub(super) const PROFILE: &[&str] = &[
    "mart_launch_board",
    "model_forecast",
    "mart_freshness",
    "fact_launch",
    "dim_launch_service_provider",
    "dim_rocket_config",
    "dim_pad",
    "dim_location",
    "ingest_run",
];

/// Forecasts compared with outcomes.
pub(super) const SCORECARD: &[&str] =
    &["mart_forecast_success", "mart_forecast_date", "mart_flight", "dim_launch_service_provider", "mart_freshness"];
