#![doc = include_str!("../README.md")]

mod board;
mod db;
mod dictionary;
pub mod embedded;
mod error;
mod flown;
mod freshness;
mod launch;
mod media;
mod pipeline;

pub use db::{Db, MIGRATOR, create_database_if_missing};
pub use error::Error;
pub use pipeline::RunList;
/// The pool's type, so that callers need no sqlx of their own.
pub use sqlx::postgres::{PgConnectOptions, PgPool};
