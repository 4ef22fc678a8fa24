//! Chaos tests: the real program against a simulated LL2 and a real Postgres, under every kind of failure.

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
