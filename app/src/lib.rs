//! The UI: pages, components, charts and the server functions that feed them.
//!
//! The crate is compiled twice. With `ssr` it renders pages on the server and may query the warehouse; with `hydrate` it
//! hydrates those pages in the browser. Without either it still compiles; the unit tests of the pure parts use this.

// The type of a view is nested as deep as its markup; the compiler's default of 128 is too low by one page.
#![recursion_limit = "256"]
#![expect(unreachable_pub, reason = "`#[component]` generates a public properties type even for a private component")]

#[cfg(all(feature = "ssr", feature = "hydrate"))]
compile_error!("`ssr` and `hydrate` exclude each other: build the browser half with `-p frontend` only");

mod app;
mod assets;
mod board_cache;
pub mod charts;
pub mod chunks;
pub mod components;
mod draw;
mod drawn;
mod erase;
mod error;
mod exports;
#[cfg(feature = "hydrate")]
mod news;
pub mod pages;
pub mod palette;
mod router;
mod saved_views;
#[cfg(feature = "ssr")]
mod shell;
pub mod time;
mod timing;
mod title;
#[cfg(feature = "hydrate")]
mod version;
mod wire;

pub use app::*;
pub use assets::{Assets, PartFiles};
pub use draw::{draw_page, draw_view};
pub use error::AppError;
#[cfg(feature = "ssr")]
pub use shell::{SPRITE, shell};
