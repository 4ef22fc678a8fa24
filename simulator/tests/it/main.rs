//! Tests of the simulator's public interface: through its router, or over a socket if the connection matters.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod client;
mod faults;
mod invented;
mod paging;
mod replay;
mod throttle;
