//! The pipeline against a real Postgres and a simulated LL2. All records are made up.

#![recursion_limit = "256"]

mod acknowledgement;
mod analyses;
mod archive;
mod as_of;
mod audit_retention;
mod checks;
mod client;
mod compaction;
mod counter;
mod dimension;
mod drift;
mod feeds;
mod fixture;
mod forecast_score;
mod forecasting;
mod invariants;
mod lease;
mod membership;
mod mutation;
mod net_change;
mod pipeline;
mod quarantine;
mod raw_retention;
mod release;
mod replay;
mod stage;
mod sweep;
mod throttle;
mod unknown;
mod upkeep;
mod views;
