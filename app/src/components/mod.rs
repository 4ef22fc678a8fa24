//! What several pages share.

mod chart;
mod frame;
mod glyph;

// Globs, because `#[component]` makes a properties type beside each component that must be as visible as it.
pub use frame::*;
pub use glyph::*;
