//! What several pages share.

mod chart;
mod frame;
mod freshness;
mod glyph;
mod offline;
mod state;
mod switches;

// Globs, because `#[component]` makes a properties type beside each component that must be as visible as it.
pub use chart::*;
pub use frame::*;
pub use freshness::*;
pub use glyph::*;
pub use offline::*;
pub use state::*;
pub use switches::*;
