use std::sync::LazyLock;

use super::{API, PAGES};

/// A page, chart or API with the tables and views that it reads: the end of the lineage, as in dbt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exposure {
    pub name: &'static str,
    /// Its address, if it has exactly one.
    pub address: Option<&'static str>,
    pub reads: Vec<&'static str>,
}

/// A part of the site that reads other tables than its page, or has a separate address: name, address, tables.
type Part = (&'static str, Option<&'static str>, &'static [&'static str]);

const PARTS: &[Part] = &[
    ("Charts of the board", Some("/"), &["mart_launch_board", "fact_launch", "fact_launch_revision"]),
    ("Timeline", Some("/?view=timeline"), &["mart_launch_board"]),
    (
        "Board at a past time",
        None,
        &[
            "mart_launch_board",
            "fact_launch_revision",
            "fact_net_change",
            "model_forecast",
            "model_movement",
            "dim_launch_service_provider",
            "dim_location",
            "dim_mission",
            "dim_net_precision",
            "dim_orbit",
            "dim_pad",
            "dim_rocket_config",
            "dim_status",
            "ingest_run",
        ],
    ),
    (
        "Questions of analysts",
        None,
        &[
            "dim_agency",
            "dim_agency_country",
            "dim_astronaut_country",
            "dim_change",
            "dim_country",
            "dim_date",
            "dim_landing_location",
            "dim_launcher",
            "dim_launch_service_provider",
            "dim_location",
            "dim_pad",
            "dim_pad_country",
            "dim_program",
            "dim_rocket_config",
            "dim_spacecraft",
            "dim_status",
            "fact_launch",
            "fact_launch_attempt",
            "fact_launch_milestone",
            "fact_launch_revision",
            "fact_net_change",
            "launch_agency",
            "launch_booster",
            "launch_booster_revision",
            "launch_crew",
            "launch_payload",
            "launch_program",
            "launch_spacecraft",
            "mart_upcoming_per_month",
        ],
    ),
    ("Pictures", None, &["fact_launch", "dim_launch_service_provider", "dim_rocket_config", "launch_patch"]),
];

/// Returns everything that shows published data: pages, parts of pages, and the API.
pub fn exposures() -> &'static [Exposure] {
    static ALL: LazyLock<Vec<Exposure>> = LazyLock::new(collect);
    &ALL
}

/// Merges routes with the same name into one exposure.
fn collect() -> Vec<Exposure> {
    let pages = PAGES.iter().map(|route| (route.name, route.address(), route.reads));
    let api = API.iter().map(|route| (route.name, route.address(), route.reads));
    let mut exposures: Vec<Exposure> = Vec::new();
    for (name, address, reads) in pages.chain(PARTS.iter().copied()).chain(api) {
        match exposures.iter_mut().find(|exposure| exposure.name == name) {
            Some(known) => {
                let more: Vec<_> = reads.iter().copied().filter(|read| !known.reads.contains(read)).collect();
                known.reads.extend(more);
            }
            None => exposures.push(Exposure { name, address, reads: reads.to_vec() }),
        }
    }
    exposures
}
