//! A Postgres protocol proxy between a program and its database that makes a chosen statement fail in a chosen way.
//!
//! A *statement* is a unit that the client waits for: an extended-protocol group up to `Sync`, a simple `Query`, or the end of a `COPY`.
//! The statements of all connections are counted together, by their text. Startup and authentication pass through.

use std::{
    collections::HashMap,
    io,
    sync::{Arc, Mutex, PoisonError},
};

use tempfile::TempDir;
use tokio::{
    io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _, BufReader},
    net::{TcpStream, UnixListener, UnixStream, unix::OwnedWriteHalf},
    sync::watch,
    task::JoinHandle,
};
use url::Url;

use crate::upstream::Upstream;

/// How a statement fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Strike {
    /// The backend raises this SQLSTATE instead of executing the statement.
    State(&'static str),
    /// The server sends this SQLSTATE as a FATAL error and closes the connection.
    Fatal(&'static str),
    /// The statement is executed, and the connection is closed before its response.
    LoseAnswer,
}

/// A statement of a run, identified by its text and how often that text was sent before. An index over all statements would not be
/// reproducible: which connection of a pool is free, and what it has prepared, depends on timing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Statement {
    /// The SQL, or a label for another end of a group.
    pub(crate) said: String,
    /// How often this text was sent, from 1.
    pub(crate) time: usize,
}

/// The statement that fails, and the counts.
#[derive(Debug, Default)]
struct Book {
    strike: Option<(Statement, Strike)>,
    statements: Vec<Statement>,
    times: HashMap<String, usize>,
    has_struck: bool,
}

/// A proxy in front of the server in `DATABASE_URL`.
#[derive(Debug)]
pub(crate) struct Proxy {
    /// Contains the socket: over TCP, sqlx leaves Nagle's algorithm on, and each COPY would wait 40 ms for nothing.
    folder: TempDir,
    book: Arc<Mutex<Book>>,
    task: JoinHandle<()>,
}

impl Proxy {
    /// Listens, and passes everything on except the statement that fails.
    pub(crate) async fn open(strike: Option<(Statement, Strike)>) -> Self {
        let upstream = Upstream::from_environment();
        let folder = tempfile::tempdir().expect("a temporary folder");
        let listener = UnixListener::bind(folder.path().join(".s.PGSQL.5432")).expect("the folder is ours");
        let book = Arc::new(Mutex::new(Book { strike, ..Book::default() }));
        let shared = Arc::clone(&book);
        let task = tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                tokio::spawn(serve(client, upstream.clone(), Arc::clone(&shared)));
            }
        });
        Self { folder, book, task }
    }

    /// Returns the URL of a database through this proxy.
    pub(crate) fn url(&self, database_url: &str) -> String {
        let mut url = Url::parse(database_url).expect("a URL");
        url.set_query(None);
        url.query_pairs_mut().append_pair("host", &self.folder.path().to_string_lossy());
        url.set_port(None).expect("the scheme has ports");
        url.into()
    }

    /// Returns the statements so far.
    pub(crate) fn statements(&self) -> Vec<Statement> {
        lock(&self.book).statements.clone()
    }

    /// Returns whether the chosen statement was sent.
    pub(crate) fn has_struck(&self) -> bool {
        lock(&self.book).has_struck
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.task.abort();
    }
}

fn lock(book: &Mutex<Book>) -> std::sync::MutexGuard<'_, Book> {
    book.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn serve(client: UnixStream, upstream: Upstream, book: Arc<Mutex<Book>>) {
    // Either side may close at any time; this is the purpose of the proxy.
    let _ = match upstream {
        Upstream::Socket(path) => match UnixStream::connect(path).await {
            Ok(server) => {
                let (read, write) = server.into_split();
                relay(client, read, write, book).await
            }
            Err(error) => Err(error),
        },
        Upstream::Tcp(address) => match TcpStream::connect(address).await {
            Ok(server) => {
                let _ = server.set_nodelay(true);
                let (read, write) = server.into_split();
                relay(client, read, write, book).await
            }
            Err(error) => Err(error),
        },
    };
}

