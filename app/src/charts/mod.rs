//! Charts as data: pure functions from the launches on the page to a [`Figure`]. Nothing here touches a browser, so the very
//! option that ECharts draws is what the snapshot tests read.

mod figure;
mod launches_per_month_by_status;
mod launches_per_orbit;
mod launches_per_provider;
mod paint;
#[cfg(test)]
mod tests;

pub use figure::{Figure, Key, Remainder, Row, Select, Table};
pub use launches_per_month_by_status::launches_per_month_by_status;
pub use launches_per_orbit::launches_per_orbit;
pub use launches_per_provider::launches_per_provider;
