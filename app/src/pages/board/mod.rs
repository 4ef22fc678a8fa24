//! The board: every upcoming launch, filtered by the address.

mod api;
mod filters;
mod rows;
pub mod timeline;

use leptos::prelude::*;

pub use filters::Filters;
pub use rows::Rows;

/// Remembers the board between pages.
pub fn provide_board_cache() {}

/// The board at `/`.
#[component]
pub fn BoardPage() -> impl IntoView {
    view! { <p>"Board"</p> }
}
