use std::{
    collections::VecDeque,
    fmt,
    hash::{BuildHasher, Hasher, RandomState},
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use bytes::{Bytes, BytesMut};
use chrono::{DateTime, SecondsFormat, Utc};
use reqwest::{
    StatusCode,
    header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, DATE, HeaderMap, HeaderValue, LOCATION, RETRY_AFTER},
    redirect::Policy,
};
use url::Url;

use super::{ApiVersion, retry_after};
use crate::{clocks::Clocks, error::Error, failpoint::failpoint};

/// Set by our simulator on every response, so that simulated data is never taken for live data.
const SIMULATED: &str = "x-mooncoon-simulated";

/// How much of a launch to request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// Half the bytes; no updates, videos, boosters or crew.
    Normal,
    /// Everything. A sweep costs as many requests as in normal mode, and requests are what LL2 counts.
    #[default]
    Detailed,
}

impl Mode {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Normal => "normal",
            Self::Detailed => "detailed",
        }
    }
}

/// A text that must not appear in any log.
#[derive(Clone)]
pub struct Secret(String);

impl Secret {
    /// Wraps the text so that `Debug` does not show it.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Secret(..)")
    }
}

/// Options of a [`Client`].
#[derive(Clone, Debug)]
pub struct ClientOptions {
    /// Ends in the version, `https://ll.thespacedevs.com/2.3.0`; only the URL decides the shape of requests and
    /// responses.
    pub base_url: String,
    /// LL2's API key; raises the limit of 15 requests an hour.
    pub token: Option<Secret>,
    /// How much of a launch to request.
    pub mode: Mode,
    /// For one request, from connecting to the last byte.
    pub timeout: Duration,
    /// Largest accepted body, after decompression; a page of 100 detailed launches is about 2 MB.
    pub body_limit: usize,
    /// Maximum number of attempts for one request if the server fails or the transfer breaks. Each counts against the
    /// budget.
    pub attempts: u8,
    /// Pause before the second attempt; doubled before the third. Up to the same amount is added at random.
    pub backoff: Duration,
}

impl ClientOptions {
    /// Returns the defaults for a base URL.
    pub fn new(base_url: impl Into<String>) -> Self {
        Self {
            base_url: base_url.into(),
            token: None,
            mode: Mode::default(),
            timeout: Duration::from_secs(60),
            body_limit: 32 * 1024 * 1024,
            attempts: 3,
            backoff: Duration::from_secs(2),
        }
    }
}

/// Upper bound of the pause before jitter, for any number of attempts and any first pause.
const LONGEST_BACKOFF: Duration = Duration::from_secs(3600);

/// Returns a text sent by the server in the form that an error may contain: cut to 200 characters, and an address
/// without credentials, query and fragment.
fn shown(text: &str) -> String {
    let address = Url::parse(text).ok().filter(Url::has_host).map(|mut url| {
        // Neither call fails for an address that has a host.
        let _ = url.set_username("");
        let _ = url.set_password(None);
        url.set_query(None);
        url.set_fragment(None);
        url.to_string()
    });
    address.as_deref().unwrap_or(text).chars().take(200).collect()
}

/// Sends requests to LL2. It does not enforce the budget: [`crate::run`] reserves each request first.
#[derive(Clone, Debug)]
pub struct Client {
    http: reqwest::Client,
    base_url: Url,
    version: ApiVersion,
    options: ClientOptions,
    /// When this process sent requests that LL2 counts, by the monotonic clock. The database's clock may be set
    /// forward; requests of the last hour would then seem to be older than they are.
    sent: Arc<Mutex<VecDeque<Instant>>>,
    /// Until when a 429 forbids this process to send, by the same clock.
    silent_until: Arc<Mutex<Option<Instant>>>,
    clocks: Arc<Clocks>,
}

