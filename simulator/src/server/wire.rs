//! A listener whose connections can be reset from inside a handler.
//!
//! hyper always closes a connection gracefully, so a TCP reset has to be produced below it. The handler sets a flag on
//! the [`Peer`] in its request. That connection then rejects writes and is reset when hyper drops it.

use std::{
    io,
    net::SocketAddr,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll},
};

use axum::{
    extract::connect_info::Connected,
    serve::{IncomingStream, Listener},
};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::{TcpListener, TcpStream},
};

/// The peer of a connection, as handlers see it.
#[derive(Clone, Debug)]
pub(super) struct Peer {
    addr: SocketAddr,
    must_reset: Arc<AtomicBool>,
}

impl Peer {
    /// Makes the connection end in a reset instead of a response.
    pub(super) fn mark_for_reset(&self) {
        tracing::debug!(peer = %self.addr, "connection will be reset");
        self.must_reset.store(true, Ordering::SeqCst);
    }
}

impl Connected<IncomingStream<'_, WiredListener>> for Peer {
    fn connect_info(stream: IncomingStream<'_, WiredListener>) -> Self {
        stream.remote_addr().clone()
    }
}

/// Accepts connections that carry their [`Peer`].
pub(super) struct WiredListener(pub(super) TcpListener);

impl Listener for WiredListener {
    type Io = WiredStream;
    type Addr = Peer;

    async fn accept(&mut self) -> (WiredStream, Peer) {
        // axum's own accept retries after errors such as too many open files.
        let (stream, addr) = Listener::accept(&mut self.0).await;
        let peer = Peer { addr, must_reset: Arc::default() };
        (WiredStream { stream, must_reset: Arc::clone(&peer.must_reset) }, peer)
    }

    fn local_addr(&self) -> io::Result<Peer> {
        Ok(Peer { addr: self.0.local_addr()?, must_reset: Arc::default() })
    }
}

/// A TCP stream that is reset on drop if its peer has `must_reset` set.
pub(super) struct WiredStream {
    stream: TcpStream,
    must_reset: Arc<AtomicBool>,
}

impl WiredStream {
    fn check(&self) -> io::Result<()> {
        if self.must_reset.load(Ordering::SeqCst) { Err(io::ErrorKind::ConnectionReset.into()) } else { Ok(()) }
    }
}

impl Drop for WiredStream {
    fn drop(&mut self) {
        // With zero linger, closing sends RST instead of FIN. If the option cannot be set, the socket is closed
        // normally.
        if self.must_reset.load(Ordering::SeqCst)
            && let Err(error) = self.stream.set_zero_linger()
        {
            tracing::warn!(%error, "cannot reset a connection");
        }
    }
}

impl AsyncRead for WiredStream {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buf)
    }
}

impl AsyncWrite for WiredStream {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        self.check()?;
        Pin::new(&mut self.stream).poll_write(cx, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.check()?;
        Pin::new(&mut self.stream).poll_write_vectored(cx, slices)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.check()?;
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.check()?;
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
