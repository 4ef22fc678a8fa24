//! The real program against a simulated LL2 and a real Postgres, with everything going wrong that can.

mod cluster;
mod embedded;
mod faults;
mod kills;
mod program;
mod proxy;
mod replicas;
mod sqlstates;
mod stage;
mod stalled_readers;
mod starvation;
mod stops;
#[path = "../shared/upstream.rs"]
mod upstream;
