//! The real program over HTTP: what clients, proxies and signals meet.

mod program;
mod settings;
mod smoke;
