//! Charts as data: pure functions from the launches on the page to a [`Figure`]. Nothing here touches a browser, so the
//! snapshot tests read exactly the option that ECharts draws.

#[cfg(any(feature = "ssr", test))]
pub mod analysis;
mod country;
mod csv;
mod dates;
mod figure;
mod interval;
mod launches_per_country;
mod launches_per_day;
mod launches_per_month_by_status;
mod launches_per_orbit;
mod launches_per_pad_by_hour;
mod launches_per_precision;
mod launches_per_provider;
mod matrix;
mod net_history;
mod packed;
mod pad_name;
mod paint;
mod ranked;
mod success_per_rocket;
mod tally;
#[cfg(test)]
mod tests;
mod turnaround_per_pad;

pub use figure::{Figure, Key, Mark, Remainder, Row, Select, Table};
pub use launches_per_country::launches_per_country;
pub use launches_per_day::launches_per_day;
pub use launches_per_month_by_status::launches_per_month_by_status;
pub use launches_per_orbit::launches_per_orbit;
pub use launches_per_pad_by_hour::{Hours, launches_per_pad_by_hour};
pub use launches_per_precision::launches_per_precision;
pub use launches_per_provider::launches_per_provider;
pub use net_history::net_history;
pub use success_per_rocket::success_per_rocket;
pub use tally::Tally;
pub use turnaround_per_pad::turnaround_per_pad;
