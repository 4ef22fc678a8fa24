#![doc = include_str!("../README.md")]

mod analysis;
mod board;
mod changed;
mod comparison;
mod connect;
mod db;
mod dictionary;
mod error;
mod failure;
mod flown;
mod freshness;
mod launch;
mod logins;
mod media;
mod migrate;
mod moments;
mod movement;
mod net_precision;
mod news;
mod outage;
mod pipeline;
mod pools;
mod predicted;
mod profile;
mod reach;
mod revision_mark;
mod roles;
mod scorecard;
mod subject_list;
mod text_column;

pub use changed::Shown;
pub use connect::{Server, check, prepare, settle};
pub use db::{Db, create_database_if_missing};
pub use error::Error;
pub use logins::Logins;
pub use migrate::{MIGRATOR, migrate};
pub use news::News;
pub use pipeline::RunList;
pub use revision_mark::{BeforeChange, RevisionMark};
/// The pool's type, so that callers need no dependency on sqlx.
pub use sqlx::postgres::{PgConnectOptions, PgPool};
pub use subject_list::SubjectList;
