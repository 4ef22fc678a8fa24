//! The command palette and the list of keys: dialogs over the open page.
//!
//! The main program contains only [`PanelHost`]. The dialogs are in a separate chunk, which is loaded when one of them is first
//! opened (`frontend/src/chunks.rs`).

#[cfg(feature = "hydrate")]
mod browser;
mod commands;
mod context;
mod dialog;
mod entries;
mod entry;
mod fold;
#[cfg(any(feature = "hydrate", test))]
mod found;
mod host;
mod keys;
#[cfg(feature = "hydrate")]
mod opening;
mod rank;
#[cfg(feature = "hydrate")]
mod say;
mod state;

use leptos::prelude::*;

pub use self::host::PanelHost;
use self::{commands::Commands, keys::Keys};
pub use crate::chunks::Panel;
use crate::erase::Erase as _;

/// Draws the dialog. In the browser only the chunk that holds the dialogs may call this: every caller links their code.
pub fn draw(panel: Panel) -> AnyView {
    match panel {
        Panel::Commands => view! { <Commands/> }.erase(),
        Panel::Keys => view! { <Keys/> }.erase(),
    }
}
