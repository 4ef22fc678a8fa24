//! The ingest on a clock that jumps from one event to the next: LL2, Postgres and the replicas are a few vectors, what decides is the real
//! [`ingest::plan`] and [`ingest::allowance`].
//!
//! # What is assumed
//!
//! The budget holds in true time, as LL2 counts, as long as:
//!
//! - A request arrives within a few seconds of its reservation: what the clocks drift unnoticed, twice [`ingest::allowance::CLOCK_DOUBT`],
//!   [`ingest::allowance::SEND_WITHIN`] and the way to LL2 fit into the ten seconds by which our window is wider. A process stopped
//!   between the two reserves anew.
//! - `/api-throttle/` answers for an hour after a process has started, and after the database's clock was set: until then LL2 is asked what it
//!   counts before each request. Only what the process itself sent is held against it without that.
//! - The database's clock is not set and set back again between two looks of a process that is awake, half a minute; nor in the few
//!   milliseconds between looking at it and reserving. One that stood still for longer than [`ingest::allowance::LONGEST_GAP`] knows that
//!   it does not know.
//! - What LL2 refused with a 429 of its own count it does not count. Once the database's clock was set forward those may come on top of
//!   the budget; they are not held against us here.
//! - A set-forward clock makes other replicas than the one that was told forget a `Retry-After`, unless it comes from the count.
//!
//! A clock set back, a process killed or stopped anywhere, lost answers, a clock set while no process runs, and others who use the address:
//! nothing is assumed of them.

mod ll2;
mod lockstep;
mod property;
mod replica;
mod simulation;
mod store;
mod world;
