//! What the program can be told to do; one module per command.

mod check;
mod database;
mod import;
mod ingest;
mod migrate;
mod serve;
mod simulate;

pub(crate) use check::check;
pub(crate) use database::database;
pub(crate) use import::import;
pub(crate) use ingest::ingest_once;
pub(crate) use migrate::migrate;
pub(crate) use serve::serve;
pub(crate) use simulate::simulate;
