//! The format of a segment: bodies one after another, in one zstd frame.
//!
//! The window is much larger than a sweep, so that each body is a small difference to the one of the sweep before, in
//! whatever order pages and kinds of responses follow each other. Reading is sequential: a reader keeps its position,
//! and only a body before it starts at the beginning again.

use std::io::{self, BufReader, Cursor, Read as _, Write as _};

use bytes::Bytes;
use zstd::stream::{read::Decoder, write::Encoder};

/// 16 MiB: about five sweeps of a detailed list. It is also the memory that a reader needs.
const WINDOW_LOG: u32 = 24;

/// On 108 recorded days, level 9 saves another fifth of the bytes, and takes twice the memory.
const LEVEL: i32 = 3;

/// Writes a segment.
pub(crate) struct SegmentWriter {
    encoder: Encoder<'static, Vec<u8>>,
    length: u64,
}

impl SegmentWriter {
    pub(crate) fn new() -> io::Result<Self> {
        let mut encoder = Encoder::new(Vec::new(), LEVEL)?;
        encoder.window_log(WINDOW_LOG)?;
        encoder.long_distance_matching(true)?;
        encoder.include_checksum(true)?;
        Ok(Self { encoder, length: 0 })
    }

    /// Appends a body; returns its offset.
    pub(crate) fn push(&mut self, body: &[u8]) -> io::Result<u64> {
        let offset = self.length;
        self.encoder.write_all(body)?;
        self.length += body.len() as u64;
        Ok(offset)
    }

    /// Returns the frame.
    pub(crate) fn finish(self) -> io::Result<Bytes> {
        self.encoder.finish().map(Bytes::from)
    }
}

/// Reads bodies of a segment.
pub(crate) struct SegmentReader {
    frame: Bytes,
    decoder: Decoder<'static, BufReader<Cursor<Bytes>>>,
    position: u64,
}

impl SegmentReader {
    pub(crate) fn new(frame: Bytes) -> io::Result<Self> {
        let decoder = Decoder::new(Cursor::new(frame.clone()))?;
        Ok(Self { frame, decoder, position: 0 })
    }

    /// Reads the body of this length at this offset. Fails if the frame is damaged or ends before.
    pub(crate) fn read(&mut self, offset: u64, length: usize) -> io::Result<Bytes> {
        if offset < self.position {
            *self = Self::new(self.frame.clone())?;
        }
        let skipped = offset - self.position;
        // Wherever it fails, the next read starts at the beginning.
        self.position = u64::MAX;
        if io::copy(&mut (&mut self.decoder).take(skipped), &mut io::sink())? < skipped {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let mut body = vec![0; length];
        self.decoder.read_exact(&mut body)?;
        self.position = offset + length as u64;
        Ok(body.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn segment(bodies: &[Vec<u8>]) -> (Bytes, Vec<u64>) {
        let mut writer = SegmentWriter::new().unwrap();
        let offsets = bodies.iter().map(|body| writer.push(body).unwrap()).collect();
        (writer.finish().unwrap(), offsets)
    }

    #[test]
    fn bodies_are_read_in_any_order() {
        let bodies: Vec<Vec<u8>> = (0_u8..20).map(|number| vec![number; usize::from(number) * 1000]).collect();
        let (frame, offsets) = segment(&bodies);
        let mut reader = SegmentReader::new(frame).unwrap();
        for number in [0, 1, 5, 5, 4, 19, 0, 18, 19, 2] {
            assert_eq!(reader.read(offsets[number], bodies[number].len()).unwrap(), bodies[number], "{number}");
        }
    }

    #[test]
    fn a_cut_or_changed_frame_is_an_error_and_not_another_body() {
        let bodies: Vec<Vec<u8>> =
            (0..20_u32).map(|number| (0..5000_u32).flat_map(|at| (at * number).to_le_bytes()).collect()).collect();
        let (frame, offsets) = segment(&bodies);
        let mut cut = SegmentReader::new(frame.slice(..frame.len() / 2)).unwrap();
        assert_eq!(cut.read(0, bodies[0].len()).unwrap(), bodies[0]);
        cut.read(offsets[19], bodies[19].len()).unwrap_err();
        assert_eq!(cut.read(0, bodies[0].len()).unwrap(), bodies[0], "what is before the damage can still be read");
        let mut reader = SegmentReader::new(frame).unwrap();
        reader.read(offsets[19], bodies[19].len() + 1).unwrap_err();
        reader.read(u64::MAX, 1).unwrap_err();
    }
}
