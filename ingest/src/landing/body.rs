//! Reads landed bodies, wherever they are stored.

use std::{collections::VecDeque, io};

use bytes::Bytes;
use sha2::{Digest as _, Sha256};
use sqlx::{PgConnection, PgPool};

use super::{PageId, segment::SegmentReader};
use crate::error::Error;

/// Total length of the bodies that are kept. A list of which only one page changes is received again and again: without
/// them, each of its runs would read the segment from the beginning.
const KEPT_BYTES: usize = 16 << 20;

/// Reads bodies one after another. It keeps the segment that it reads, at its position, and the bodies that it read
/// last: a replay unpacks each segment once, and not once for each body. Needs less than 50 MB.
#[derive(Default)]
pub(crate) struct Bodies {
    segment: Option<(i64, SegmentReader)>,
    kept: VecDeque<(PageId, Bytes)>,
    kept_bytes: usize,
}

/// Where a body is.
#[derive(sqlx::FromRow)]
struct Place {
    body_bytes: i64,
    body_zstd: Option<Vec<u8>>,
    raw_ll2_segment_id: Option<i64>,
    segment_offset: Option<i64>,
}

impl Bodies {
    /// Unpacks a body and verifies its hash.
    pub(crate) async fn open(&mut self, connection: &mut PgConnection, id: PageId) -> Result<Bytes, Error> {
        if let Some((_, body)) = self.kept.iter().find(|(kept, _)| *kept == id) {
            return Ok(body.clone());
        }
        let damaged = |reason| Error::Landing { page: id.to_string(), reason };
        let place: Option<Place> = sqlx::query_as(
            "select body_bytes, body_zstd, raw_ll2_segment_id, segment_offset from raw_ll2_page where sha256 = $1",
        )
        .bind(id.as_bytes())
        .fetch_optional(&mut *connection)
        .await
        .map_err(Error::database("read a landed page"))?;
        let place = place.ok_or_else(|| damaged("is missing"))?;
        let length = usize::try_from(place.body_bytes).map_err(|_| damaged("has an invalid length"))?;
        let body = match (place.body_zstd, place.raw_ll2_segment_id, place.segment_offset) {
            (Some(packed), ..) => unpacked(move || zstd::bulk::decompress(&packed, length).map(Bytes::from)).await?,
            (None, Some(segment_id), Some(offset)) => {
                let offset = u64::try_from(offset).map_err(|_| damaged("has an invalid position"))?;
                let frame = self.segment(connection, segment_id).await?;
                let mut reader = frame.ok_or_else(|| damaged("is in a segment that is missing or damaged"))?;
                let (reader, body) = tokio::task::spawn_blocking(move || {
                    let body = reader.read(offset, length);
                    (reader, body)
                })
                .await?;
                self.segment = Some((segment_id, reader));
                let body = body.map_err(|_| damaged("is in a segment that is damaged"))?;
                if Sha256::digest(&body).as_slice() == id.as_bytes() {
                    self.keep(id, &body);
                }
                Some(body)
            }
            _ => return Err(damaged("was deleted by the retention of raw pages")),
        };
        let body = body.ok_or_else(|| damaged("cannot be decompressed"))?;
        if Sha256::digest(&body).as_slice() != id.as_bytes() {
            return Err(damaged("does not match its hash"));
        }
        Ok(body)
    }

    /// Takes the reader of a segment, where it was left if it is the last one that was read.
    async fn segment(&mut self, connection: &mut PgConnection, id: i64) -> Result<Option<SegmentReader>, Error> {
        if let Some((_, reader)) = self.segment.take().filter(|(open, _)| *open == id) {
            return Ok(Some(reader));
        }
        let frame: Option<Vec<u8>> =
            sqlx::query_scalar("select bodies_zstd from raw_ll2_segment where raw_ll2_segment_id = $1")
                .bind(id)
                .fetch_optional(connection)
                .await
                .map_err(Error::database("read a segment of landed pages"))?;
        Ok(frame.and_then(|frame| SegmentReader::new(frame.into()).ok()))
    }

    fn keep(&mut self, id: PageId, body: &Bytes) {
        self.kept_bytes += body.len();
        self.kept.push_back((id, body.clone()));
        while self.kept_bytes > KEPT_BYTES {
            let Some((_, oldest)) = self.kept.pop_front() else { break };
            self.kept_bytes -= oldest.len();
        }
    }
}

/// Runs a decompression on a thread for blocking work; none if it fails.
async fn unpacked(unpack: impl FnOnce() -> io::Result<Bytes> + Send + 'static) -> Result<Option<Bytes>, Error> {
    Ok(tokio::task::spawn_blocking(unpack).await?.ok())
}

/// Unpacks a single body and verifies its hash.
pub(crate) async fn open(pool: &PgPool, id: PageId) -> Result<Bytes, Error> {
    let mut connection = pool.acquire().await.map_err(Error::database("connect to read a landed page"))?;
    Bodies::default().open(&mut connection, id).await
}
