//! Response bodies with transport faults.

use std::{io, io::Write, time::Duration};

use axum::{
    body::Body,
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use bytes::Bytes;
use flate2::{Compression, Crc, write::DeflateEncoder};
use futures::stream;

use crate::answer::json_body;

/// Number of spaces before the page of [`huge`].
const HUGE_BYTES: usize = 50_000_000;
/// Number of spaces that one block of [`gzip_bomb`] unpacks to, and the number of blocks.
const BOMB_BLOCK: usize = 1 << 20;
const BOMB_BLOCKS: usize = 1 << 10;

/// `Content-Length` is half a body longer than what is sent; hyper then closes the connection.
pub(super) fn short_of_its_length(body: Vec<u8>) -> Response {
    let promised = body.len() + body.len() / 2 + 1;
    let mut response =
        json_body(StatusCode::OK, Body::from_stream(stream::iter([Ok::<_, io::Error>(Bytes::from(body))])));
    response.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from(promised));
    response
}

/// Chunks without the last one.
pub(super) fn broken_off(mut body: Vec<u8>) -> Response {
    body.truncate(body.len() / 2);
    let chunks = [Ok(Bytes::from(body)), Err(io::Error::from(io::ErrorKind::ConnectionAborted))];
    json_body(StatusCode::OK, Body::from_stream(stream::iter(chunks)))
}

/// A valid body that is sent very slowly.
pub(super) fn dripping(body: Vec<u8>, bytes_per_second: u32) -> Response {
    let (size, pause) = drop_of(bytes_per_second);
    let drops = stream::unfold(Bytes::from(body), move |mut rest| async move {
        if rest.is_empty() {
            return None;
        }
        tokio::time::sleep(pause).await;
        let drop = rest.split_to(size.min(rest.len()));
        Some((Ok::<_, io::Error>(drop), rest))
    });
    json_body(StatusCode::OK, Body::from_stream(drops))
}

/// Returns the bytes of one chunk, and the pause before it.
fn drop_of(bytes_per_second: u32) -> (usize, Duration) {
    // Fifty chunks a second are as slow as thousands of smaller ones, and need fewer timers.
    let size = bytes_per_second.div_ceil(50).max(1);
    let pause = Duration::from_secs(1) * size / bytes_per_second.max(1);
    (usize::try_from(size).unwrap_or(usize::MAX), pause)
}

/// 50 MB of spaces, then the page: valid JSON for a client with enough memory.
pub(super) fn huge(body: Vec<u8>) -> Response {
    const CHUNK: usize = 1 << 16;
    let blanks = Bytes::from(vec![b' '; CHUNK]);
    let chunks = std::iter::repeat_n(blanks, HUGE_BYTES.div_ceil(CHUNK)).chain([Bytes::from(body)]);
    json_body(StatusCode::OK, Body::from_stream(stream::iter(chunks.map(Ok::<_, io::Error>))))
}

/// A gzip stream of about a megabyte that unpacks to a gibibyte of spaces and then the page.
///
/// The spaces are one deflate block, flushed and repeated: compressing a gibibyte would take this server longer than
/// the client needs to fail.
pub(super) fn gzip_bomb(body: &[u8]) -> Response {
    let blanks = vec![b' '; BOMB_BLOCK];
    let mut crc_of_block = Crc::new();
    crc_of_block.update(&blanks);
    let mut crc = Crc::new();
    for _ in 0..BOMB_BLOCKS {
        crc.combine(&crc_of_block);
    }
    crc.update(body);
    let packed = pack(&blanks, body);
    let Ok((head, block, tail)) = packed else { return json_body(StatusCode::OK, body.to_vec()) };

    let mut trailer = tail;
    trailer.extend_from_slice(&crc.sum().to_le_bytes());
    trailer.extend_from_slice(&crc.amount().to_le_bytes());
    let chunks = [Bytes::from(head)]
        .into_iter()
        .chain(std::iter::repeat_n(Bytes::from(block), BOMB_BLOCKS))
        .chain([Bytes::from(trailer)]);
    let mut response = json_body(StatusCode::OK, Body::from_stream(stream::iter(chunks.map(Ok::<_, io::Error>))));
    response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    response
}

/// Returns the header, one block of spaces, and the page as the end of the stream.
fn pack(blanks: &[u8], body: &[u8]) -> io::Result<(Vec<u8>, Vec<u8>, Vec<u8>)> {
    /// A gzip header without name, time and options (RFC 1952).
    const HEAD: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
    let mut block = DeflateEncoder::new(Vec::new(), Compression::best());
    block.write_all(blanks)?;
    // A flush ends the block on a byte boundary and keeps the stream open.
    block.flush()?;
    let block = block.get_ref().clone();
    let mut tail = DeflateEncoder::new(Vec::new(), Compression::fast());
    tail.write_all(body)?;
    Ok((HEAD.to_vec(), block, tail.finish()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drip_of_one_byte_a_second_sends_one_byte_a_second() {
        assert_eq!(drop_of(1), (1, Duration::from_secs(1)));
        assert_eq!(drop_of(50), (1, Duration::from_millis(20)));
        assert_eq!(drop_of(5000), (100, Duration::from_millis(20)));
    }
}
