//! Normalizes request forms that routers do not expect. After this, a target is a path that begins with a slash, and there is at most one
//! host.

use axum::{
    http::{HeaderValue, Method, Request, StatusCode, Uri, Version, header, uri::Authority},
    response::Response,
};

use super::answers::plain;

const METHODS: HeaderValue = HeaderValue::from_static("GET, HEAD, POST, OPTIONS");

/// Brings a request into the form that the router expects, or returns a response.
#[expect(clippy::result_large_err, reason = "only for rare requests")]
pub(super) fn normalize<B>(mut request: Request<B>) -> Result<Request<B>, Response> {
    let refuse = |text| Err(plain(StatusCode::BAD_REQUEST, text));
    if request.method() == Method::CONNECT {
        // Its target is an authority without a path, on which the router's path matching panics.
        let mut response = plain(StatusCode::METHOD_NOT_ALLOWED, "This server is not a proxy.\n");
        response.headers_mut().insert(header::ALLOW, METHODS);
        return Err(response);
    }
    if let Err(text) = check_host(&request) {
        return refuse(text);
    }
    if request.uri().scheme().is_some() {
        // RFC 9112, 3.2.2: a server must accept this form, and use its host instead of the header's.
        let Some(authority) = request.uri().authority().filter(|authority| is_host(authority)) else {
            return refuse("The request target has no valid host.\n");
        };
        if !matches!(request.uri().scheme_str(), Some("http" | "https")) {
            return refuse("Only http and https are supported.\n");
        }
        let Ok(host) = HeaderValue::from_str(authority.as_str()) else {
            return refuse("The request target has no valid host.\n");
        };
        let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
        let path = if path.starts_with('/') { path.to_owned() } else { format!("/{path}") };
        let Ok(uri) = path.parse::<Uri>() else {
            return refuse("The request target is not a valid path.\n");
        };
        request.headers_mut().insert(header::HOST, host);
        *request.uri_mut() = uri;
    }
    if request.uri().path() == "*" {
        if request.method() != Method::OPTIONS {
            return refuse("Only OPTIONS may have the target *.\n");
        }
        let mut response = plain(StatusCode::NO_CONTENT, "");
        response.headers_mut().remove(header::CONTENT_TYPE);
        response.headers_mut().insert(header::ALLOW, METHODS);
        return Err(response);
    }
    // Also covers `GET example.org`, which parses as an authority without a path.
    if !request.uri().path().starts_with('/') || request.uri().authority().is_some() {
        return refuse("The request target must be a path that starts with a slash.\n");
    }
    Ok(request)
}

/// Checks RFC 9112, 3.2: one valid `Host`; none only before HTTP/1.1. With two, a proxy and this server could see different sites.
fn check_host<B>(request: &Request<B>) -> Result<(), &'static str> {
    let mut hosts = request.headers().get_all(header::HOST).iter();
    match (hosts.next(), hosts.next()) {
        (None, _) if request.version() <= Version::HTTP_10 => Ok(()),
        (None, _) => Err("The Host header is missing.\n"),
        (Some(_), Some(_)) => Err("There is more than one Host header.\n"),
        (Some(host), None) => match Authority::try_from(host.as_bytes()) {
            Ok(authority) if is_host(&authority) => Ok(()),
            _ => Err("The Host header is not a host with an optional port.\n"),
        },
    }
}

/// Returns whether this is a name or an address with an optional port, and no user.
fn is_host(authority: &Authority) -> bool {
    let port = authority.as_str().strip_prefix(authority.host());
    !authority.host().is_empty() && !authority.as_str().contains('@') && {
        // `Authority` accepts `host:` and `host:99999` too. An empty port is allowed by the RFC.
        port.is_some_and(|port| port.is_empty() || port == ":" || authority.port_u16().is_some())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(method: &str, target: &str, hosts: &[&str]) -> Request<()> {
        let mut request = Request::builder().method(method).uri(target);
        for host in hosts {
            request = request.header(header::HOST, *host);
        }
        request.body(()).expect("a request")
    }

    #[test]
    fn a_path_is_unchanged() {
        for target in ["/", "/a?b=c", "//x", "/%2e"] {
            let passed = normalize(request("GET", target, &["board.example:3000"])).expect("it passes");
            assert_eq!(passed.uri().to_string(), target);
        }
        assert!(normalize(request("GET", "/", &["[::1]:3000"])).is_ok());
    }

    #[test]
    fn an_absolute_target_becomes_a_path_and_its_host_wins() {
        for (target, path) in
            [("http://board.example/a?b", "/a?b"), ("http://board.example", "/"), ("https://board.example?q", "/?q")]
        {
            let passed = normalize(request("GET", target, &["other.example"])).expect("it passes");
            assert_eq!(passed.uri().to_string(), path, "{target}");
            assert_eq!(passed.headers()[header::HOST], "board.example", "{target}");
        }
    }

    #[test]
    fn other_forms_are_refused_with_their_own_status() {
        let host = &["board.example"][..];
        for (method, target, hosts, status) in [
            ("CONNECT", "board.example:443", host, 405),
            ("CONNECT", "board.example:443", &[], 405),
            ("OPTIONS", "*", host, 204),
            ("GET", "*", host, 400),
            ("GET", "board.example", host, 400),
            ("GET", "board.example:80", host, 400),
            ("GET", "ftp://board.example/", host, 400),
            ("GET", "http://user@board.example/", host, 400),
            ("GET", "/", &[], 400),
            ("GET", "/", &["a.example", "a.example"], 400),
            ("GET", "/", &["a b"], 400),
            ("GET", "/", &["a/b"], 400),
            ("GET", "/", &[""], 400),
            ("GET", "/", &["user@a.example"], 400),
            ("GET", "/", &["a.example:99999"], 400),
            ("GET", "/", &["a.example:x"], 400),
        ] {
            let refused = normalize(request(method, target, hosts)).expect_err(target);
            assert_eq!(refused.status(), status, "{method} {target} {hosts:?}");
        }
    }

    #[test]
    fn http_1_0_needs_no_host() {
        let mut old = request("GET", "/", &[]);
        *old.version_mut() = Version::HTTP_10;
        assert!(normalize(old).is_ok());
    }
}
