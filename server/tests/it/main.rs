//! The real program over HTTP: what clients, proxies and signals meet.

mod connections;
mod program;
mod raw;
mod request_forms;
mod smoke;
mod stopping;
