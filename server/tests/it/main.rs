//! The real program over HTTP, with clients, proxies and signals.

mod api_fuzz;
mod canonical;
mod connections;
mod cors;
mod database;
mod database_proxy;
mod document;
mod exports;
mod frozen;
mod golden;
mod headers;
mod health;
mod hostile;
mod hosts;
mod import;
mod lists_of_api;
mod load;
mod nginx;
mod openapi;
mod outage;
mod problems;
mod program;
mod proxies;
mod raw;
mod request_forms;
mod server_functions;
mod settings;
mod smoke;
mod static_files;
mod stopping;
#[path = "../shared/upstream.rs"]
mod upstream;
mod wire;
