use std::path::PathBuf;

use anyhow::Context as _;
use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, header},
};
use sha2::{Digest as _, Sha256};
use tokio::io::{AsyncReadExt as _, AsyncSeekExt as _};
use tokio_util::io::ReaderStream;

/// Larger files are read from disk for each response.
const KEPT: u64 = 256 * 1024;
/// Size of a read from disk.
const PIECE: usize = 64 * 1024;

/// A file in one encoding.
#[derive(Debug)]
pub(super) struct Representation {
    /// The name in `Content-Encoding`; none for the file itself.
    pub(super) encoding: Option<&'static str>,
    pub(super) length: u64,
    /// Strong: a hash of exactly these bytes.
    pub(super) tag: String,
    content: Content,
}

#[derive(Debug)]
enum Content {
    Kept(Bytes),
    OnDisk(PathBuf),
}

impl Representation {
    /// `is_kept`: keep the file in memory, if it is small. Then its tag always matches the bytes that are sent.
    pub(super) fn of(file: PathBuf, encoding: Option<&'static str>, is_kept: bool) -> anyhow::Result<Self> {
        let bytes = std::fs::read(&file).with_context(|| format!("could not read {}", file.display()))?;
        let length = u64::try_from(bytes.len())?;
        let digest: String = Sha256::digest(&bytes)[..12].iter().map(|byte| format!("{byte:02x}")).collect();
        let content = if is_kept && length <= KEPT { Content::Kept(bytes.into()) } else { Content::OnDisk(file) };
        Ok(Self { encoding, length, tag: format!("\"{digest}\""), content })
    }

    /// Returns the encoding that the client prefers. The file itself if it accepts no other.
    pub(super) fn choose<'files>(all: &'files [Self], asked: &HeaderMap) -> Option<&'files Self> {
        let lines = asked.get_all(header::ACCEPT_ENCODING).iter().filter_map(|line| line.to_str().ok());
        let accepted: Vec<(String, f32)> = lines.flat_map(|line| line.split(',')).filter_map(weighed).collect();
        let weight_of = |encoding: &str| {
            let named = |name: &str| accepted.iter().find(|(one, _)| one == name).map(|(_, weight)| *weight);
            named(encoding).or_else(|| named("*")).unwrap_or(0.0)
        };
        // The shorter one if both have the same weight.
        all.iter()
            .filter_map(|one| one.encoding.map(|encoding| (weight_of(encoding), one)))
            .filter(|(weight, _)| *weight > 0.0)
            .max_by(|(a, one), (b, other)| a.total_cmp(b).then_with(|| other.length.cmp(&one.length)))
            .map(|(_, one)| one)
            .or_else(|| all.iter().find(|one| one.encoding.is_none()))
    }

    /// Reads `count` bytes from `first` on; none if the file is not the one that was listed.
    pub(super) async fn read(&self, first: u64, count: u64) -> Option<Body> {
        match &self.content {
            Content::Kept(bytes) => {
                let first = usize::try_from(first).ok()?;
                let end = first.checked_add(usize::try_from(count).ok()?)?;
                (end <= bytes.len()).then(|| Body::from(bytes.slice(first..end)))
            }
            Content::OnDisk(file) => {
                let mut file = tokio::fs::File::open(file).await.ok()?;
                if file.metadata().await.ok()?.len() != self.length {
                    return None;
                }
                file.seek(std::io::SeekFrom::Start(first)).await.ok()?;
                Some(Body::from_stream(ReaderStream::with_capacity(file.take(count), PIECE)))
            }
        }
    }
}

/// Parses `br;q=0.5` to a name in lower case and a weight.
fn weighed(entry: &str) -> Option<(String, f32)> {
    let mut parts = entry.split(';').map(str::trim);
    let name = parts.next().filter(|name| !name.is_empty())?.to_ascii_lowercase();
    let weight = parts.find_map(|part| part.strip_prefix("q=").or_else(|| part.strip_prefix("Q=")));
    let weight =
        weight.map_or(Some(1.0), |weight| weight.parse::<f32>().ok().filter(|weight| (0.0..=1.0).contains(weight)));
    Some((name, weight.unwrap_or(0.0)))
}
