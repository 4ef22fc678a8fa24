//! The threads that everything runs on.

use std::io;

use tokio::runtime::{Builder, Runtime};

use crate::web;

/// Processors that this process may use.
pub(crate) fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, |count| count.get())
}

/// More threads than cores, and a look at the network after every few tasks.
///
/// A page is drawn in one piece of some 16 ms. With a thread per core and tokio's defaults (a look after 61 tasks) two busy threads left
/// sockets and timers alone for up to a second: sessions of Postgres that were being opened timed out, and pages were 500. Threads beyond
/// the permits of `web::permits` wait for the network, and the system gives them their share of the cores.
pub(crate) fn start() -> io::Result<Runtime> {
    Builder::new_multi_thread()
        .worker_threads(web::worker_threads(cores()))
        .event_interval(7)
        .global_queue_interval(7)
        .enable_all()
        .build()
}
