//! Moves landed bodies into segments, where they take less than a tenth of the space. Lossless: each body is read back
//! from the finished segment, and compared with its hash, before it is removed from its page.

use sha2::{Digest as _, Sha256};
use sqlx::PgConnection;

use super::{CompactionOptions, Progress};
use crate::{
    error::Error,
    landing::{Bodies, PageId, SegmentReader, SegmentWriter},
    lease::Lease,
};

/// The most bodies of a segment: responses about single launches are small.
const MOST_BODIES: i64 = 10_000;

/// A body that is not in a segment.
#[derive(Debug, sqlx::FromRow)]
struct Loose {
    sha256: Vec<u8>,
    body_bytes: i64,
    /// As it is stored, compressed.
    stored_bytes: i64,
    /// Length of all bodies until this one.
    filled_bytes: i64,
}

/// A finished segment, not stored yet.
struct Segment {
    frame: bytes::Bytes,
    offsets: Vec<i64>,
    body_bytes: i64,
}

/// Writes one segment, if there are enough bodies for it.
pub(super) async fn step(lease: &mut Lease, options: Option<CompactionOptions>) -> Result<Progress, Error> {
    let Some(options) = options else { return Ok(Progress::FINISHED) };
    let full = i64::try_from(options.segment_bytes).unwrap_or(i64::MAX);
    let loose: Vec<Loose> = sqlx::query_as(include_str!("../../sql/upkeep/bodies_to_compact.sql"))
        .bind(full)
        .bind(options.min_age.as_secs_f64())
        .bind(MOST_BODIES)
        .fetch_all(lease.connection())
        .await
        .map_err(|source| Error::Statement { statement: "bodies_to_compact", source })?;
    let is_full = loose.last().is_some_and(|last| last.filled_bytes >= full);
    if !is_full && loose.len() < usize::try_from(MOST_BODIES).unwrap_or(usize::MAX) {
        return Ok(Progress::FINISHED);
    }
    let segment = write(lease.connection(), &loose).await?;
    let frame = verified(segment.frame, &segment.offsets, &loose).await?;
    let before: i64 = loose.iter().map(|body| body.stored_bytes).sum();
    let after = i64::try_from(frame.len()).unwrap_or(i64::MAX);

    let fence = lease.fence();
    let mut transaction = lease.begin().await?;
    let moved = sqlx::query(include_str!("../../sql/upkeep/move_bodies.sql"))
        .bind(i32::try_from(loose.len()).unwrap_or(i32::MAX))
        .bind(segment.body_bytes)
        .bind(&*frame)
        .bind(loose.iter().map(|body| body.sha256.as_slice()).collect::<Vec<_>>())
        .bind(&segment.offsets)
        .execute(&mut *transaction)
        .await
        .map_err(|source| Error::Statement { statement: "move_bodies", source })?
        .rows_affected();
    if moved != loose.len() as u64 {
        return Err(Error::Compaction { reason: "bodies have moved or changed meanwhile" });
    }
    fence.hold(&mut transaction).await?;
    transaction.commit().await.map_err(Error::database("store a segment of landed pages"))?;
    tracing::info!(bodies = moved, bytes_before = before, bytes_after = after, "landed pages compacted");
    Ok(Progress { rows: moved, bytes_before: before, bytes_after: after, is_finished: false })
}

/// Compresses the bodies together, one at a time.
async fn write(connection: &mut PgConnection, loose: &[Loose]) -> Result<Segment, Error> {
    let failed = |_| Error::Compaction { reason: "the bodies cannot be compressed" };
    let mut writer = SegmentWriter::new().map_err(failed)?;
    let mut offsets = Vec::with_capacity(loose.len());
    let mut body_bytes = 0;
    let mut opened = Bodies::default();
    for body in loose {
        let body = opened.open(connection, id(body)?).await?;
        body_bytes += i64::try_from(body.len()).unwrap_or(i64::MAX);
        let offset;
        (writer, offset) = tokio::task::spawn_blocking(move || {
            let offset = writer.push(&body);
            (writer, offset)
        })
        .await?;
        offsets.push(i64::try_from(offset.map_err(failed)?).unwrap_or(i64::MAX));
    }
    let frame = tokio::task::spawn_blocking(move || writer.finish()).await?.map_err(failed)?;
    Ok(Segment { frame, offsets, body_bytes })
}

/// Reads every body back, and returns the frame if each matches its hash.
async fn verified(frame: bytes::Bytes, offsets: &[i64], loose: &[Loose]) -> Result<bytes::Bytes, Error> {
    let bodies: Vec<(u64, usize, PageId)> = offsets
        .iter()
        .zip(loose)
        .map(|(offset, body)| {
            let (Ok(offset), Ok(length)) = (u64::try_from(*offset), usize::try_from(body.body_bytes)) else {
                return Err(Error::Compaction { reason: "a body has an invalid length" });
            };
            Ok((offset, length, id(body)?))
        })
        .collect::<Result<_, _>>()?;
    let readable = frame.clone();
    let is_equal = tokio::task::spawn_blocking(move || {
        let mut reader = SegmentReader::new(readable)?;
        for (offset, length, id) in bodies {
            let body = reader.read(offset, length)?;
            if Sha256::digest(&body).as_slice() != id.as_bytes() {
                return Ok(false);
            }
        }
        Ok::<_, std::io::Error>(true)
    })
    .await?;
    match is_equal {
        Ok(true) => Ok(frame),
        Ok(false) | Err(_) => Err(Error::Compaction { reason: "a body in the segment does not match its hash" }),
    }
}

fn id(body: &Loose) -> Result<PageId, Error> {
    PageId::from_bytes(&body.sha256).ok_or(Error::Compaction { reason: "a body has an invalid key" })
}
