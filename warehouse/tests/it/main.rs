//! The warehouse on a real Postgres: reads, schema, and the Postgres of our own.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking, its helpers too")]

mod analysis;
mod board;
mod changed;
mod embedded;
mod facets;
mod flown;
mod foretold;
mod freshness;
mod moments;
mod news;
mod pipeline;
mod profile;
mod revision_mark;
mod schema;
mod scorecard;
