//! The real program over HTTP: what clients, proxies and signals meet.

mod api_fuzz;
mod exports;
mod program;
mod smoke;
