//! A client that may leave things incomplete: half a head, a response that it does not read.

use std::{
    io,
    net::{Ipv4Addr, SocketAddr},
    time::Duration,
};

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpSocket, TcpStream},
};

/// Time limit for responses on a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);

#[derive(Debug)]
pub(crate) struct Raw(TcpStream);

impl Raw {
    pub(crate) async fn connect(addr: SocketAddr) -> Self {
        Self(TcpStream::connect(addr).await.expect("it listens"))
    }

    /// Connects from another loopback address; Linux has sixteen million of them.
    pub(crate) async fn connect_from(last: u8, addr: SocketAddr) -> Self {
        let socket = TcpSocket::new_v4().expect("a socket");
        socket.bind((Ipv4Addr::new(127, 0, 0, last), 0).into()).expect("an address of the loopback");
        Self(socket.connect(addr).await.expect("it listens"))
    }

    /// Connects with a very small receive buffer.
    pub(crate) async fn connect_narrow(addr: SocketAddr) -> Self {
        let socket = TcpSocket::new_v4().expect("a socket");
        socket.set_recv_buffer_size(4096).expect("a buffer may be small");
        Self(socket.connect(addr).await.expect("it listens"))
    }

    pub(crate) async fn send(&mut self, text: &str) {
        self.0.write_all(text.as_bytes()).await.expect("the connection is open");
    }

    /// Sends as much as the other side accepts.
    pub(crate) fn send_what_fits(&mut self, text: &str) {
        let _ = self.0.try_write(text.as_bytes());
    }

    /// Requests a path and leaves the connection open.
    pub(crate) async fn ask(&mut self, path: &str) {
        self.send(&format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n")).await;
    }

    /// Reads at least up to the end of a head.
    pub(crate) async fn head(&mut self) -> String {
        let mut text = Vec::new();
        let read = async {
            while !text.windows(4).any(|window| window == b"\r\n\r\n") {
                if self.0.read_buf(&mut text).await? == 0 {
                    break;
                }
            }
            io::Result::Ok(())
        };
        let read = tokio::time::timeout(PATIENCE, read).await.expect("it answers in time");
        let text = String::from_utf8_lossy(&text).into_owned();
        assert!(read.is_ok() || !text.is_empty(), "the connection was reset");
        text
    }

    /// Returns the number of bytes in the kernel's buffer that this client has not read.
    #[cfg(target_os = "linux")]
    pub(crate) fn held(&self) -> u64 {
        let port = |addr: io::Result<SocketAddr>| format!(":{:04X}", addr.expect("it is connected").port());
        let (server, client) = (port(self.0.peer_addr()), port(self.0.local_addr()));
        let sockets = std::fs::read_to_string("/proc/net/tcp").expect("Linux lists its sockets");
        let held = sockets.lines().find_map(|line| {
            let mut fields = line.split_ascii_whitespace().skip(1);
            let is_it = fields.next()?.ends_with(&server) && fields.next()?.ends_with(&client);
            let queues = fields.nth(1)?;
            is_it.then(|| u64::from_str_radix(queues.split(':').next()?, 16).ok())?
        });
        held.unwrap_or(0)
    }

    /// Returns the status of the next response.
    pub(crate) async fn status(&mut self) -> u16 {
        let head = self.head().await;
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok());
        status.unwrap_or_else(|| panic!("no answer: {head:?}"))
    }

    /// Reads everything up to the end of the connection; fails if that is a reset or takes too long.
    pub(crate) async fn rest(&mut self, patience: Duration) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        match tokio::time::timeout(patience, self.0.read_to_end(&mut bytes)).await {
            Ok(read) => read.map(|_| bytes),
            Err(late) => Err(late.into()),
        }
    }

    /// Reads everything that arrives within that time, or until the connection ends.
    pub(crate) async fn read_for(&mut self, patience: Duration) -> Vec<u8> {
        let mut bytes = Vec::new();
        let reading = async { while matches!(self.0.read_buf(&mut bytes).await, Ok(1..)) {} };
        let _ = tokio::time::timeout(patience, reading).await;
        bytes
    }

    /// Returns whether the other side has closed the connection, now or within that time.
    pub(crate) async fn is_closed_within(&mut self, patience: Duration) -> bool {
        !matches!(self.rest(patience).await, Err(error) if error.kind() == io::ErrorKind::TimedOut)
    }
}

/// Returns the status of a request on a separate connection.
pub(crate) async fn status_of(addr: SocketAddr, path: &str) -> u16 {
    let mut client = Raw::connect(addr).await;
    client.ask(path).await;
    client.status().await
}
