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

/// Set by our simulator on every answer, so that invented data is never taken for real.
const SIMULATED: &str = "x-mooncoon-simulated";

/// How much of a launch to ask for.
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

/// A text that no log may show.
#[derive(Clone)]
pub struct Secret(String);

impl Secret {
    /// Hides the text from `Debug`.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Secret(..)")
    }
}

/// What a [`Client`] needs to know.
#[derive(Clone, Debug)]
pub struct ClientOptions {
    /// Ends in the version, `https://ll.thespacedevs.com/2.3.0`; it alone decides the shape of requests and answers.
    pub base_url: String,
    /// LL2's API key; lifts the limit of 15 requests an hour.
    pub token: Option<Secret>,
    /// How much of a launch to ask for.
    pub mode: Mode,
    /// For one request, from connecting to the last byte.
    pub timeout: Duration,
    /// Largest body taken, after decompression; a page of 100 detailed launches is about 2 MB.
    pub body_limit: usize,
    /// Most tries of one request when the server fails or the transfer breaks. Each counts against the budget.
    pub attempts: u8,
    /// Pause before the second try; doubled before the third. Up to as much again is added at random.
    pub backoff: Duration,
}

impl ClientOptions {
    /// The defaults for a base URL.
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

/// However many tries and however long the first pause.
const LONGEST_BACKOFF: Duration = Duration::from_secs(3600);

/// A text that the server sent, as an error may repeat it: cut, and an address without what lets somebody in.
fn shown(text: &str) -> String {
    let address = Url::parse(text).ok().filter(Url::has_host).map(|mut url| {
        // Neither fails for an address that has a host.
        let _ = url.set_username("");
        let _ = url.set_password(None);
        url.set_query(None);
        url.set_fragment(None);
        url.to_string()
    });
    address.as_deref().unwrap_or(text).chars().take(200).collect()
}

/// Asks LL2. It does not count requests: [`crate::run`] reserves each against the budget first.
#[derive(Clone, Debug)]
pub struct Client {
    http: reqwest::Client,
    base_url: Url,
    version: ApiVersion,
    options: ClientOptions,
    /// When this process sent what LL2 counts, by the clock that nobody sets. The database's may be set forward, and would then take
    /// an hour's requests for older than they are.
    sent: Arc<Mutex<VecDeque<Instant>>>,
    /// Until when a 429 asked this process for silence, by the same clock.
    silent_until: Arc<Mutex<Option<Instant>>>,
    clocks: Arc<Clocks>,
}

/// The response, when the transfer was whole.
#[derive(Debug)]
pub(crate) enum Response {
    /// A JSON body, not yet looked into.
    Json { body: Bytes, is_simulated: bool },
    /// 404 from the API itself.
    Gone,
    /// 429.
    Throttled { pause: Duration },
}

/// Why one try gave nothing to use.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    #[error("the transfer failed")]
    Transfer(#[source] reqwest::Error),
    #[error("the server answered {0}")]
    Server(StatusCode),
    #[error("the answer was {0}")]
    Rejected(String),
}

impl Failure {
    /// Another try may do better.
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
            return Err(bad("carries credentials; use the token"));
        }
        if base_url.query().is_some() || base_url.fragment().is_some() {
            return Err(bad("carries a query or a fragment"));
        }
        let version = ApiVersion::of(&base_url).ok_or_else(|| bad("does not end in /2.2.0 or /2.3.0"))?;
        if !base_url.path().ends_with('/') {
            base_url.set_path(&format!("{}/", base_url.path()));
        }

        let mut headers = HeaderMap::new();
        // LL2 answers browsers in HTML; `?format=json` would be echoed in every address of the body.
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        if let Some(Secret(token)) = &options.token {
            let mut value =
                HeaderValue::try_from(format!("Token {token}")).map_err(|_| bad("came with a malformed token"))?;
            value.set_sensitive(true);
            headers.insert(AUTHORIZATION, value);
        }
        let http = reqwest::Client::builder()
            .default_headers(headers)
            .user_agent(concat!("mooncoon/", env!("CARGO_PKG_VERSION")))
            // A redirect is the server's idea of where to send us next; `next` is checked and so would this have to be.
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

    /// The version named by the base URL.
    pub fn version(&self) -> ApiVersion {
        self.version
    }

    /// The base URL, always ending in a slash.
    pub fn base_url(&self) -> &Url {
        &self.base_url
    }

    pub(crate) fn attempts(&self) -> u8 {
        self.options.attempts.max(1)
    }

