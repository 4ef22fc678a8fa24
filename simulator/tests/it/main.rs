//! The simulator from the outside: through its router, or over a socket where the wire matters.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod client;
mod faults;
mod invented;
mod paging;
mod replay;
mod throttle;
