use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// `host[:port]` of a `Host` header or from a proxy, validated and normalized.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Authority {
    pub(crate) host: Host,
    pub(crate) port: Option<u16>,
}

/// The part before the port.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Host {
    /// In lower case, without a trailing dot.
    Name(String),
    Ip(IpAddr),
}

impl Authority {
    /// Returns none if the text is not the authority of an http URL: it has a user name, a path, or characters that no
    /// host has.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (host, port) = match text.strip_prefix('[') {
            Some(rest) => {
                let (address, port) = rest.split_once(']')?;
                (Host::Ip(address.parse::<Ipv6Addr>().ok()?.into()), port)
            }
            None => {
                let (host, port) = text.split_at(text.find(':').unwrap_or(text.len()));
                (Host::parse(host)?, port)
            }
        };
        let port = match port.strip_prefix(':') {
            // An empty port means the default port of the scheme (RFC 3986, 3.2.3).
            Some("") => None,
            Some(digits) if digits.bytes().all(|byte| byte.is_ascii_digit()) => Some(digits.parse().ok()?),
            None if port.is_empty() => None,
            _ => return None,
        };
        Some(Self { host, port })
    }
}

impl Host {
    fn parse(text: &str) -> Option<Self> {
        if let Ok(address) = text.parse::<Ipv4Addr>() {
            return Some(Self::Ip(address.into()));
        }
        let name = text.strip_suffix('.').unwrap_or(text);
        let is_label = |label: &str| {
            (1..=63).contains(&label.len())
                && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
        };
        (name.len() <= 253 && name.split('.').all(is_label)).then(|| Self::Name(name.to_ascii_lowercase()))
    }

    /// Returns whether the host is this machine. A name that only begins or ends alike belongs to another host.
    pub(crate) fn is_loopback(&self) -> bool {
        match self {
            Self::Name(name) => name == "localhost" || name.ends_with(".localhost"),
            Self::Ip(address) => address.to_canonical().is_loopback(),
        }
    }
}

impl std::fmt::Display for Host {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Name(name) => formatter.write_str(name),
            Self::Ip(IpAddr::V4(address)) => write!(formatter, "{address}"),
            Self::Ip(IpAddr::V6(address)) => write!(formatter, "[{address}]"),
        }
    }
}

impl std::fmt::Display for Authority {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.port {
            Some(port) => write!(formatter, "{}:{port}", self.host),
            None => write!(formatter, "{}", self.host),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_normalised_to_one_spelling() {
        for (text, spelling) in [
            ("moon.example", "moon.example"),
            ("Moon.Example.:443", "moon.example:443"),
            ("localhost:", "localhost"),
            ("192.0.2.7:3000", "192.0.2.7:3000"),
            ("[2001:DB8::1]", "[2001:db8::1]"),
            ("[::1]:3000", "[::1]:3000"),
            ("my_host", "my_host"),
        ] {
            assert_eq!(Authority::parse(text).map(|host| host.to_string()).as_deref(), Some(spelling), "{text}");
        }
    }

    #[test]
    fn an_invalid_host_is_refused() {
        for text in [
            "",
            ".",
            ":80",
            "a..b",
            "user@moon.example",
            "moon.example/x",
            "moon.example\\x",
            "moon.example:http",
            "moon.example:99999",
            "moon.example:80:80",
            "::1",
            "[::1",
            "[::1]x",
            "[moon]",
            "moon example",
            "moon\"><script>",
            "mönd.example",
            "a,b",
        ] {
            assert_eq!(Authority::parse(text), None, "{text}");
        }
        assert_eq!(Authority::parse(&format!("{}.example", "a".repeat(64))), None);
    }

    #[test]
    fn only_this_machine_is_loopback() {
        let loopback = |text: &str| Authority::parse(text).expect(text).host.is_loopback();
        for text in
            ["localhost", "LOCALHOST:1", "moon.localhost", "127.0.0.1", "127.9.9.9:80", "[::1]", "[::ffff:127.0.0.1]"]
        {
            assert!(loopback(text), "{text}");
        }
        for text in ["localhost.example", "notlocalhost", "127.0.0.1.example", "192.168.0.1", "0.0.0.0", "[::2]"] {
            assert!(!loopback(text), "{text}");
        }
    }
}
