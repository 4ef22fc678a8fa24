//! The client of a request, and the address under which it reached us: determined once for each request, from its connection and the
//! headers of trusted proxies.

mod authority;
mod forwarded;
mod request_id;

use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
};

use axum::{
    extract::{ConnectInfo, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Uri, header},
    middleware::Next,
    response::Response,
};
use tracing::Instrument as _;

use self::authority::{Authority, Host};
use crate::{public_url::PublicUrl, trusted_proxies::TrustedProxies};

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
const FORWARDED_PROTO: HeaderName = HeaderName::from_static("x-forwarded-proto");
/// All headers that only a trusted proxy may send. They are removed from a request after they have been read.
const FORWARDED: [&str; 6] =
    ["forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-port", "x-forwarded-proto", "x-real-ip"];

/// The names under which the program is reached.
#[derive(Clone, Debug)]
pub(crate) struct Addressing {
    pub(crate) proxies: TrustedProxies,
    pub(crate) public_url: Option<PublicUrl>,
    /// The address it listens on.
    pub(crate) listens_on: IpAddr,
}

/// The client of a request; an extension of every request that a handler sees.
#[derive(Clone, Debug)]
pub(crate) struct Client {
    /// Behind trusted proxies, the address that connected to the first of them. None without a network: in tests.
    pub(crate) address: Option<IpAddr>,
    /// The requested host, as the outermost trusted proxy got it; an error if there was none, or if it is invalid.
    pub(super) host: Result<Authority, &'static str>,
    /// Scheme and host for links that are used outside of our pages: `MOONCOON_PUBLIC_URL`, or those of the request. Empty without a host.
    pub(crate) origin: Arc<str>,
    pub(crate) request_id: Arc<str>,
}

impl Client {
    fn of(uri: &Uri, headers: &HeaderMap, peer: Option<SocketAddr>, addressing: &Addressing) -> Self {
        let peer = peer.map(|peer| peer.ip().to_canonical());
        let proxy = peer.filter(|peer| addressing.proxies.contains(*peer));
        let said = proxy.map(|proxy| forwarded::read(headers, proxy, &addressing.proxies));
        let host = match said.as_ref().and_then(|said| said.host.as_deref()) {
            Some(host) => Authority::parse(host).ok_or("the proxy reports an invalid host"),
            None => host_of(uri, headers),
        };
        let scheme = said.as_ref().and_then(|said| said.scheme).unwrap_or("http");
        let origin = match (&addressing.public_url, &host) {
            (Some(url), _) => url.origin().to_owned(),
            (None, Ok(host)) => origin(scheme, host),
            (None, Err(_)) => String::new(),
        };
        let request_id = proxy.and_then(|_| request_id::given(headers.get(REQUEST_ID)?));
        Self {
            address: said.map(|said| said.address).or(peer),
            host,
            origin: origin.into(),
            request_id: request_id.unwrap_or_else(request_id::fresh).into(),
        }
    }
}

/// Returns the host of a request: that of an absolute URI takes precedence over the header's (RFC 9112, 3.2.2).
fn host_of(uri: &Uri, headers: &HeaderMap) -> Result<Authority, &'static str> {
    if let Some(authority) = uri.authority() {
        return Authority::parse(authority.as_str()).ok_or("the request target has an invalid host");
    }
    let mut lines = headers.get_all(header::HOST).iter();
    let line = lines.next().ok_or("the request has no host")?;
    if lines.next().is_some() {
        return Err("the request has more than one host");
    }
    line.to_str().ok().and_then(Authority::parse).ok_or("the Host header has an invalid host")
}

fn origin(scheme: &str, host: &Authority) -> String {
    let port = host.port.filter(|port| *port != if scheme == "https" { 443 } else { 80 });
    format!("{scheme}://{}", Authority { host: host.host.clone(), port })
}

/// Attaches the [`Client`] to each request, and path and request id to all of its log lines.
///
/// The headers of proxies are not passed on: `Host` and `X-Forwarded-Proto` are set from the trusted values, and the others are removed,
/// so that no inner layer can trust a header that any client may send.
pub(super) async fn identify(State(addressing): State<Arc<Addressing>>, mut request: Request, next: Next) -> Response {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0);
    let client = Client::of(request.uri(), request.headers(), peer, &addressing);
    let headers = request.headers_mut();
    for name in FORWARDED {
        headers.remove(name);
    }
    headers.remove(REQUEST_ID);
    if let Some((scheme, host)) = client.origin.split_once("://")
        && let (Ok(scheme), Ok(host)) = (HeaderValue::from_str(scheme), HeaderValue::from_str(host))
    {
        headers.insert(header::HOST, host);
        headers.insert(FORWARDED_PROTO, scheme);
    }
    // At error level: a log without levels below warning would otherwise lose the path and the id of its own lines. Without the query
    // string: search terms must not be logged.
    let span = tracing::error_span!(
        "request",
        method = %request.method().as_str().chars().take(20).collect::<String>(),
        path = %request.uri().path().chars().take(200).collect::<String>(),
        request_id = %client.request_id,
        client = client.address.map(tracing::field::display),
    );
    let id = HeaderValue::from_str(&client.request_id).ok();
    request.extensions_mut().insert(client);
    let mut response = next.run(request).instrument(span).await;
    if let Some(id) = id {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    response
}

