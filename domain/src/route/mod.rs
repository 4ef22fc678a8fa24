//! The routing table: which page or endpoint is at which address. Router, lazy chunks, navigation, offline list and
//! lineage are derived from it.
//!
//! It is in this crate because all of them can use it: the UI in the browser, the server, and the dictionary, which the
//! warehouse builds.

mod api;
mod exposure;
mod page;
mod reads;
#[cfg(test)]
mod tests;

pub use api::{API, ApiRoute};
pub use exposure::{Exposure, exposures};
pub use page::{PAGES, Page, PageKeys, PageRoute, navigation, page_at, parameter};
