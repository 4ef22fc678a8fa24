//! What several pages share.

mod chart;
mod compare;
mod entry;
mod frame;
mod freshness;
mod glyph;
mod offline;
mod share;
mod state;
mod switches;
mod tally;

// Globs, because `#[component]` makes a properties type beside each component that must be as visible as it.
pub use chart::*;
pub use compare::*;
pub use entry::*;
pub use frame::*;
pub use freshness::*;
pub use glyph::*;
pub use offline::*;
pub use share::*;
pub use state::*;
pub use switches::*;
pub use tally::*;
