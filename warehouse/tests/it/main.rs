//! The warehouse on a real Postgres: reads, schema, connections and roles.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking, its helpers too")]

mod analysis;
mod board;
mod changed;
mod cluster;
mod connect;
mod current_forecast;
mod definitions;
mod embedded_roles;
mod facets;
mod flown;
mod forecast_json;
mod freshness;
mod job_columns;
mod migrate;
mod moments;
mod movement;
mod news;
mod pipeline;
mod predicted;
mod profile;
mod revision_mark;
mod schema;
mod scorecard;
mod session;
mod status;
#[path = "../../../embedded-postgres/tests/it/support.rs"]
mod support;
mod tls;
mod unobserved;
