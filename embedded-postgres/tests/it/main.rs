//! Tests with a real embedded Postgres. They start their own server and need no `DATABASE_URL`.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking, its helpers too")]

mod pid_file;
mod server;
mod supervision;
mod support;
