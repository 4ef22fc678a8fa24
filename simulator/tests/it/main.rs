//! The simulator from the outside: through its router, or over a socket where the wire matters.

mod client;
mod faults;
mod invented;
mod paging;
mod replay;
mod throttle;