impl Addressing {
    /// Returns whether a host is one of ours.
    pub(super) fn answers_for(&self, host: &Host) -> bool {
        if host.is_loopback() || *host == Host::Ip(self.listens_on) {
            return true;
        }
        match &self.public_url {
            Some(url) => Authority::parse(url.host()).is_some_and(|public| public.host == *host),
            // An IP address cannot be pointed elsewhere, unlike a name.
            None => matches!(host, Host::Ip(_)) && !self.listens_on.is_loopback(),
        }
    }

    /// Returns whether a page of this origin is one of ours, for a client that requested `host`.
    pub(super) fn is_own_origin(&self, origin: &str, client: &Client) -> bool {
        if self.public_url.as_ref().is_some_and(|url| url.origin() == origin) {
            return true;
        }
        // By host and port, not by scheme: a proxy may terminate TLS without reporting it in a header.
        let theirs = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://"));
        let theirs = theirs.and_then(Authority::parse).map(without_default_port);
        let ours = client.host.as_ref().ok().cloned().map(without_default_port);
        theirs.is_some() && theirs == ours
    }
}

fn without_default_port(authority: Authority) -> Authority {
    Authority { port: authority.port.filter(|port| !matches!(port, 80 | 443)), ..authority }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn addressing(listens_on: &str, public_url: Option<&str>) -> Addressing {
        Addressing {
            proxies: "10.0.0.0/8".parse().expect("a list"),
            public_url: public_url.map(|url| url.parse().expect("a URL")),
            listens_on: listens_on.parse().expect("an address"),
        }
    }

    fn client(peer: &str, addressing: &Addressing, lines: &[(&'static str, &str)]) -> Client {
        let mut headers = HeaderMap::new();
        for (name, value) in lines {
            headers.append(*name, HeaderValue::from_str(value).expect("a value"));
        }
        Client::of(
            &Uri::from_static("/"),
            &headers,
            Some(SocketAddr::new(peer.parse().expect("an address"), 9)),
            addressing,
        )
    }

    #[test]
    fn links_follow_the_public_url_then_a_trusted_proxy_then_the_host() {
        let lines = [
            ("host", "inner:3000"),
            ("x-forwarded-for", "203.0.113.9"),
            ("x-forwarded-proto", "https"),
            ("x-forwarded-host", "moon.example:443"),
        ];
        let open = addressing("0.0.0.0", None);
        let of = |peer, addressing: &Addressing| {
            let client = client(peer, addressing, &lines);
            (client.origin.to_string(), client.address.map(|address| address.to_string()).unwrap_or_default())
        };
        assert_eq!(of("10.0.0.1", &open), ("https://moon.example".to_owned(), "203.0.113.9".to_owned()));
        assert_eq!(of("::ffff:10.0.0.1", &open).1, "203.0.113.9", "an IPv4 peer of a listener on [::]");
        assert_eq!(of("192.0.2.1", &open), ("http://inner:3000".to_owned(), "192.0.2.1".to_owned()));
        let public = addressing("0.0.0.0", Some("https://board.example"));
        assert_eq!(of("10.0.0.1", &public).0, "https://board.example");
        assert_eq!(of("192.0.2.1", &public).0, "https://board.example");
    }

    #[test]
    fn accepted_hosts_depend_on_the_listening_address() {
        let answers =
            |addressing: &Addressing, host: &str| addressing.answers_for(&Authority::parse(host).expect("a host").host);
        let local = addressing("127.0.0.1", None);
        let open = addressing("0.0.0.0", None);
        let one = addressing("192.0.2.7", None);
        let public = addressing("0.0.0.0", Some("https://moon.example"));
        for (host, expected) in [
            ("localhost:8080", [true, true, true, true]),
            ("127.0.0.1:3000", [true, true, true, true]),
            ("[::1]", [true, true, true, true]),
            ("192.0.2.7:3000", [false, true, true, false]),
            ("203.0.113.1", [false, true, true, false]),
            ("[2001:db8::1]:3000", [false, true, true, false]),
            ("moon.example", [false, false, false, true]),
            ("MOON.example.:444", [false, false, false, true]),
            ("evil.example", [false, false, false, false]),
            ("moon.example.evil.example", [false, false, false, false]),
            ("localhost.evil.example", [false, false, false, false]),
            ("127.0.0.1.evil.example", [false, false, false, false]),
            ("mooncoon", [false, false, false, false]),
        ] {
            let seen = [&local, &open, &one, &public].map(|addressing| answers(addressing, host));
            assert_eq!(seen, expected, "{host}: on 127.0.0.1, on 0.0.0.0, on 192.0.2.7, with a public URL");
        }
        let both = addressing("192.0.2.7", Some("https://moon.example"));
        assert!(answers(&both, "192.0.2.7"), "the address it listens on");
    }

    #[test]
    fn a_request_id_is_accepted_from_a_trusted_proxy_only() {
        let open = addressing("0.0.0.0", None);
        let id = |peer, id| client(peer, &open, &[("x-request-id", id)]).request_id.to_string();
        assert_eq!(id("10.0.0.1", "abc-123"), "abc-123");
        for (peer, given) in [("192.0.2.1", "abc-123"), ("10.0.0.1", "a b"), ("10.0.0.1", ""), ("10.0.0.1", "<x>")] {
            let made = id(peer, given);
            assert!(made != given && made.len() == 16, "{given}: {made}");
        }
        assert_ne!(id("192.0.2.1", ""), id("192.0.2.1", ""));
    }

    #[test]
    fn an_origin_is_ours_by_host_and_port() {
        let local = addressing("127.0.0.1", None);
        let public = addressing("0.0.0.0", Some("https://moon.example"));
        let asked = client("192.0.2.1", &local, &[("host", "localhost:3000")]);
        for (origin, expected) in [
            ("http://localhost:3000", true),
            ("https://localhost:3000", true),
            ("http://localhost:4000", false),
            ("http://localhost", false),
            ("null", false),
            ("", false),
            ("http://evil.example", false),
            ("http://localhost:3000@evil.example", false),
            ("http://localhost:3000.evil.example", false),
            ("ftp://localhost:3000", false),
        ] {
            assert_eq!(local.is_own_origin(origin, &asked), expected, "{origin}");
        }
        let inside = client("192.0.2.1", &public, &[("host", "localhost:3000")]);
        assert!(public.is_own_origin("https://moon.example", &inside));
        assert!(!public.is_own_origin("http://moon.example", &inside));
    }

    #[test]
    fn a_request_must_name_exactly_one_host() {
        let open = addressing("0.0.0.0", None);
        assert!(client("192.0.2.1", &open, &[]).host.is_err());
        assert!(client("192.0.2.1", &open, &[("host", "a.example"), ("host", "b.example")]).host.is_err());
        assert!(client("192.0.2.1", &open, &[("host", "user@a.example")]).host.is_err());
        let absolute = host_of(&Uri::from_static("http://a.example:80/x"), &HeaderMap::new());
        assert_eq!(absolute.map(|host| host.to_string()), Ok("a.example:80".to_owned()));
    }

    /// Collects the log output for a test.
    #[derive(Clone, Default)]
    struct Log(Arc<std::sync::Mutex<Vec<u8>>>);

    impl std::io::Write for Log {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().expect("no test panics here").extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    #[tokio::test]
    async fn a_log_line_names_path_and_request_and_no_secret() {
        use tower::ServiceExt as _;

        let log = Log::default();
        let writer = log.clone();
        // The level of a program that logs errors only.
        let subscriber = tracing_subscriber::fmt()
            .with_max_level(tracing::Level::ERROR)
            .with_ansi(false)
            .with_writer(move || writer.clone())
            .finish();
        let _guard = tracing::subscriber::set_default(subscriber);
        let fail = || async { tracing::error!("it failed") };
        let app = axum::Router::new().route("/fails", axum::routing::get(fail));
        let addressing = Arc::new(addressing("127.0.0.1", None));
        let app = app.layer(axum::middleware::from_fn_with_state(addressing, identify));
        let request = Request::builder()
            .uri("/fails?q=canary-of-the-query")
            .header("authorization", "Bearer canary-of-a-header")
            .header("cookie", "session=canary-of-a-header")
            .body(axum::body::Body::empty())
            .expect("a request");
        let response = app.oneshot(request).await.expect("it answers");
        let id = response.headers().get(REQUEST_ID).and_then(|id| id.to_str().ok()).expect("an id").to_owned();
        let lines = String::from_utf8(log.0.lock().expect("no test panics here").clone()).expect("UTF-8");
        assert!(lines.contains("it failed") && lines.contains("path=/fails") && lines.contains(&id), "{lines}");
        assert!(lines.contains("method=GET") && !lines.contains("canary"), "{lines}");
    }
}
