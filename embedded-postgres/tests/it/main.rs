//! The embedded Postgres, started for real. These tests bring their own server and need no `DATABASE_URL`.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking, its helpers too")]

mod pid_file;
mod server;
mod supervision;
mod support;
