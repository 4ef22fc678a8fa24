//! The threads of the async runtime.

use std::io;

use tokio::runtime::{Builder, Runtime};

/// Number of processors that this process may use.
pub(crate) fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, |count| count.get())
}

/// Starts a runtime with more threads than cores (`web::worker_threads`) that polls the network after every few tasks.
///
/// A page is rendered in one piece of some 16 ms. With a thread per core and tokio's defaults (a poll after 61 tasks), two busy threads
/// did not poll sockets and timers for up to a second: new Postgres sessions timed out, and pages were 500. Threads beyond the permits of
/// `web::permits` wait for the network, and the operating system gives them their share of the cores.
pub(crate) fn start(threads: usize) -> io::Result<Runtime> {
    Builder::new_multi_thread().worker_threads(threads).event_interval(7).global_queue_interval(7).enable_all().build()
}
