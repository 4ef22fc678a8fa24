//! The real program over HTTP: what clients, proxies and signals meet.

mod health;
mod program;
mod smoke;
