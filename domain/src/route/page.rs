use strum::VariantArray;

use super::reads::{BOARD, LAUNCH, PROFILE, SCORECARD};

/// A page, named after its view.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, VariantArray)]
pub enum Page {
    Board,
    Launch,
    Provider,
    Rocket,
    Pad,
    Choose,
    Compare,
    Analysis,
    Scorecard,
    Pipeline,
    Dictionary,
}

/// The keys that the query string of a page may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageKeys {
    /// The page parses its query string itself, and rejects unknown keys.
    Parsed,
    /// Only these keys.
    Known(&'static [&'static str]),
}

/// A page and its address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageRoute {
    pub page: Page,
    /// A segment in braces matches any value: `/launches/{id}`.
    pub path: &'static str,
    /// The name in navigation and lineage.
    pub name: &'static str,
    /// Linked from every page. Only for paths without a parameter.
    pub is_in_navigation: bool,
    pub keys: PageKeys,
    /// Tables and views that it reads.
    pub reads: &'static [&'static str],
}

/// Every page, in the order of the navigation.
pub const PAGES: &[PageRoute] = &[
    PageRoute {
        page: Page::Board,
        path: "/",
        name: "Board",
        is_in_navigation: true,
        keys: PageKeys::Parsed,
        reads: BOARD,
    },
    PageRoute {
        page: Page::Choose,
        path: "/choose",
        name: "Choose",
        is_in_navigation: true,
        keys: PageKeys::Parsed,
        reads: BOARD,
    },
    PageRoute {
        page: Page::Analysis,
        path: "/analysis",
        name: "Analysis",
        is_in_navigation: true,
        keys: PageKeys::Known(&[]),
        reads: &[
            "fact_launch",
            "fact_launch_revision",
            "fact_net_change",
            "dim_launch_service_provider",
            "dim_rocket_config",
            "dim_pad",
            "dim_location",
            "dim_mission",
            "dim_orbit",
            "mart_freshness",
        ],
    },
    PageRoute {
        page: Page::Scorecard,
        path: "/scorecard",
        name: "Scorecard",
        is_in_navigation: true,
        keys: PageKeys::Known(&[]),
        reads: SCORECARD,
    },
    PageRoute {
        page: Page::Pipeline,
        path: "/pipeline",
        name: "Pipeline",
        is_in_navigation: true,
        keys: PageKeys::Known(&["run"]),
        reads: &[
            "mart_run",
            "mart_freshness",
            "ingest_run",
            "ingest_step",
            "ingest_statement",
            "mart_data_test",
            "data_test_result",
            "data_test_summary",
            "data_test_set",
            "data_test_acknowledgement",
            "ingest_request",
            "ingest_plan",
            "ingest_cursor",
            "ingest_allowance",
            "ingest_pause",
            "raw_quarantine",
            "schema_drift",
            "raw_record_defect",
        ],
    },
    PageRoute {
        page: Page::Dictionary,
        path: "/dictionary",
        name: "Dictionary",
        is_in_navigation: true,
        keys: PageKeys::Known(&["q"]),
        // It also reads the database catalog, which covers every table.
        reads: &["mart_freshness"],
    },
    PageRoute {
        page: Page::Launch,
        path: "/launches/{id}",
        name: "Launch",
        is_in_navigation: false,
        keys: PageKeys::Known(&[]),
        reads: LAUNCH,
    },
    PageRoute {
        page: Page::Provider,
        path: "/providers/{id}",
        name: "Provider",
        is_in_navigation: false,
        keys: PageKeys::Known(&["page"]),
        reads: PROFILE,
    },
    PageRoute {
        page: Page::Rocket,
        path: "/rockets/{id}",
        name: "Rocket",
        is_in_navigation: false,
        keys: PageKeys::Known(&["page"]),
        reads: PROFILE,
    },
    PageRoute {
        page: Page::Pad,
        path: "/pads/{id}",
        name: "Pad",
        is_in_navigation: false,
        keys: PageKeys::Known(&["page"]),
        reads: PROFILE,
    },
    PageRoute {
        page: Page::Compare,
        path: "/compare",
        name: "Comparison",
        is_in_navigation: false,
        keys: PageKeys::Known(&["ids"]),
        reads: &[
            "mart_launch_board",
            "model_forecast",
            "ingest_run",
            "mart_freshness",
            "fact_launch",
            "dim_launch_service_provider",
            "dim_rocket_config",
        ],
    },
];

impl PageRoute {
    /// Returns the segments of the path; none for the board.
    pub fn segments(&self) -> impl Iterator<Item = &'static str> {
        self.path.split('/').filter(|segment| !segment.is_empty())
    }

    /// Returns the path for links, if it has no parameter.
    pub fn address(&self) -> Option<&'static str> {
        (!self.path.contains('{')).then_some(self.path)
    }
}

/// Returns the parameter name of a segment in braces: `id` of `{id}`.
pub fn parameter(segment: &str) -> Option<&str> {
    segment.strip_prefix('{')?.strip_suffix('}')
}

/// Returns the pages that every page links to.
pub fn navigation() -> impl Iterator<Item = &'static PageRoute> {
    PAGES.iter().filter(|route| route.is_in_navigation)
}

/// Returns the page at a path, if there is one. A trailing slash is ignored.
pub fn page_at(path: &str) -> Option<&'static PageRoute> {
    let path = path.strip_suffix('/').unwrap_or(path);
    let asked: Vec<&str> = path.split('/').skip(1).collect();
    PAGES.iter().find(|route| {
        let mut segments = route.segments();
        let fits =
            asked.iter().all(|part| {
                segments.next().is_some_and(|segment| {
                    if parameter(segment).is_some() { !part.is_empty() } else { segment == *part }
                })
            });
        fits && segments.next().is_none()
    })
}
