//! The files of the browser bundle: listed at startup, so that no other file, inside or outside of their folder, can be requested.

mod conditions;
mod representation;

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::Context as _;
use axum::{
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use chrono::{DateTime, Utc};

use self::{
    conditions::{Range, asked_range, is_unchanged},
    representation::Representation,
};
use super::refusal::Refusal;

/// A file with a hash in its name never changes its content.
const IMMUTABLE: &str = "public, max-age=31536000, immutable";
/// Files without a hash: revalidate after an hour.
const AN_HOUR: &str = "public, max-age=3600";
/// The manifest is in the same folder but is not served.
const HIDDEN: &str = "/manifest.json";

/// Every file that may be requested, by its path.
#[derive(Clone, Debug)]
pub(super) struct StaticFiles(Arc<HashMap<String, StaticFile>>);

#[derive(Debug)]
struct StaticFile {
    kind: &'static str,
    keeping: &'static str,
    changed_at: DateTime<Utc>,
    /// The file itself, and its precompressed copies.
    representations: Vec<Representation>,
}

impl StaticFiles {
    /// Lists a folder and its subfolders.
    pub(super) fn list(folder: &Path) -> anyhow::Result<Self> {
        let mut files = HashMap::new();
        collect(folder, "", &mut files).with_context(|| format!("could not list {}", folder.display()))?;
        Ok(Self(Arc::new(files)))
    }

    /// Responds with the file at this path, if there is one: for GET and HEAD, as a whole, in part, or as 304.
    pub(super) async fn answer(&self, path: &str, method: &Method, asked: &HeaderMap) -> Option<Response> {
        let file = self.0.get(path)?;
        if *method != Method::GET && *method != Method::HEAD {
            let mut response = Refusal::method_not_allowed().into_response();
            response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
            return Some(response);
        }
        file.answer(asked).await
    }
}

impl StaticFile {
    async fn answer(&self, asked: &HeaderMap) -> Option<Response> {
        let representation = Representation::choose(&self.representations, asked)?;
        let mut headers = HeaderMap::new();
        let mut put = |name, value: &str| {
            headers.extend(HeaderValue::from_str(value).ok().map(|value| (name, value)));
        };
        put(header::CACHE_CONTROL, self.keeping);
        put(header::ETAG, &representation.tag);
        put(header::LAST_MODIFIED, &conditions::http_date(self.changed_at));
        if self.representations.len() > 1 {
            put(header::VARY, "accept-encoding");
        }
        if is_unchanged(asked, &representation.tag, self.changed_at) {
            return Some((StatusCode::NOT_MODIFIED, headers).into_response());
        }
        let length = representation.length;
        put(header::ACCEPT_RANGES, "bytes");
        let (status, first, count) = match asked_range(asked, &representation.tag, self.changed_at, length) {
            Range::Whole => (StatusCode::OK, 0, length),
            Range::Part { first, last } => {
                put(header::CONTENT_RANGE, &format!("bytes {first}-{last}/{length}"));
                (StatusCode::PARTIAL_CONTENT, first, last - first + 1)
            }
            Range::Unsatisfiable => {
                put(header::CONTENT_RANGE, &format!("bytes */{length}"));
                let detail = format!("the file has {length} bytes");
                let refusal = Refusal::new(StatusCode::RANGE_NOT_SATISFIABLE, "Range not satisfiable", detail);
                return Some((headers, refusal).into_response());
            }
        };
        put(header::CONTENT_TYPE, self.kind);
        put(header::CONTENT_LENGTH, &count.to_string());
        if let Some(encoding) = representation.encoding {
            put(header::CONTENT_ENCODING, encoding);
        }
        // A file that was removed or changed since startup is not found: another bundle has replaced it.
        let body = representation.read(first, count).await?;
        Some((status, headers, body).into_response())
    }
}

fn collect(folder: &Path, below: &str, files: &mut HashMap<String, StaticFile>) -> anyhow::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let (file, name) = (entry.path(), entry.file_name());
        // Skips names that are not text, are hidden, or need encoding in a URL: none of our files has one.
        let Some(name) = name.to_str().filter(|name| !name.starts_with('.') && name.bytes().all(is_plain)) else {
            continue;
        };
        let path = format!("{below}/{name}");
        let metadata = std::fs::metadata(&file)?;
        if metadata.is_dir() {
            collect(&file, &path, files)?;
        } else if metadata.is_file() && path != HIDDEN && !is_compressed_copy(&file) {
            files.insert(path.clone(), describe(&file, &path, metadata.modified()?.into())?);
        }
    }
    Ok(())
}

fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~')
}

fn is_compressed_copy(file: &Path) -> bool {
    let is_compressed = file.extension().is_some_and(|kind| kind == "br" || kind == "gz");
    is_compressed && file.with_extension("").is_file()
}

fn describe(file: &Path, path: &str, changed_at: DateTime<Utc>) -> anyhow::Result<StaticFile> {
    let is_hashed = path.starts_with("/pkg/");
    let mut representations = vec![Representation::of(file.to_owned(), None, !is_hashed)?];
    for (suffix, encoding) in [("br", "br"), ("gz", "gzip")] {
        let copy = PathBuf::from(format!("{}.{suffix}", file.display()));
        if copy.is_file() {
            representations.push(Representation::of(copy, Some(encoding), !is_hashed)?);
        }
    }
    let keeping = if is_hashed { IMMUTABLE } else { AN_HOUR };
    Ok(StaticFile { kind: kind_of(file), keeping, changed_at, representations })
}

fn kind_of(file: &Path) -> &'static str {
    match file.extension().and_then(|kind| kind.to_str()).unwrap_or_default() {
        "css" => "text/css; charset=utf-8",
        "gif" => "image/gif",
        "html" => "text/html; charset=utf-8",
        "ico" => "image/x-icon",
        "jpg" | "jpeg" => "image/jpeg",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" | "map" => "application/json",
        "png" => "image/png",
        "svg" => "image/svg+xml",
        "ttf" => "font/ttf",
        "txt" => "text/plain; charset=utf-8",
        "wasm" => "application/wasm",
        "webmanifest" => "application/manifest+json",
        "webp" => "image/webp",
        "woff2" => "font/woff2",
        "xml" => "application/xml",
        _ => "application/octet-stream",
    }
}
