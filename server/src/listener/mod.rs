//! The TCP side of the web server: who may connect, how long they may take, and how it ends.
//!
//! A loop of our own instead of `axum::serve`, which has no timeouts, no limits on connections and no deadline for a graceful stop, and
//! copies the table of routes for every connection.
//!
//! HTTP/1 only. No browser speaks HTTP/2 without TLS, and proxies speak HTTP/1.1 to what is behind them, so the second protocol would only
//! be more to attack (floods of resets and of header frames, windows that never open). Its preface is answered with 505.

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

/// Pause after an error that the next `accept` would meet as well, such as no file being left.
const PAUSE: Duration = Duration::from_millis(100);

/// A bound address with its limits.
#[derive(Debug)]
pub(crate) struct Listener {
    socket: TcpListener,
    admission: Arc<Admission>,
}

impl Listener {
    /// Takes the address; nobody is answered before [`Self::serve`].
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

    /// Serves until `stop`. Then nobody new is accepted, connections without a request are closed, and answers in progress may take until
    /// `drain` is over.
    pub(crate) async fn serve(self, router: Router, stop: CancellationToken, drain: Duration) {
        // Once for all: `axum::serve` does this for each connection, which costs 60 to 180 kB of memory in every one.
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
                    // Closed without a word: a word costs more than this program can spare now.
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
            tracing::warn!(connections = connections.len(), "answers that nobody took in time are cut off");
            abort.cancel();
            connections.wait().await;
        }
    }
}

/// The next connection, whatever goes wrong in between.
async fn accept(socket: &TcpListener) -> (TcpStream, SocketAddr) {
    static LINES: OnceASecond = OnceASecond::new();
    loop {
        match socket.accept().await {
            Ok(accepted) => return accepted,
            Err(error) if is_of_one_connection(&error) => {}
            Err(error) => {
                if let Some(unsaid) = LINES.allow() {
                    tracing::error!(%error, unsaid, "could not accept a connection; trying again");
                }
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
}

/// Whether only the connection that was about to be accepted has failed, which is nobody's fault and no reason to wait.
fn is_of_one_connection(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset, Interrupted};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset | Interrupted)
}

/// Socket options. None of them is worth a refusal, so that failures are ignored: the peer may have gone already.
fn prepare(stream: &TcpStream) {
    // An event is smaller than a packet, and must not wait for the next.
    let _ = stream.set_nodelay(true);
    #[cfg(target_os = "linux")]
    {
        let socket = socket2::SockRef::from(stream);
        // What is in the kernel's hands but not acknowledged: a peer that vanished, or that does not read an answer which fits into
        // the kernel's buffer, where our own limit on stalled writes cannot see it.
        let _ = socket.set_tcp_user_timeout(Some(activity::STALL));
        // Bounds the kernel memory behind each slow reader, without bounding the speed of the others.
        let _ = socket.set_tcp_notsent_lowat(128 * 1024);
    }
}
