//! The real program over HTTP: what clients, proxies and signals meet.

mod database;
mod program;
mod smoke;
