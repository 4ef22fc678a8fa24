//! Shared by the integration tests and the chaos tests.

#![expect(clippy::disallowed_methods, reason = "the environment configures the tests")]

use std::path::PathBuf;

use url::Url;

/// The address of the tests' Postgres, for proxies in front of it.
#[derive(Clone, Debug)]
pub(crate) enum Upstream {
    Socket(PathBuf),
    Tcp(String),
}

impl Upstream {
    /// Returns the server in `DATABASE_URL`.
    pub(crate) fn from_environment() -> Self {
        let url = std::env::var("DATABASE_URL").expect("DATABASE_URL names a server");
        let url = Url::parse(&url).expect("DATABASE_URL is a URL");
        let asked = |name: &str| url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned());
        let port = asked("port").unwrap_or_else(|| url.port().unwrap_or(5432).to_string());
        let host = asked("host").or_else(|| url.host_str().map(str::to_owned)).expect("DATABASE_URL has a host");
        // A socket directory is given in place of the host, as a query parameter or with escaped slashes.
        let host = host.replace("%2F", "/").replace("%2f", "/");
        if host.starts_with('/') {
            Self::Socket(PathBuf::from(host).join(format!(".s.PGSQL.{port}")))
        } else {
            Self::Tcp(format!("{host}:{port}"))
        }
    }
}
