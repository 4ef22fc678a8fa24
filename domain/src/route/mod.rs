//! What answers at which address: the one table that router, lazy chunks, navigation, offline list and lineage are read from.
//!
//! It is here because all of them can read it here: the UI in the browser, the server, and the dictionary, which the warehouse makes.

mod api;
mod exposure;
mod page;
#[cfg(test)]
mod tests;

pub use api::{API, ApiRoute};
pub use exposure::{Exposure, exposures};
pub use page::{PAGES, Page, PageKeys, PageRoute, navigation, page_at, parameter};
