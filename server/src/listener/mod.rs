//! The TCP side of the web server: admission of connections, timeouts and shutdown.
//!
//! An accept loop of our own instead of `axum::serve`, which has no timeouts, no limits on connections and no deadline for a graceful
//! shutdown, and copies the route table for every connection.
//!
//! HTTP/1 only. No browser speaks HTTP/2 without TLS, and proxies speak HTTP/1.1 to their backends, so the second protocol would only add
//! attack surface (floods of resets and of header frames, windows that never open). Its preface gets a 505.

mod activity;
mod admission;
mod answers;
mod connection;
mod files;
mod limits;
mod request;
mod service;

use std::{io, net::SocketAddr, sync::Arc, time::Duration};

use anyhow::Context as _;
use axum::Router;
use tokio::net::{TcpListener, TcpStream};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use self::{
    admission::{Admission, Turned},
    connection::Connection,
};
use crate::{once_a_second::OnceASecond, trusted_proxies::TrustedProxies};

pub(crate) use self::{files::raise_file_limit, limits::Limits};

/// Pause after an error that the next `accept` would hit as well, such as too many open files.
const PAUSE: Duration = Duration::from_millis(100);

/// A bound address with its limits.
#[derive(Debug)]
pub(crate) struct Listener {
    socket: TcpListener,
    admission: Arc<Admission>,
}

impl Listener {
    /// Binds the address; no connection is accepted before [`Self::serve`].
    pub(crate) async fn bind(addr: SocketAddr, limits: Limits, proxies: TrustedProxies) -> anyhow::Result<Self> {
        let socket = TcpListener::bind(addr).await.with_context(|| {
            format!("could not listen on {addr}: is another mooncoon running, or set MOONCOON_ADDR")
        })?;
        Ok(Self { socket, admission: Arc::new(Admission::new(limits, proxies)) })
    }

    pub(crate) fn local_addr(&self) -> io::Result<SocketAddr> {
        self.socket.local_addr()
    }

    pub(crate) fn limits(&self) -> Limits {
        self.admission.limits()
    }

    /// Serves until `stop`. Then no new connection is accepted, connections without a request are closed, and responses in progress may
    /// take until `drain` is over.
    pub(crate) async fn serve(self, router: Router, stop: CancellationToken, drain: Duration) {
        // Done once for all connections: `axum::serve` does it for each, which costs 60 to 180 kB of memory per connection.
        let router = router.with_state(());
        let connections = TaskTracker::new();
        let abort = CancellationToken::new();
        'accept: loop {
            let (stream, peer) = tokio::select! {
                accepted = accept(&self.socket) => accepted,
                () = stop.cancelled() => break,
            };
            let place = loop {
                match self.admission.admit(peer.ip()) {
                    Ok(place) => break place,
                    Err(Turned::Later) => tokio::time::sleep(Duration::from_millis(1)).await,
                    // Closed without a response: there is no capacity left to send one.
                    Err(Turned::Away) => continue 'accept,
                }
            };
            prepare(&stream);
            let connection = Connection::new(stream, peer, place, router.clone());
            connections.spawn(connection.run(stop.clone(), abort.clone()));
        }
        drop(self.socket);
        connections.close();
        if tokio::time::timeout(drain, connections.wait()).await.is_err() {
            tracing::warn!(connections = connections.len(), "aborting responses that clients did not read in time");
            abort.cancel();
            connections.wait().await;
        }
    }
}

/// Returns the next connection; retries after errors.
async fn accept(socket: &TcpListener) -> (TcpStream, SocketAddr) {
    static LINES: OnceASecond = OnceASecond::new();
    loop {
        match socket.accept().await {
            Ok(accepted) => return accepted,
            Err(error) if is_of_one_connection(&error) => {}
            Err(error) => {
                if let Some(suppressed) = LINES.allow() {
                    tracing::error!(%error, suppressed, "could not accept a connection; trying again");
                }
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
}

/// Returns whether only the connection that was about to be accepted has failed, which is no reason to wait.
fn is_of_one_connection(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset, Interrupted};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset | Interrupted)
}

/// Sets socket options. None of them is worth refusing a connection, so failures are ignored: the peer may already be gone.
fn prepare(stream: &TcpStream) {
    // An event is smaller than a packet and must not wait for the next one.
    let _ = stream.set_nodelay(true);
    #[cfg(target_os = "linux")]
    {
        let socket = socket2::SockRef::from(stream);
        // Limits how long sent data may stay unacknowledged. Detects a peer that vanished, or one that does not read a response that fits
        // into the kernel's buffer, where our own limit on stalled writes cannot detect it.
        let _ = socket.set_tcp_user_timeout(Some(activity::STALL));
        // Bounds the kernel memory per slow reader, without limiting the speed of the others.
        let _ = socket.set_tcp_notsent_lowat(128 * 1024);
    }
}
