//! The real program over HTTP: what clients, proxies and signals meet.

mod document;
mod hostile;
mod program;
mod smoke;
