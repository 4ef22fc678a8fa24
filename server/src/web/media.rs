//! LL2's pictures, fetched and cached by this program: a visitor's browser connects to no other host.

use std::{
    collections::{HashMap, hash_map::Entry},
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
use tokio::{
    sync::{Mutex, Semaphore, watch},
    time::Instant,
};
use url::Url;
use warehouse::Db;

/// The hosts on which LL2 keeps its media (payloads of 2021 to 2026). A picture from any other host is not fetched: the address is
/// third-party data and must not be able to direct the server's requests (SSRF).
const HOSTS: [&str; 3] = [
    "thespacedevs-prod.nyc3.digitaloceanspaces.com",
    "thespacedevs-dev.nyc3.digitaloceanspaces.com",
    "spacelaunchnow-prod-east.nyc3.digitaloceanspaces.com",
];
/// Larger pictures exist; a launch page does not need them.
const LARGEST: usize = 8 * 1024 * 1024;
/// How long a picture whose download failed is not requested again.
const PATIENCE: Duration = Duration::from_secs(15 * 60);
/// Concurrent downloads from one host, so that a host that hangs does not block the others.
const AT_ONCE: usize = 2;
/// The most downloads that are in progress or queued.
const MOST: usize = 64;
/// How long a request waits for a download. Over HTTP/1 a browser sends six requests at a time to a server: six pictures that wait for a
/// host that hangs block the page, including its program (17.9 s were observed). The download continues, and a later request finds the
/// picture.
const WAIT: Duration = Duration::from_secs(2);
/// How long a request waits while another download hangs.
const SHORT_WAIT: Duration = Duration::from_millis(200);
/// Minimum time between two reads of the addresses for unknown keys.
const LOOK: Duration = Duration::from_secs(30);

/// The pictures on disk and their source addresses. Cheap to clone; all clones share one store.
#[derive(Clone)]
pub(crate) struct MediaStore(Arc<Inner>);

struct Inner {
    folder: PathBuf,
    client: reqwest::Client,
    /// Returns the URL to fetch from, if fetching from this address is allowed.
    allowed: fn(&str) -> Option<Url>,
    addresses: Mutex<Addresses>,
    failed: Mutex<HashMap<String, Instant>>,
    under_way: Mutex<HashMap<String, Download>>,
    hosts: Mutex<HashMap<String, Arc<Semaphore>>>,
    /// A simulated world has no pictures, and its replayed addresses are still those of LL2: nothing is fetched.
    offline: bool,
}

#[derive(Default)]
struct Addresses {
    by_key: HashMap<String, Url>,
    read_at: Option<Instant>,
}

/// A download that several requests may wait for.
struct Download {
    began: Instant,
    /// None until the download has ended, with or without a picture.
    ended: watch::Receiver<Option<Option<Picture>>>,
}

/// The result of a request for a picture.
enum Found {
    Picture(Picture),
    /// It is being fetched.
    NotYet,
    No,
}

impl MediaStore {
    pub(crate) fn new(folder: PathBuf, offline: bool) -> anyhow::Result<Self> {
        let client = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(Duration::from_secs(5))
            .timeout(Duration::from_secs(20))
            .user_agent(concat!("mooncoon/", env!("CARGO_PKG_VERSION")))
            .build()?;
        Ok(Self::over(folder, offline, client, allowed))
    }

    fn over(folder: PathBuf, offline: bool, client: reqwest::Client, allowed: fn(&str) -> Option<Url>) -> Self {
        Self(Arc::new(Inner {
            folder,
            client,
            allowed,
            addresses: Mutex::default(),
            failed: Mutex::default(),
            under_way: Mutex::default(),
            hosts: Mutex::default(),
            offline,
        }))
    }

    /// Returns the picture with this key, from disk or from LL2's media host. Requests for a picture that is being fetched wait for that
    /// download.
    async fn picture(&self, db: &Db, key: &str) -> Found {
        let inner = &self.0;
        if let Some(picture) = Picture::read(&inner.folder.join(key)).await {
            return Found::Picture(picture);
        }
        if inner.offline || inner.failed_lately(key).await {
            return Found::No;
        }
        let mut under_way = inner.under_way.lock().await;
        let is_stuck = under_way.values().any(|download| download.began.elapsed() >= WAIT);
        let is_full = under_way.len() >= MOST;
        let mut ended = match under_way.entry(key.to_owned()) {
            Entry::Occupied(entry) => entry.get().ended.clone(),
            Entry::Vacant(_) if is_full => return Found::NotYet,
            Entry::Vacant(entry) => {
                let (sender, ended) = watch::channel(None);
                entry.insert(Download { began: Instant::now(), ended: ended.clone() });
                tokio::spawn({
                    let (inner, db, key) = (Arc::clone(inner), db.clone(), key.to_owned());
                    async move {
                        let picture = inner.download(&db, &key).await;
                        inner.under_way.lock().await.remove(&key);
                        // Possibly no request is waiting any more.
                        let _ = sender.send(Some(picture));
                    }
                });
                ended
            }
        };
        drop(under_way);
        let wait = if is_stuck { SHORT_WAIT } else { WAIT };
        match tokio::time::timeout(wait, ended.wait_for(Option::is_some)).await {
            Ok(Ok(picture)) => picture.clone().flatten().map_or(Found::No, Found::Picture),
            // The task has ended without a result.
            Ok(Err(_)) => Found::No,
            Err(_) => Found::NotYet,
        }
    }
}

impl Inner {
    /// Fetches a picture and stores it.
    async fn download(&self, db: &Db, key: &str) -> Option<Picture> {
        let address = self.address(db, key).await?;
        let host = address.host_str().unwrap_or_default().to_owned();
        let permits =
            Arc::clone(self.hosts.lock().await.entry(host).or_insert_with(|| Arc::new(Semaphore::new(AT_ONCE))));
        let _permit = permits.acquire().await.ok()?;
        match self.fetch(&address).await {
            Ok(picture) => {
                if let Err(error) = picture.write(&self.folder, &self.folder.join(key)).await {
                    tracing::warn!(%error, "could not store a picture");
                }
                Some(picture)
            }
            Err(error) => {
                tracing::info!(url = %address, %error, "could not fetch a picture");
                self.failed.lock().await.insert(key.to_owned(), Instant::now());
                None
            }
        }
    }

    async fn failed_lately(&self, key: &str) -> bool {
        let mut failed = self.failed.lock().await;
        failed.retain(|_, at| at.elapsed() < PATIENCE);
        failed.contains_key(key)
    }

    /// Returns the address of a key; only addresses from LL2 are known.
    async fn address(&self, db: &Db, key: &str) -> Option<Url> {
        let mut addresses = self.addresses.lock().await;
        // Requests may also have invalid keys: these must not cost one query each.
        let is_recent = addresses.read_at.is_some_and(|at| at.elapsed() < LOOK);
        if !addresses.by_key.contains_key(key) && !is_recent {
            let urls = db.image_urls().await.inspect_err(|error| {
                tracing::warn!(error = error as &dyn std::error::Error, "could not look up a picture");
            });
            let known = urls.ok()?.into_iter().filter_map(|url| {
                let key = domain::media_path(&url).rsplit('/').next()?.to_owned();
                Some((key, (self.allowed)(&url)?))
            });
            *addresses = Addresses { by_key: known.collect(), read_at: Some(Instant::now()) };
        }
        addresses.by_key.get(key).cloned()
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

/// Bytes identified as a picture by their first bytes: the content type that a server sends is not trusted. SVG is not accepted, because
/// it can contain scripts.
#[derive(Clone)]
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

    /// Writes to another name first, so that a reader never gets half a picture.
    async fn write(&self, folder: &Path, file: &Path) -> std::io::Result<()> {
        tokio::fs::create_dir_all(folder).await?;
        let half = file.with_extension("part");
        tokio::fs::write(&half, &self.bytes).await?;
        tokio::fs::rename(half, file).await
    }
}

/// Returns the URL if it is on one of LL2's media hosts, uses https, and has no user, password or port.
fn allowed(url: &str) -> Option<Url> {
    let url = Url::parse(url).ok()?;
    let host_is_known = url.host_str().is_some_and(|host| HOSTS.contains(&host));
    let is_plain = url.username().is_empty() && url.password().is_none() && url.port().is_none();
    (url.scheme() == "https" && host_is_known && is_plain).then_some(url)
}

/// Shown in place of a picture that is not available: a drawn rocket without a background. It is sent as a success, not as an error, so
/// that the page stays intact.
const DRAWN: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 180" role="img" aria-label="Drawn rocket">
<path d="M0 148h320" stroke="#8a97a9" stroke-opacity=".5"/>
<path d="M160 30c9 12 12 24 12 38v66h-24V68c0-14 3-26 12-38zm-12 78-12 18v12h12zm24 0 12 18v12h-12z" fill="#8a97a9"/></svg>"##;

/// `/media/{key}`: the picture, or a drawn rocket.
pub(super) async fn picture(
    State(store): State<MediaStore>,
    State(db): State<Db>,
    extract::Path(key): extract::Path<String>,
) -> Response {
    let is_key = key.len() == 16 && key.bytes().all(|byte| byte.is_ascii_hexdigit() && !byte.is_ascii_uppercase());
    if !is_key {
        return (StatusCode::NOT_FOUND, "no such picture\n").into_response();
    }
    let (body, kind, cache) = match store.picture(&db, &key).await {
        Found::Picture(picture) => (picture.bytes, picture.kind, "public, max-age=604800"),
        Found::NotYet => (Bytes::from_static(DRAWN.as_bytes()), "image/svg+xml", "no-cache"),
        Found::No => (Bytes::from_static(DRAWN.as_bytes()), "image/svg+xml", "public, max-age=300"),
    };
    let mut response = body.into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    response
}

#[cfg(test)]
mod tests {
    use sqlx::postgres::PgPoolOptions;
    use tokio::{
        io::{AsyncReadExt as _, AsyncWriteExt as _},
        net::TcpListener,
    };

    use super::*;

    const PNG: [u8; 5] = [0x89, b'P', b'N', b'G', 13];

    /// A store that fetches from any host and knows these addresses, and a database that it must not need.
    async fn store(folder: &Path, known: &[(&str, String)]) -> (MediaStore, Db) {
        let store = MediaStore::over(folder.to_owned(), false, reqwest::Client::new(), |url| Url::parse(url).ok());
        let by_key = known.iter().map(|(key, url)| ((*key).to_owned(), Url::parse(url).expect("a URL"))).collect();
        *store.0.addresses.lock().await = Addresses { by_key, read_at: Some(Instant::now()) };
        let pool = PgPoolOptions::new().connect_lazy("postgres://nobody@127.0.0.1:1/nothing").expect("a URL");
        (store, Db::new(pool, domain::Source::Live, 3600))
    }

    #[tokio::test]
    async fn a_hanging_host_delays_no_other_and_one_download_serves_all_waiting_requests() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let hanging = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let good = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = |listener: &TcpListener| {
            // Two names of one address count as two hosts.
            format!("http://{}/picture", listener.local_addr().expect("is bound"))
        };
        let good_url = url(&good).replace("127.0.0.1", "localhost");
        let known = [
            ("a", url(&hanging)),
            ("b", url(&hanging)),
            ("c", url(&hanging)),
            ("d", url(&hanging)),
            ("good", good_url),
        ];
        let (store, db) = store(folder.path(), &known).await;
        let began = Instant::now();
        let answers = tokio::join!(
            store.picture(&db, "a"),
            store.picture(&db, "b"),
            store.picture(&db, "c"),
            store.picture(&db, "d"),
            store.picture(&db, "a")
        );
        assert!(matches!(answers, (Found::NotYet, Found::NotYet, Found::NotYet, Found::NotYet, Found::NotYet)));
        assert!(began.elapsed() < WAIT * 4, "one after the other: {:?}", began.elapsed());
        let serving = tokio::spawn(async move {
            let mut served = 0;
            while let Ok((mut stream, _)) = good.accept().await {
                let mut asked = [0; 1024];
                let _ = stream.read(&mut asked).await;
                let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", PNG.len());
                let _ = stream.write_all(&[head.as_bytes(), &PNG].concat()).await;
                served += 1;
                if served > 1 {
                    break;
                }
            }
            served
        });
        // The other host still hangs, and uses none of this host's permits.
        let deadline = Instant::now() + Duration::from_secs(15);
        loop {
            match tokio::join!(store.picture(&db, "good"), store.picture(&db, "good")) {
                (Found::Picture(_), Found::Picture(_)) => break,
                _ => assert!(Instant::now() < deadline, "the good host's picture never came"),
            }
        }
        assert!(!serving.is_finished(), "fetched more than once");
        serving.abort();
    }

    #[tokio::test]
    async fn an_unknown_key_does_not_query_the_database() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let (store, db) = store(folder.path(), &[]).await;
        assert!(matches!(store.picture(&db, "0123456789abcdef").await, Found::No));
    }

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
