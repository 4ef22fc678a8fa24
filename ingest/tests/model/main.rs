//! A model of the ingest with a clock that jumps from one event to the next. LL2, Postgres and the replicas are simple
//! data structures; the decisions are made by the real [`ingest::plan`] and [`ingest::allowance`].
//!
//! # Assumptions
//!
//! The budget holds in true time, as LL2 counts, as long as:
//!
//! - A request arrives within a few seconds of its reservation. The undetected drift of the clocks (twice
//!   [`ingest::allowance::CLOCK_DOUBT`]), [`ingest::allowance::SEND_WITHIN`] and the transfer to LL2 fit into the ten
//!   seconds by which our window is longer. A process that is stopped between reservation and sending reserves again.
//! - `/api-throttle/` responds for an hour after a process has started, and after the database's clock was set: until
//!   then LL2's count is queried before each request. Without it, only the requests of the process itself are counted.
//! - The database's clock is not set and set back again between two readings of an active process, half a minute; nor
//!   in the few milliseconds between reading it and reserving. A process that was stopped for longer than
//!   [`ingest::allowance::LONGEST_GAP`] detects that it missed readings.
//! - LL2 does not count requests that it refused with a 429 because of its own count. After the database's clock was
//!   set forward, such requests may exceed the budget; the model does not count them as a violation.
//! - If the clock is set forward, replicas other than the one that received a `Retry-After` may ignore it, unless it
//!   results from the count.
//!
//! Nothing is assumed about: a clock set back, a process killed or stopped at any point, lost responses, a clock set
//! while no process runs, and other clients at the same address.

mod ll2;
mod lockstep;
mod property;
mod replica;
mod simulation;
mod store;
mod world;