/// Progress of the server's responses.
#[derive(Clone, Copy, Debug, Default)]
struct Answered {
    /// Messages `ReadyForQuery` so far.
    ready: usize,
    /// Messages `CopyInResponse` so far: the response to a `COPY`, which is not ready before it has its data.
    copies: usize,
    /// The server has closed the connection.
    has_ended: bool,
}

async fn relay(
    client: UnixStream,
    server_read: impl AsyncRead + Unpin + Send + 'static,
    mut server: impl AsyncWrite + Unpin,
    book: Arc<Mutex<Book>>,
) -> io::Result<()> {
    let (client_read, client_write) = client.into_split();
    let mut client = BufReader::new(client_read);
    let client_write = Arc::new(tokio::sync::Mutex::new(client_write));
    start_up(&mut client, &client_write, &mut server).await?;
    let (answered, mut progress) = watch::channel(Answered::default());
    let (mute, is_mute) = watch::channel(false);
    let back = tokio::spawn(pass_back(server_read, Arc::clone(&client_write), answered, is_mute));
    let outcome = pass_on(&mut client, &client_write, &mut server, &book, &mut progress, &mute).await;
    // Closes both connections: the task has their last halves.
    back.abort();
    let _ = back.await;
    outcome
}

async fn pass_on(
    client: &mut (impl AsyncRead + Unpin),
    client_write: &tokio::sync::Mutex<OwnedWriteHalf>,
    server: &mut (impl AsyncWrite + Unpin),
    book: &Mutex<Book>,
    progress: &mut watch::Receiver<Answered>,
    mute: &watch::Sender<bool>,
) -> io::Result<()> {
    let mut group = Vec::new();
    let mut said = String::new();
    // The SQL of each prepared statement, by name.
    let mut prepared: HashMap<Vec<u8>, String> = HashMap::new();
    // The end of the startup is the first response.
    let mut asked = 1;
    loop {
        let message = read_message(client).await?;
        let body = &message[5..];
        match message[0] {
            b'P' => {
                let (name, sql) = split(body);
                prepared.insert(name.to_vec(), text(sql));
                said = format!("prepare {}", text(sql));
            }
            b'B' => {
                let (_portal, rest) = split(body);
                if let Some(sql) = prepared.get(split(rest).0) {
                    said.clone_from(sql);
                }
            }
            b'Q' => said = text(body),
            b'c' => said = "end of copy".to_owned(),
            _ => {}
        }
        match message[0] {
            b'p' | b'd' | b'f' => {
                server.write_all(&message).await?;
                continue;
            }
            b'X' => return server.write_all(&message).await,
            b'Q' | b'S' | b'c' => {}
            _ => {
                group.extend_from_slice(&message);
                continue;
            }
        }
        let ends_a_copy = message[0] == b'c';
        let is_ping = group.is_empty() && message[0] == b'S';
        group.extend_from_slice(&message);
        if is_ping {
            said = "ping".to_owned();
        } else if said.is_empty() {
            said = "execution".to_owned();
        }
        // Number of responses expected before this statement; a COPY was already counted, but its response is still pending.
        let before = asked - usize::from(ends_a_copy);
        match note(book, &said) {
            None => server.write_all(&group).await?,
            Some(Strike::State(_)) if ends_a_copy => server.write_all(&message_of(b'f', b"struck\0")).await?,
            Some(Strike::State(state)) => {
                let raise = format!("do $$ begin raise exception 'struck' using errcode = '{state}'; end $$\0");
                server.write_all(&message_of(b'Q', raise.as_bytes())).await?;
            }
            Some(Strike::Fatal(state)) => {
                let _ = progress.wait_for(|it| it.ready >= before || it.has_ended).await;
                mute.send_replace(true);
                let last = format!("SFATAL\0VFATAL\0C{state}\0Mstruck\0\0");
                client_write.lock().await.write_all(&message_of(b'E', last.as_bytes())).await?;
                return Ok(());
            }
            Some(Strike::LoseAnswer) => {
                let _ = progress.wait_for(|it| it.ready >= before || it.has_ended).await;
                mute.send_replace(true);
                let copies = progress.borrow().copies;
                server.write_all(&group).await?;
                let _ = progress.wait_for(|it| it.ready > before || it.copies > copies || it.has_ended).await;
                return Ok(());
            }
        }
        asked += usize::from(!ends_a_copy);
        group.clear();
        said.clear();
    }
}