/// The response, if the transfer was complete.
#[derive(Debug)]
pub(crate) enum Response {
    /// A JSON body, not parsed yet.
    Json { body: Bytes, is_simulated: bool },
    /// 404 from the API itself.
    Gone,
    /// 429.
    Throttled { pause: Duration },
}

/// Why an attempt returned nothing usable.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    #[error("the transfer failed")]
    Transfer(#[source] reqwest::Error),
    #[error("the server responded with {0}")]
    Server(StatusCode),
    #[error("the response was {0}")]
    Rejected(String),
}

impl Failure {
    /// Returns whether another attempt may succeed.
    pub(crate) fn is_transient(&self) -> bool {
        matches!(self, Self::Transfer(_) | Self::Server(_))
    }

    pub(crate) fn status(&self) -> Option<u16> {
        match self {
            Self::Server(status) => Some(status.as_u16()),
            Self::Transfer(_) | Self::Rejected(_) => None,
        }
    }
}

impl Client {
    /// Checks the base URL and prepares the connection pool; sends nothing.
    pub fn new(options: ClientOptions) -> Result<Self, Error> {
        let bad = |reason| Error::BaseUrl { base_url: options.base_url.clone(), reason };
        let mut base_url = Url::parse(&options.base_url).map_err(|_| bad("is not a URL"))?;
        if !matches!(base_url.scheme(), "http" | "https") || !base_url.has_host() {
            return Err(bad("is neither http nor https"));
        }
        if !base_url.username().is_empty() || base_url.password().is_some() {
            return Err(bad("contains credentials; use the token"));
        }
        if base_url.query().is_some() || base_url.fragment().is_some() {
            return Err(bad("contains a query or a fragment"));
        }
        let version = ApiVersion::of(&base_url).ok_or_else(|| bad("does not end in /2.2.0 or /2.3.0"))?;
        if !base_url.path().ends_with('/') {
            base_url.set_path(&format!("{}/", base_url.path()));
        }

        let mut headers = HeaderMap::new();
        // LL2 returns HTML to browsers; `?format=json` would be echoed in every address of the body.
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        if let Some(Secret(token)) = &options.token {
            let mut value = HeaderValue::try_from(format!("Token {token}"))
                .map_err(|_| bad("cannot be used: the API token is malformed"))?;
            value.set_sensitive(true);
            headers.insert(AUTHORIZATION, value);
        }
        let http = reqwest::Client::builder()
            .default_headers(headers)
            .user_agent(concat!("mooncoon/", env!("CARGO_PKG_VERSION")))
            // A redirect lets the server choose the next address. `next` is checked, and a redirect would have to be,
            // too.
            .redirect(Policy::none())
            .connect_timeout(options.timeout.min(Duration::from_secs(10)))
            .timeout(options.timeout)
            .build()
            .map_err(Error::HttpClient)?;
        Ok(Self {
            http,
            base_url,
            version,
            options,
            sent: Arc::default(),
            silent_until: Arc::default(),
            clocks: Arc::default(),
        })
    }

    /// Returns the version in the base URL.
    pub fn version(&self) -> ApiVersion {
        self.version
    }

    /// Returns the base URL, always with a trailing slash.
    pub fn base_url(&self) -> &Url {
        &self.base_url
    }

    pub(crate) fn attempts(&self) -> u8 {
        self.options.attempts.max(1)
    }

    /// Returns how long to wait before attempt number `attempt`: doubling, plus up to the same amount at random, so
    /// that replicas do not retry at the same time.
    pub(crate) fn backoff(&self, attempt: u8) -> Duration {
        let factor = 2_u32.saturating_pow(u32::from(attempt.saturating_sub(2)));
        let base = self.options.backoff.saturating_mul(factor).min(LONGEST_BACKOFF);
        // The standard library's source of randomness: every `RandomState` has a new seed, which suffices for jitter.
        let random = RandomState::new().build_hasher().finish();
        base + base.mul_f64(random as f64 / u64::MAX as f64)
    }

