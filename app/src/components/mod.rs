//! Components that several pages share.

pub(crate) mod axis;
pub(crate) mod bars;
mod chart;
mod compare;
mod date_strip;
mod entry;
pub(crate) mod fact;
pub(crate) mod forecast;
mod frame;
mod freshness;
mod glyph;
mod lazy;
mod menu;
mod offline;
pub(crate) mod pan_zoom;
pub(crate) mod record;
mod share;
mod state;
mod switches;
mod tally;
pub(crate) mod world;

// Globs, because `#[component]` generates a properties type for each component that must be equally visible.
pub use chart::*;
pub use compare::*;
pub(crate) use date_strip::date_strip;
pub use entry::*;
pub use frame::*;
pub use freshness::*;
pub use glyph::*;
pub(crate) use lazy::lazy;
pub(crate) use menu::menu;
pub use offline::*;
pub use share::*;
pub use state::*;
pub use switches::*;
pub use tally::*;
