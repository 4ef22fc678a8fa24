#![doc = include_str!("../README.md")]

mod answer;
mod clock;
mod error;
mod fault;
mod invented;
mod listing;
mod options;
mod query;
mod replay;
mod server;
mod version;
mod world;

pub use clock::{Clock, ManualClock};
pub use error::{Error, Result};
pub use fault::{Fault, FaultKind, HOSTILE_TEXTS, ParseFaultError, Position};
pub use invented::{InventedOptions, InventedWorld};
pub use options::{Options, WorldSource};
pub use replay::Recording;
pub use server::{RequestLog, Running, Simulator, router};
pub use version::ApiVersion;

/// Header of every response of the simulator, so that data derived from it cannot be mistaken for live data.
pub const SIMULATED_HEADER: &str = "x-mooncoon-simulated";
