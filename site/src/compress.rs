//! Compresses files once, at the highest level, instead of at every request.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    sync::atomic::{AtomicUsize, Ordering},
    thread,
};

use anyhow::{Context, Result, anyhow};
use flate2::{Compression, write::GzEncoder};

/// File types that are not compressed already.
const COMPRESSIBLE: [&str; 10] = ["css", "html", "js", "json", "map", "svg", "ttf", "txt", "wasm", "webmanifest"];
/// A smaller file fits into one packet uncompressed.
const SMALLEST: u64 = 512;

/// Writes a `.br` and a `.gz` next to every file below a folder that becomes smaller by it.
pub(crate) fn folder(folder: &Path) -> Result<()> {
    let mut files = Vec::new();
    collect(folder, &mut files)?;
    // Largest first, so that the last one to finish is small.
    files.sort_by_key(|(size, _)| std::cmp::Reverse(*size));
    let next = AtomicUsize::new(0);
    let threads = thread::available_parallelism().map_or(1, |threads| threads.get());
    thread::scope(|scope| {
        let workers: Vec<_> = (0..threads)
            .map(|_| {
                scope.spawn(|| {
                    while let Some((_, path)) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
                        file(path)?;
                    }
                    Ok(())
                })
            })
            .collect();
        workers.into_iter().try_for_each(|worker| worker.join().map_err(|_| anyhow!("the compression panicked"))?)
    })
}

fn collect(folder: &Path, files: &mut Vec<(u64, PathBuf)>) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| format!("could not read {}", folder.display()))? {
        let entry = entry?;
        let path = entry.path();
        let metadata = entry.metadata()?;
        if metadata.is_dir() {
            collect(&path, files)?;
        } else if metadata.len() >= SMALLEST
            && path
                .extension()
                .and_then(|extension| extension.to_str())
                .is_some_and(|kind| COMPRESSIBLE.contains(&kind))
        {
            files.push((metadata.len(), path));
        }
    }
    Ok(())
}

fn file(path: &Path) -> Result<()> {
    let content = fs::read(path).with_context(|| format!("could not read {}", path.display()))?;
    let mut brotli = Vec::new();
    let mut settings =
        brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 24, size_hint: content.len(), ..Default::default() };
    if path.extension().is_some_and(|kind| kind == "wasm") {
        // Measured on our module: half a percent smaller than without it.
        settings.dist.distance_postfix_bits = 1;
    }
    brotli::BrotliCompress(&mut content.as_slice(), &mut brotli, &settings)
        .context("could not compress with brotli")?;
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(&content)?;
    let gzip = gzip.finish()?;
    for (kind, compressed) in [("br", brotli), ("gz", gzip)] {
        if compressed.len() < content.len() {
            let target = PathBuf::from(format!("{}.{kind}", path.display()));
            fs::write(&target, compressed).with_context(|| format!("could not write {}", target.display()))?;
        }
    }
    Ok(())
}