    /// Returns the URL of the first page of the upcoming list.
    ///
    /// `ordering=id` is a total order. LL2's default, by NET, is not: 317 of 363 launches share their NET with another,
    /// and a page boundary between equal NETs loses some launches and repeats others (rules 1 and 2).
    pub(crate) fn upcoming_url(&self) -> Url {
        let mut url = self.join(&format!("{}upcoming/", self.version.launches()));
        url.query_pairs_mut()
            .append_pair("limit", "100")
            .append_pair("mode", self.options.mode.as_str())
            .append_pair("ordering", "id");
        url
    }

    /// Returns the URL of all launches, past ones too, that were edited at or after `since`. LL2's `gte` is inclusive
    /// and has a resolution of one second.
    pub(crate) fn changed_url(&self, since: DateTime<Utc>) -> Url {
        let mut url = self.join(self.version.launches());
        url.query_pairs_mut()
            .append_pair("limit", "100")
            .append_pair("mode", self.options.mode.as_str())
            .append_pair("ordering", "last_updated")
            .append_pair("last_updated__gte", &since.to_rfc3339_opts(SecondsFormat::Secs, true));
        url
    }

    /// Returns the URL of a page of past launches, the latest first, from NET `until` downwards. By NET and not by
    /// offset: a launch that moves into the past while we read would shift every later page by one.
    pub(crate) fn history_url(&self, until: Option<DateTime<Utc>>) -> Url {
        let mut url = self.join(&format!("{}previous/", self.version.launches()));
        url.query_pairs_mut()
            .append_pair("limit", "100")
            .append_pair("mode", self.options.mode.as_str())
            .append_pair("ordering", "-net");
        if let Some(until) = until {
            url.query_pairs_mut().append_pair("net__lte", &until.to_rfc3339_opts(SecondsFormat::Secs, true));
        }
        url
    }

    /// Returns the URL that reports how much of the allowance is left; LL2 does not count this request.
    pub(crate) fn throttle_url(&self) -> Url {
        self.join("api-throttle/")
    }

    /// Returns whether requests carry an API key.
    pub(crate) fn has_key(&self) -> bool {
        self.options.token.is_some()
    }

    /// Returns how long to wait until this process has sent fewer than `limit` requests in `window`; none if it may
    /// send now.
    pub(crate) fn pause(&self, limit: u32, window: Duration) -> Option<Duration> {
        let mut sent = self.sent.lock().unwrap_or_else(PoisonError::into_inner);
        while sent.front().is_some_and(|sent| sent.elapsed() >= window) {
            sent.pop_front();
        }
        let limit = usize::try_from(limit).unwrap_or(usize::MAX).max(1);
        let blocking = sent.len().checked_sub(limit)?;
        sent.get(blocking).map(|sent| window.saturating_sub(sent.elapsed()))
    }

    /// Notes that a 429 forbids requests for `pause`.
    pub(crate) fn note_silence(&self, pause: Duration) {
        let mut silent_until = self.silent_until.lock().unwrap_or_else(PoisonError::into_inner);
        *silent_until = (*silent_until).max(Instant::now().checked_add(pause));
    }

    /// Returns the rest of that pause.
    pub(crate) fn silence(&self) -> Option<Duration> {
        let silent_until = (*self.silent_until.lock().unwrap_or_else(PoisonError::into_inner))?;
        Some(silent_until.saturating_duration_since(Instant::now())).filter(|left| !left.is_zero())
    }

    /// Returns what this process observed of the database's clock.
    pub(crate) fn clocks(&self) -> &Clocks {
        &self.clocks
    }

    /// Notes that a request is about to be sent that LL2 counts.
    pub(crate) fn note_sent(&self) {
        self.sent.lock().unwrap_or_else(PoisonError::into_inner).push_back(Instant::now());
    }

