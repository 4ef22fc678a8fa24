//! Who can reach the board with the current configuration, and the warnings about that at startup. `docs/deployment.md` has the same as a
//! table.

use std::net::SocketAddr;

use crate::{config::Config, trusted_proxies::TrustedProxies};

/// The settings that determine who can reach the board, and how it appears to them.
#[derive(Clone, Debug)]
struct Exposure {
    addr: SocketAddr,
    public_read: bool,
    has_public_url: bool,
    proxies: TrustedProxies,
}

/// Warns about every combination of settings that works but may be unintended.
pub(crate) fn warn(config: &Config) {
    let exposure = Exposure {
        addr: config.addr,
        public_read: config.public_read,
        has_public_url: config.public_url.is_some(),
        proxies: config.trusted_proxies.clone(),
    };
    for line in exposure.warnings() {
        tracing::warn!(addr = %exposure.addr, "{line}");
    }
}

const CLOSED: &str = "public reading is off: visitors are refused; set MOONCOON_PUBLIC_READ=on to allow reading";
const OPEN: &str = "anybody who can reach this address may read the board, without encryption; for public access use a proxy with TLS and \
    set MOONCOON_PUBLIC_URL and MOONCOON_TRUSTED_PROXY (docs/deployment.md); otherwise listen on 127.0.0.1";
const ONE_CLIENT: &str = "MOONCOON_PUBLIC_URL is set but MOONCOON_TRUSTED_PROXY is not: behind a proxy all visitors count as one client and \
    share its connection limit; set the proxy's address";
const NO_NAME: &str = "MOONCOON_TRUSTED_PROXY is set but MOONCOON_PUBLIC_URL is not: requests for hosts other than localhost are refused, and \
    feeds link to the host of the request";
const TRUSTS_ALL: &str = "MOONCOON_TRUSTED_PROXY trusts every address: any client can forge its address and host; set the proxy's own address";

impl Exposure {
    fn warnings(&self) -> Vec<&'static str> {
        let has_proxy = !self.proxies.is_empty();
        let mut warnings = Vec::new();
        if !self.public_read {
            warnings.push(CLOSED);
        } else if !self.addr.ip().to_canonical().is_loopback() && !self.has_public_url && !has_proxy {
            warnings.push(OPEN);
        }
        if self.has_public_url && !has_proxy {
            warnings.push(ONE_CLIENT);
        }
        if has_proxy && !self.has_public_url {
            warnings.push(NO_NAME);
        }
        if self.proxies.trusts_every_address() {
            warnings.push(TRUSTS_ALL);
        }
        warnings
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The rows of the table in `docs/deployment.md`.
    #[test]
    fn each_combination_has_its_warnings() {
        let rows: [(&str, bool, bool, &str, &[&str]); 14] = [
            ("127.0.0.1:3000", true, false, "", &[]),
            ("[::1]:3000", true, false, "", &[]),
            // A mapped loopback address is still this machine.
            ("[::ffff:127.0.0.1]:3000", true, false, "", &[]),
            ("127.0.0.1:3000", false, false, "", &[CLOSED]),
            ("127.0.0.1:3000", true, true, "127.0.0.1", &[]),
            ("127.0.0.1:3000", true, true, "", &[ONE_CLIENT]),
            ("127.0.0.1:3000", true, false, "127.0.0.1", &[NO_NAME]),
            ("0.0.0.0:3000", false, false, "", &[CLOSED]),
            ("0.0.0.0:3000", true, false, "", &[OPEN]),
            ("[::]:3000", true, false, "", &[OPEN]),
            ("192.0.2.1:3000", true, false, "", &[OPEN]),
            ("0.0.0.0:3000", true, true, "10.0.0.0/8", &[]),
            ("0.0.0.0:3000", true, true, "0.0.0.0/0", &[TRUSTS_ALL]),
            ("0.0.0.0:3000", true, false, "::/0", &[NO_NAME, TRUSTS_ALL]),
        ];
        for (addr, public_read, has_public_url, proxies, expected) in rows {
            let exposure = Exposure {
                addr: addr.parse().expect("an address"),
                public_read,
                has_public_url,
                proxies: proxies.parse().expect("a list"),
            };
            assert_eq!(exposure.warnings(), expected, "{exposure:?}");
        }
    }
}
