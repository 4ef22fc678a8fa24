//! The real program over HTTP: what clients, proxies and signals meet.

mod load;
mod outage;
mod program;
mod smoke;
mod wire;
