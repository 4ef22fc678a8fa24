//! A minimal HTTP client, to count what a browser would load and to send requests on many connections at once.

use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpStream},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result};

/// A response, with the body as sent over the wire: still compressed.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: Vec<u8>,
}

/// Requests a path. Responses with the content encoding `encoding` are accepted and not decompressed.
pub(crate) fn get(address: SocketAddr, path: &str, encoding: &str) -> Result<Answer> {
    let mut stream = TcpStream::connect_timeout(&address, Duration::from_secs(5)).context("could not connect")?;
    stream.set_read_timeout(Some(Duration::from_secs(30)))?;
    let request = format!(
        "GET {path} HTTP/1.1\r\nHost: {address}\r\nAccept: text/html\r\nAccept-Encoding: {encoding}\r\nConnection: close\r\n\r\n"
    );
    stream.write_all(request.as_bytes())?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    parse(&answer).with_context(|| format!("the response for {path} is not HTTP"))
}

/// The responses during a load.
#[derive(Debug, Default)]
pub(super) struct Load {
    /// Responses by status.
    pub(super) statuses: BTreeMap<u16, usize>,
    /// Connections that could not be opened or were interrupted.
    pub(super) broken: usize,
    /// The longest time from a request to the end of its response.
    pub(super) slowest: Duration,
}

impl Load {
    pub(super) fn add(&mut self, other: &Self) {
        for (status, count) in &other.statuses {
            *self.statuses.entry(*status).or_default() += count;
        }
        self.broken += other.broken;
        self.slowest = self.slowest.max(other.slowest);
    }

    pub(super) fn count(&self) -> usize {
        self.statuses.values().sum()
    }

    /// Requests without a response, or with a server error.
    pub(super) fn failed(&self) -> usize {
        self.broken + self.statuses.iter().filter(|(status, _)| **status >= 500).map(|(_, count)| count).sum::<usize>()
    }
}

/// Sends requests on several connections, each as soon as its last response is complete, until the time is over.
pub(super) fn load(address: SocketAddr, path: &str, connections: usize, time: Duration) -> Load {
    let deadline = Instant::now() + time;
    many(connections, || ask_until(address, path, |_| Instant::now() >= deadline))
}

/// Sends one request on each of several connections.
pub(super) fn burst(address: SocketAddr, path: &str, connections: usize) -> Load {
    many(connections, || ask_until(address, path, |asked| asked > 0))
}

fn many(connections: usize, ask: impl Fn() -> Load + Sync) -> Load {
    thread::scope(|scope| {
        let asking: Vec<_> = (0..connections).map(|_| scope.spawn(&ask)).collect();
        asking.into_iter().fold(Load::default(), |mut sum, one| {
            match one.join() {
                Ok(load) => sum.add(&load),
                Err(_) => sum.broken += 1,
            }
            sum
        })
    })
}

fn ask_until(address: SocketAddr, path: &str, is_enough: impl Fn(usize) -> bool) -> Load {
    let mut load = Load::default();
    let mut kept = None;
    while !is_enough(load.count() + load.broken) {
        let start = Instant::now();
        match ask(&mut kept, address, path) {
            Ok(status) => *load.statuses.entry(status).or_default() += 1,
            Err(_) => {
                kept = None;
                load.broken += 1;
            }
        }
        load.slowest = load.slowest.max(start.elapsed());
    }
    load
}

/// Sends one request on a connection that is kept for the next.
fn ask(kept: &mut Option<BufReader<TcpStream>>, address: SocketAddr, path: &str) -> Result<u16> {
    if kept.is_none() {
        let stream = TcpStream::connect_timeout(&address, Duration::from_secs(5))?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_secs(60)))?;
        *kept = Some(BufReader::new(stream));
    }
    let stream = kept.as_mut().context("there is a connection")?;
    write!(stream.get_mut(), "GET {path} HTTP/1.1\r\nHost: {address}\r\nAccept: text/html\r\n\r\n")?;
    let mut line = String::new();
    stream.read_line(&mut line)?;
    let status = line.split_ascii_whitespace().nth(1).and_then(|status| status.parse().ok()).context("not HTTP")?;
    let (mut length, mut is_chunked, mut is_last) = (0, false, false);
    loop {
        line.clear();
        stream.read_line(&mut line)?;
        let head = line.trim().to_ascii_lowercase();
        match head.split_once(':') {
            None => break,
            Some(("content-length", value)) => length = value.trim().parse::<u64>()?,
            Some(("transfer-encoding", value)) => is_chunked = value.trim() == "chunked",
            Some(("connection", value)) => is_last = value.trim() == "close",
            Some(_) => {}
        }
    }
    loop {
        if is_chunked {
            line.clear();
            stream.read_line(&mut line)?;
            // Including the line break after the chunk.
            length = u64::from_str_radix(line.trim(), 16)? + 2;
        }
        let read = std::io::copy(&mut stream.by_ref().take(length), &mut std::io::sink())?;
        anyhow::ensure!(read == length, "the response is truncated");
        if !is_chunked || length == 2 {
            break;
        }
    }
    if is_last {
        *kept = None;
    }
    Ok(status)
}

fn parse(answer: &[u8]) -> Option<Answer> {
    let end = answer.windows(4).position(|window| window == b"\r\n\r\n")?;
    let (head, body) = (std::str::from_utf8(&answer[..end]).ok()?, &answer[end + 4..]);
    let status = head.split_ascii_whitespace().nth(1)?.parse().ok()?;
    let is_chunked = head.lines().any(|line| line.to_ascii_lowercase().trim() == "transfer-encoding: chunked");
    Some(Answer { status, body: if is_chunked { unchunk(body)? } else { body.to_vec() } })
}

fn unchunk(mut body: &[u8]) -> Option<Vec<u8>> {
    let mut whole = Vec::new();
    loop {
        let end = body.windows(2).position(|window| window == b"\r\n")?;
        let size = usize::from_str_radix(std::str::from_utf8(&body[..end]).ok()?.split(';').next()?.trim(), 16).ok()?;
        if size == 0 {
            return Some(whole);
        }
        let start = end + 2;
        whole.extend_from_slice(body.get(start..start + size)?);
        body = body.get(start + size + 2..)?;
    }
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn a_chunked_response_is_assembled() {
        let answer = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n";
        let answer = parse(answer).unwrap();
        assert_eq!((answer.status, answer.body.as_slice()), (200, b"abcde".as_slice()));
    }

    #[test]
    fn a_truncated_response_is_an_error() {
        assert!(parse(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nab").is_none());
        assert!(parse(b"HTTP/1.1 200 OK\r\n").is_none());
    }
}
