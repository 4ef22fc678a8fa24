//! The real program over HTTP: what clients, proxies and signals meet.

mod canonical;
mod cors;
mod headers;
mod hosts;
mod nginx;
mod problems;
mod program;
mod proxies;
mod raw;
mod server_functions;
mod smoke;
mod static_files;
