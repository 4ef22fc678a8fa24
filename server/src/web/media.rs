//! LL2's pictures, fetched and cached by us: a visitor's browser talks to nobody else.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use axum::{
    body::Bytes,
    extract::{self, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use tokio::sync::{Mutex, Semaphore};
use url::Url;
use warehouse::Db;

use super::AppState;

/// The hosts LL2 keeps its media on (payloads of 2021 to 2026). A picture from anywhere else is not fetched: the address is
/// somebody else's data, and our server must not be sent anywhere by it.
const HOSTS: [&str; 3] = [
    "thespacedevs-prod.nyc3.digitaloceanspaces.com",
    "thespacedevs-dev.nyc3.digitaloceanspaces.com",
    "spacelaunchnow-prod-east.nyc3.digitaloceanspaces.com",
];
/// Larger pictures exist; a launch page does not need them.
const LARGEST: usize = 8 * 1024 * 1024;
/// How long a picture that could not be had is not asked for again.
const PATIENCE: Duration = Duration::from_secs(15 * 60);
/// Downloads at a time.
const AT_ONCE: usize = 2;

/// The pictures on disk and the addresses they come from.
#[derive(Clone)]
pub(crate) struct MediaStore {
    folder: PathBuf,
    client: reqwest::Client,
    addresses: Arc<Mutex<HashMap<String, Url>>>,
    failed: Arc<Mutex<HashMap<String, tokio::time::Instant>>>,
    permits: Arc<Semaphore>,
    /// A simulated world has no pictures of its own, and its replayed addresses are still LL2's: nothing is fetched.
    offline: bool,
}

impl MediaStore {
    pub(crate) fn new(folder: PathBuf, offline: bool) -> anyhow::Result<Self> {
        let client = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .timeout(Duration::from_secs(20))
            .user_agent(concat!("mooncoon/", env!("CARGO_PKG_VERSION")))
            .build()?;
        Ok(Self {
            folder,
            client,
            addresses: Arc::default(),
            failed: Arc::default(),
            permits: Arc::new(Semaphore::new(AT_ONCE)),
            offline,
        })
    }

    /// The picture with this key, from disk or from LL2's media host; none when it cannot be had.
    async fn picture(&self, db: &Db, key: &str) -> Option<Picture> {
        let file = self.folder.join(key);
        if let Some(picture) = Picture::read(&file).await {
            return Some(picture);
        }
        if self.offline || self.failed_lately(key).await {
            return None;
        }
        let address = self.address(db, key).await?;
        let _permit = self.permits.acquire().await.ok()?;
        match self.fetch(&address).await {
            Ok(picture) => {
                if let Err(error) = picture.write(&self.folder, &file).await {
                    tracing::warn!(%error, "could not keep a picture");
                }
                Some(picture)
            }
            Err(error) => {
                tracing::info!(url = %address, %error, "could not fetch a picture");
                self.failed.lock().await.insert(key.to_owned(), tokio::time::Instant::now());
                None
            }
        }
    }

    async fn failed_lately(&self, key: &str) -> bool {
        let mut failed = self.failed.lock().await;
        failed.retain(|_, at| at.elapsed() < PATIENCE);
        failed.contains_key(key)
    }

    /// The address behind a key; only those LL2 gave us are known.
    async fn address(&self, db: &Db, key: &str) -> Option<Url> {
        let mut addresses = self.addresses.lock().await;
        if !addresses.contains_key(key) {
            let urls = db.image_urls().await.inspect_err(|error| {
                tracing::warn!(error = error as &dyn std::error::Error, "could not look up a picture");
            });
            let known = urls.ok()?.into_iter().filter_map(|url| {
                let key = domain::media_path(&url).rsplit('/').next()?.to_owned();
                Some((key, allowed(&url)?))
            });
            *addresses = known.collect();
        }
        addresses.get(key).cloned()
    }

    async fn fetch(&self, address: &Url) -> anyhow::Result<Picture> {
        let mut response = self.client.get(address.clone()).send().await?.error_for_status()?;
        let mut bytes = Vec::new();
        while let Some(chunk) = response.chunk().await? {
            bytes.extend_from_slice(&chunk);
            anyhow::ensure!(bytes.len() <= LARGEST, "larger than {LARGEST} bytes");
        }
        Picture::of(bytes).ok_or_else(|| anyhow::anyhow!("neither JPEG, PNG, WebP nor GIF"))
    }
}

/// Bytes that are a picture, by their first bytes: what a server calls them is not trusted. SVG is not among them, because
/// it can carry scripts.
struct Picture {
    bytes: Bytes,
    kind: &'static str,
}

impl Picture {
    fn of(bytes: Vec<u8>) -> Option<Self> {
        let kind = match bytes.as_slice() {
            [0xff, 0xd8, 0xff, ..] => "image/jpeg",
            [0x89, b'P', b'N', b'G', ..] => "image/png",
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => "image/webp",
            [b'G', b'I', b'F', b'8', ..] => "image/gif",
            _ => return None,
        };
        Some(Self { bytes: bytes.into(), kind })
    }

    async fn read(file: &Path) -> Option<Self> {
        Self::of(tokio::fs::read(file).await.ok()?)
    }

    /// Under another name first: a reader never sees half a picture.
    async fn write(&self, folder: &Path, file: &Path) -> std::io::Result<()> {
        tokio::fs::create_dir_all(folder).await?;
        let half = file.with_extension("part");
        tokio::fs::write(&half, &self.bytes).await?;
        tokio::fs::rename(half, file).await
    }
}

/// An address on one of LL2's media hosts, over https and without tricks.
fn allowed(url: &str) -> Option<Url> {
    let url = Url::parse(url).ok()?;
    let host_is_known = url.host_str().is_some_and(|host| HOSTS.contains(&host));
    let is_plain = url.username().is_empty() && url.password().is_none() && url.port().is_none();
    (url.scheme() == "https" && host_is_known && is_plain).then_some(url)
}

/// What is shown in place of a picture that cannot be had: a rocket, drawn, on whatever ground the page has. An answer, not
/// an error: the page stays whole.
const DRAWN: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 180" role="img" aria-label="Drawn rocket">
<path d="M0 148h320" stroke="#8a97a9" stroke-opacity=".5"/>
<path d="M160 30c9 12 12 24 12 38v66h-24V68c0-14 3-26 12-38zm-12 78-12 18v12h12zm24 0 12 18v12h-12z" fill="#8a97a9"/></svg>"##;

/// `/media/{key}`: the picture, or a drawn rocket.
pub(super) async fn picture(State(state): State<AppState>, extract::Path(key): extract::Path<String>) -> Response {
    let is_key = key.len() == 16 && key.bytes().all(|byte| byte.is_ascii_hexdigit() && !byte.is_ascii_uppercase());
    if !is_key {
        return (StatusCode::NOT_FOUND, "no such picture\n").into_response();
    }
    let (body, kind, cache) = match state.media.picture(&state.db, &key).await {
        Some(picture) => (picture.bytes, picture.kind, "public, max-age=604800"),
        None => (Bytes::from_static(DRAWN.as_bytes()), "image/svg+xml", "public, max-age=300"),
    };
    let mut response = body.into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_ll2s_media_hosts_are_fetched_from() {
        assert!(allowed("https://thespacedevs-prod.nyc3.digitaloceanspaces.com/media/images/a.jpg").is_some());
        for url in [
            "http://thespacedevs-prod.nyc3.digitaloceanspaces.com/a.jpg",
            "https://thespacedevs-prod.nyc3.digitaloceanspaces.com.example.org/a.jpg",
            "https://thespacedevs-prod.nyc3.digitaloceanspaces.com@169.254.169.254/a.jpg",
            "https://user@thespacedevs-prod.nyc3.digitaloceanspaces.com/a.jpg",
            "https://thespacedevs-prod.nyc3.digitaloceanspaces.com:8443/a.jpg",
            "file:///etc/passwd",
            "not a url",
        ] {
            assert!(allowed(url).is_none(), "{url}");
        }
    }

    #[test]
    fn an_svg_or_a_page_is_not_a_picture() {
        assert!(Picture::of(b"<svg xmlns=".to_vec()).is_none());
        assert!(Picture::of(b"<!doctype html>".to_vec()).is_none());
        assert_eq!(Picture::of(vec![0x89, b'P', b'N', b'G', 13]).map(|picture| picture.kind), Some("image/png"));
    }
}
