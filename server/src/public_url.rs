use std::str::FromStr;

use anyhow::{Context as _, bail};
use url::Url;

/// `MOONCOON_PUBLIC_URL`: the public address. A scheme and a host without a path: the pages are served at the root.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PublicUrl {
    origin: String,
    host: String,
}

impl PublicUrl {
    /// `https://moon.example:8443`, without a trailing slash and without the scheme's default port.
    pub(crate) fn origin(&self) -> &str {
        &self.origin
    }

    /// `moon.example`, without a port.
    pub(crate) fn host(&self) -> &str {
        &self.host
    }
}

impl FromStr for PublicUrl {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> anyhow::Result<Self> {
        // The text itself is not repeated: it may contain a password by mistake.
        let url = Url::parse(text.trim()).context("not a URL such as https://moon.example")?;
        if !matches!(url.scheme(), "http" | "https") {
            bail!("its scheme is {}: neither http nor https", url.scheme());
        }
        if !url.username().is_empty() || url.password().is_some() {
            bail!("it has a user or a password: remove them");
        }
        if url.path() != "/" || url.query().is_some() || url.fragment().is_some() {
            bail!("it has more than a host: pages are served at the root of a host only");
        }
        let host = url.host_str().context("it has no host")?.to_owned();
        Ok(Self { origin: url.origin().ascii_serialization(), host })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scheme_and_a_host_are_kept() {
        for (text, origin, host) in [
            ("https://moon.example", "https://moon.example", "moon.example"),
            (" https://Moon.Example:443/ ", "https://moon.example", "moon.example"),
            ("http://moon.example:8080", "http://moon.example:8080", "moon.example"),
            ("http://[2001:db8::1]:3000", "http://[2001:db8::1]:3000", "[2001:db8::1]"),
            ("https://mönd.example", "https://xn--mnd-sna.example", "xn--mnd-sna.example"),
        ] {
            let url: PublicUrl = text.parse().expect(text);
            assert_eq!((url.origin(), url.host()), (origin, host), "{text}");
        }
    }

    #[test]
    fn anything_more_is_refused_and_passwords_are_not_repeated() {
        for text in [
            "moon.example",
            "ftp://moon.example",
            "https://",
            "https://moon.example/board",
            "https://moon.example/?x=1",
            "https://moon.example/#x",
            "https://user:canary@moon.example",
            "javascript:alert(1)",
        ] {
            let error = text.parse::<PublicUrl>().expect_err(text);
            assert!(!format!("{error:#}").contains("canary"));
        }
    }
}
