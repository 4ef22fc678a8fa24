//! The connection between the program and its database, which tests can cut.

use std::io;

use tempfile::TempDir;
use tokio::{
    io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _},
    net::{TcpStream, UnixListener, UnixStream},
    sync::watch,
    task::JoinHandle,
};
use url::Url;

use crate::upstream::Upstream;

/// The state of every connection, old and new.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Line {
    Whole,
    /// Nothing is passed on and no connection is closed: like a network failure or a suspended Postgres.
    Silent,
    /// Closed, and new connections are closed at once.
    Cut,
}

/// A proxy in front of the server in `DATABASE_URL`, on a separate Unix socket.
#[derive(Debug)]
pub(crate) struct Wire {
    folder: TempDir,
    line: watch::Sender<Line>,
    task: JoinHandle<()>,
}

impl Wire {
    pub(crate) fn open() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let listener = UnixListener::bind(folder.path().join(".s.PGSQL.5432")).expect("the folder is ours");
        let (line, state) = watch::channel(Line::Whole);
        let upstream = Upstream::from_environment();
        let task = tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                tokio::spawn(serve(client, upstream.clone(), state.clone()));
            }
        });
        Self { folder, line, task }
    }

    pub(crate) fn set(&self, line: Line) {
        self.line.send_replace(line);
    }

    /// Returns the URL of a database through this proxy.
    pub(crate) fn url(&self, database_url: &str) -> String {
        let mut url = Url::parse(database_url).expect("a URL");
        url.set_query(None);
        url.query_pairs_mut().append_pair("host", &self.folder.path().to_string_lossy());
        url.set_port(None).expect("the scheme has ports");
        url.into()
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(client: UnixStream, upstream: Upstream, mut line: watch::Receiver<Line>) {
    let cut = {
        let mut line = line.clone();
        async move { line.wait_for(|line| *line == Line::Cut).await.map(drop) }
    };
    if *line.borrow_and_update() == Line::Cut {
        return;
    }
    let (client_read, client_write) = client.into_split();
    let relay = async {
        match upstream {
            Upstream::Socket(path) => {
                let (read, write) = UnixStream::connect(path).await?.into_split();
                both(client_read, client_write, read, write, line).await
            }
            Upstream::Tcp(address) => {
                let (read, write) = TcpStream::connect(address).await?.into_split();
                both(client_read, client_write, read, write, line).await
            }
        }
    };
    tokio::select! {
        // Either side may close at any time.
        _ = relay => {}
        _ = cut => {}
    }
}

async fn both(
    client_read: impl AsyncRead + Unpin,
    client_write: impl AsyncWrite + Unpin,
    server_read: impl AsyncRead + Unpin,
    server_write: impl AsyncWrite + Unpin,
    line: watch::Receiver<Line>,
) -> io::Result<()> {
    tokio::select! {
        ended = pass(client_read, server_write, line.clone()) => ended,
        ended = pass(server_read, client_write, line) => ended,
    }
}

async fn pass(
    mut from: impl AsyncRead + Unpin,
    mut to: impl AsyncWrite + Unpin,
    mut line: watch::Receiver<Line>,
) -> io::Result<()> {
    let mut buffer = vec![0; 16 * 1024];
    loop {
        let read = from.read(&mut buffer).await?;
        // Data in transit waits until the line is whole again.
        if line.wait_for(|line| *line == Line::Whole).await.is_err() || read == 0 {
            return Ok(());
        }
        to.write_all(&buffer[..read]).await?;
    }
}
