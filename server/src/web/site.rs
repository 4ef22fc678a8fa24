//! The browser bundle: what `cargo xtask site` made, with hashed names.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use app::Assets;
use axum::{
    Router,
    body::Body,
    http::{HeaderValue, Request, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use tower::ServiceExt as _;
use tower_http::{services::ServeDir, set_header::SetResponseHeaderLayer};

use super::AppState;

/// A name with a hash never changes its content.
const FOR_EVER: &str = "public, max-age=31536000, immutable";
/// Files without a hash: an hour, then ask again.
const AN_HOUR: &str = "public, max-age=3600";

/// The folder with the browser bundle and the names in it.
#[derive(Clone, Debug)]
pub(crate) struct Site {
    folder: PathBuf,
    assets: Assets,
}

impl Site {
    /// Reads the manifest of the bundle.
    pub(crate) fn open(folder: &Path) -> anyhow::Result<Self> {
        let manifest = folder.join("manifest.json");
        let text = std::fs::read(&manifest).with_context(|| {
            format!("no browser bundle at {}: run `cargo xtask run`, or set MOONCOON_SITE_DIR", manifest.display())
        })?;
        let assets = serde_json::from_slice(&text)
            .with_context(|| format!("{} is not a bundle's manifest: run `cargo xtask site`", manifest.display()))?;
        Ok(Self { folder: folder.to_owned(), assets })
    }

    pub(crate) fn assets(&self) -> &Assets {
        &self.assets
    }

    /// `/pkg`: hashed names, compressed beforehand.
    pub(super) fn router(&self) -> Router<AppState> {
        let files = ServeDir::new(self.folder.join("pkg")).precompressed_br().precompressed_gzip();
        let forever = SetResponseHeaderLayer::overriding(header::CACHE_CONTROL, |response: &Response<_>| {
            response.status().is_success().then(|| HeaderValue::from_static(FOR_EVER))
        });
        let files = tower::ServiceBuilder::new().layer(forever).service(files);
        Router::new().nest_service("/pkg", files)
    }

    /// A file of `public/`, such as the favicon; none when there is no such file.
    pub(super) async fn file(&self, path: &str) -> Option<Response> {
        // The manifest lies in the same folder and is nobody's business; neither is a folder listing.
        if path == "/" || path.ends_with('/') || path == "/manifest.json" {
            return None;
        }
        let request = Request::builder().uri(path).body(Body::empty()).ok()?;
        let response =
            ServeDir::new(&self.folder).append_index_html_on_directories(false).oneshot(request).await.ok()?;
        if response.status() != StatusCode::OK {
            return None;
        }
        let mut response = response.into_response();
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(AN_HOUR));
        Some(response)
    }
}