/// Counts a statement, and returns the strike if it is the chosen one.
fn note(book: &Mutex<Book>, said: &str) -> Option<Strike> {
    let mut book = lock(book);
    let time = book.times.entry(said.to_owned()).or_default();
    *time += 1;
    let statement = Statement { said: said.to_owned(), time: *time };
    let strike = book.strike.as_ref().filter(|(at, _)| *at == statement).map(|(_, strike)| *strike);
    book.statements.push(statement);
    book.has_struck |= strike.is_some();
    strike
}

/// Passes on the client's first message, which has no type; a request for encryption before it is declined.
async fn start_up(
    client: &mut (impl AsyncRead + Unpin),
    client_write: &tokio::sync::Mutex<OwnedWriteHalf>,
    server: &mut (impl AsyncWrite + Unpin),
) -> io::Result<()> {
    const ENCRYPTION: i32 = 80_877_103;
    loop {
        let length = client.read_i32().await?;
        let mut rest = vec![0; usize::try_from(length - 4).unwrap_or_default()];
        client.read_exact(&mut rest).await?;
        if rest == ENCRYPTION.to_be_bytes() {
            client_write.lock().await.write_all(b"N").await?;
            continue;
        }
        server.write_all(&length.to_be_bytes()).await?;
        return server.write_all(&rest).await;
    }
}

/// Passes responses on until muted, and keeps counting them.
async fn pass_back(
    server: impl AsyncRead + Unpin,
    client: Arc<tokio::sync::Mutex<OwnedWriteHalf>>,
    answered: watch::Sender<Answered>,
    is_mute: watch::Receiver<bool>,
) {
    let mut server = BufReader::new(server);
    while let Ok(message) = read_message(&mut server).await {
        if !*is_mute.borrow() && client.lock().await.write_all(&message).await.is_err() {
            break;
        }
        match message[0] {
            b'Z' => answered.send_modify(|it| it.ready += 1),
            b'G' => answered.send_modify(|it| it.copies += 1),
            _ => {}
        }
    }
    answered.send_modify(|it| it.has_ended = true);
    // The server has closed, so the client's connection is closed too.
    let _ = client.lock().await.shutdown().await;
}

/// Reads a whole message, starting with its type.
async fn read_message(from: &mut (impl AsyncRead + Unpin)) -> io::Result<Vec<u8>> {
    let kind = from.read_u8().await?;
    let length = from.read_i32().await?;
    let mut message = vec![0; usize::try_from(length).unwrap_or_default() + 1];
    if message.len() < 5 {
        return Err(io::ErrorKind::InvalidData.into());
    }
    message[0] = kind;
    message[1..5].copy_from_slice(&length.to_be_bytes());
    from.read_exact(&mut message[5..]).await?;
    Ok(message)
}

fn message_of(kind: u8, body: &[u8]) -> Vec<u8> {
    let length = i32::try_from(body.len() + 4).expect("messages are short");
    [&[kind], length.to_be_bytes().as_slice(), body].concat()
}

/// Returns the bytes before and after the first zero byte.
fn split(bytes: &[u8]) -> (&[u8], &[u8]) {
    let end = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
    (&bytes[..end], bytes.get(end + 1..).unwrap_or_default())
}

/// Returns the text up to its zero byte, cut to one readable line.
fn text(bytes: &[u8]) -> String {
    let end = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
    let words: Vec<&str> = std::str::from_utf8(&bytes[..end]).unwrap_or("?").split_whitespace().collect();
    words.join(" ").chars().take(120).collect()
}