    /// Returns the URL of a single launch, always in detailed mode.
    pub(crate) fn launch_url(&self, id: uuid::Uuid) -> Url {
        let mut url = self.join(&format!("{}{id}/", self.version.launches()));
        url.query_pairs_mut().append_pair("mode", "detailed");
        url
    }

    fn join(&self, path: &str) -> Url {
        let mut url = self.base_url.clone();
        url.set_path(&format!("{}{path}", self.base_url.path()));
        url
    }

    /// Returns the address of the next page if it is on the same path of the same server. `next` is chosen by the
    /// server: without this check it could make us fetch any address inside our network (reliability 3a, SSRF).
    pub(crate) fn follow(&self, page: &Url, next: &str) -> Result<Url, Error> {
        let foreign = || Error::ForeignNext { url: page.to_string(), next: shown(next) };
        let url = Url::parse(next).map_err(|_| foreign())?;
        let stays = url.scheme() == self.base_url.scheme()
            && url.host() == self.base_url.host()
            && url.port_or_known_default() == self.base_url.port_or_known_default()
            && url.username().is_empty()
            && url.password().is_none()
            && url.path() == page.path();
        if stays { Ok(url) } else { Err(foreign()) }
    }

    /// Sends one request, without retries.
    pub(crate) async fn get(&self, url: &Url) -> Result<Response, Failure> {
        failpoint!("request.send");
        let mut response = self.http.get(url.clone()).send().await.map_err(Failure::Transfer)?;
        failpoint!("request.headers");
        let status = response.status();
        let header = |name| response.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
        let retry_after = header(RETRY_AFTER);
        let date = header(DATE);
        let location = header(LOCATION);
        let content_type = header(CONTENT_TYPE).unwrap_or_default();
        let is_simulated = response.headers().contains_key(SIMULATED);

        if status.is_server_error() {
            return Err(Failure::Server(status));
        }
        if status.is_redirection() {
            let target = location.map_or_else(|| "nowhere".to_owned(), |location| shown(&location));
            return Err(Failure::Rejected(format!("{status} to {target}, and redirects are not followed")));
        }

        let mut body = BytesMut::new();
        while let Some(chunk) = response.chunk().await.map_err(Failure::Transfer)? {
            if body.len() + chunk.len() > self.options.body_limit {
                return Err(Failure::Rejected(format!("larger than {} bytes", self.options.body_limit)));
            }
            body.extend_from_slice(&chunk);
            failpoint!("request.body");
        }
        let body = body.freeze();

        if status == StatusCode::TOO_MANY_REQUESTS {
            return Ok(Response::Throttled {
                pause: retry_after::pause(retry_after.as_deref(), date.as_deref(), &body),
            });
        }
        if !content_type.to_ascii_lowercase().contains("json") {
            let kind = if content_type.is_empty() { "no content type".to_owned() } else { shown(&content_type) };
            return Err(Failure::Rejected(format!("{status}, {kind} instead of JSON")));
        }
        if status == StatusCode::NOT_FOUND {
            return Ok(Response::Gone);
        }
        if status != StatusCode::OK {
            return Err(Failure::Rejected(format!("{status}")));
        }
        Ok(Response::Json { body, is_simulated })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_of_the_server_is_shown_without_credentials_and_cut() {
        assert_eq!(shown("https://user:canary@host/path?token=canary#canary"), "https://host/path");
        assert_eq!(shown("soon"), "soon");
        assert_eq!(shown(&"é".repeat(5000)).chars().count(), 200);
    }

    #[test]
    fn a_pause_before_a_retry_never_overflows() {
        let options = ClientOptions { backoff: Duration::MAX, ..ClientOptions::new("http://localhost/2.3.0") };
        let client = Client::new(options).unwrap();
        for attempt in [0, 1, 2, 3, u8::MAX] {
            assert!(client.backoff(attempt) <= LONGEST_BACKOFF * 2);
        }
    }
}
