//! Tests of the warehouse against a real Postgres.

mod embedded;