    /// How long to wait before try number `attempt`: doubling, with as much again at random so that replicas do not march in step.
    pub(crate) fn backoff(&self, attempt: u8) -> Duration {
        let factor = 2_u32.saturating_pow(u32::from(attempt.saturating_sub(2)));
        let base = self.options.backoff.saturating_mul(factor).min(LONGEST_BACKOFF);
        // The standard library's own source of randomness: std seeds every `RandomState` anew, and jitter needs no better.
        let random = RandomState::new().build_hasher().finish();
        base + base.mul_f64(random as f64 / u64::MAX as f64)
    }

    /// The first page of the upcoming list.
    ///
    /// `ordering=id` is total. LL2's default, by NET, is not: 317 of 363 launches share their NET with another, and a page
    /// border between equals loses some and repeats others (rules 1 and 2).
    pub(crate) fn upcoming_url(&self) -> Url {
        let mut url = self.join(&format!("{}upcoming/", self.version.launches()));
        url.query_pairs_mut()
            .append_pair("limit", "100")
            .append_pair("mode", self.options.mode.as_str())
            .append_pair("ordering", "id");
        url
    }

    /// Every launch, past ones too, whose row was edited since then. LL2's `gte` is inclusive and to the second.
    pub(crate) fn changed_url(&self, since: DateTime<Utc>) -> Url {
        let mut url = self.join(self.version.launches());
        url.query_pairs_mut()
            .append_pair("limit", "100")
            .append_pair("mode", self.options.mode.as_str())
            .append_pair("ordering", "last_updated")
            .append_pair("last_updated__gte", &since.to_rfc3339_opts(SecondsFormat::Secs, true));
        url
    }

    /// A page of past launches, the latest first, from a NET on down. By NET and not by offset: a launch that joins the past while we
    /// read would push every later page by one.
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

    /// How much of the allowance is left; LL2 does not count this question.
    pub(crate) fn throttle_url(&self) -> Url {
        self.join("api-throttle/")
    }

    /// An API key is shown to LL2.
    pub(crate) fn has_key(&self) -> bool {
        self.options.token.is_some()
    }

    /// When this process may send again if it is to have sent fewer than `limit` in `window`; none for now.
    pub(crate) fn pause(&self, limit: u32, window: Duration) -> Option<Duration> {
        let mut sent = self.sent.lock().unwrap_or_else(PoisonError::into_inner);
        while sent.front().is_some_and(|sent| sent.elapsed() >= window) {
            sent.pop_front();
        }
        let limit = usize::try_from(limit).unwrap_or(usize::MAX).max(1);
        let blocking = sent.len().checked_sub(limit)?;
        sent.get(blocking).map(|sent| window.saturating_sub(sent.elapsed()))
    }

    /// Notes that LL2 asked for silence.
    pub(crate) fn note_silence(&self, pause: Duration) {
        let mut silent_until = self.silent_until.lock().unwrap_or_else(PoisonError::into_inner);
        *silent_until = (*silent_until).max(Instant::now().checked_add(pause));
    }

    /// How much of that silence is left.
    pub(crate) fn silence(&self) -> Option<Duration> {
        let silent_until = (*self.silent_until.lock().unwrap_or_else(PoisonError::into_inner))?;
        Some(silent_until.saturating_duration_since(Instant::now())).filter(|left| !left.is_zero())
    }

    /// What this process saw of the database's clock.
    pub(crate) fn clocks(&self) -> &Clocks {
        &self.clocks
    }

    /// Notes that LL2 is about to count a request.
    pub(crate) fn note_sent(&self) {
        self.sent.lock().unwrap_or_else(PoisonError::into_inner).push_back(Instant::now());
    }

    /// A single launch, always with everything.
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

    /// The address of the next page, if it stays below the base URL. `next` is whatever the server says: an unchecked one
    /// makes us fetch any address inside our network (reliability 3a, SSRF).
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

    /// Sends one request, once.
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
            let kind = if content_type.is_empty() { "of no type".to_owned() } else { shown(&content_type) };
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
    fn what_a_server_sends_is_repeated_without_credentials_and_not_at_length() {
        assert_eq!(shown("https://user:canary@host/path?token=canary#canary"), "https://host/path");
        assert_eq!(shown("soon"), "soon");
        assert_eq!(shown(&"é".repeat(5000)).chars().count(), 200);
    }

    #[test]
    fn a_pause_before_a_further_try_never_overflows() {
        let options = ClientOptions { backoff: Duration::MAX, ..ClientOptions::new("http://localhost/2.3.0") };
        let client = Client::new(options).unwrap();
        for attempt in [0, 1, 2, 3, u8::MAX] {
            assert!(client.backoff(attempt) <= LONGEST_BACKOFF * 2);
        }
    }
}
