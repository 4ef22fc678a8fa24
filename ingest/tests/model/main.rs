//! The ingest on a clock that jumps from one event to the next: LL2, Postgres and the replicas are a few vectors, what decides is the real
//! [`ingest::plan`] and [`ingest::allowance`].
//!
//! # What is assumed
//!
//! The budget holds in true time, as LL2 counts, as long as:
//!
//! - A request arrives within ten seconds of its reservation, the margin of [`ingest::allowance`]. A process stopped between the two reserves
//!   anew ([`ingest::allowance::SEND_WITHIN`]).
//! - The database's clock is set forward while the throttle endpoint can be reached: forgetting is healed by asking what LL2 counts, at the
//!   start of a process and whenever a run sees the database's clock leave its own. Only what the process itself sent is held against it
//!   without that.
//! - A set-forward clock makes other replicas than the one that was told forget a `Retry-After`, unless it comes from the count.
//!
//! - The clock is not set back and then forward within the hour while several processes work: the test of sequences finds that this overspends,
//!   and is set aside until it is mended.
//!
//! A clock set back, a process killed or stopped anywhere, lost answers, and others who use the address: nothing is assumed of them.

mod ll2;
mod property;
mod replica;
mod simulation;
mod store;
mod world;
