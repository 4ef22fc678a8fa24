use std::{net::IpAddr, str::FromStr, sync::Arc};

use anyhow::{Context as _, anyhow};
use ipnet::IpNet;

/// `MOONCOON_TRUSTED_PROXY`: the addresses and networks whose `Forwarded` and `X-Forwarded-*` headers are trusted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct TrustedProxies(Arc<[IpNet]>);

impl TrustedProxies {
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns whether a network in the list contains every address of its family.
    pub(crate) fn trusts_every_address(&self) -> bool {
        self.0.iter().any(|network| network.prefix_len() == 0)
    }

    pub(crate) fn contains(&self, address: IpAddr) -> bool {
        // A listener on `[::]` gets IPv4 peers as mapped addresses.
        let address = address.to_canonical();
        self.0.iter().any(|network| network.contains(&address))
    }
}

impl FromStr for TrustedProxies {
    type Err = anyhow::Error;

    /// Parses `10.0.0.0/8, 192.0.2.7`.
    fn from_str(text: &str) -> anyhow::Result<Self> {
        let networks = text.split(',').map(str::trim).filter(|part| !part.is_empty()).map(|part| {
            let address = part.parse::<IpAddr>().map(IpNet::from);
            address.or_else(|_| part.parse()).map_err(|_| anyhow!("{part:?} is neither an address nor a network"))
        });
        networks.collect::<anyhow::Result<_>>().map(Self).context("a list of addresses and networks is expected")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_networks_are_parsed_and_matched() {
        let proxies: TrustedProxies = "10.0.0.0/8, 192.0.2.7,2001:db8::/32".parse().expect("a list");
        for inside in ["10.1.2.3", "192.0.2.7", "2001:db8::1", "::ffff:10.1.2.3"] {
            assert!(proxies.contains(inside.parse().expect("an address")), "{inside}");
        }
        for outside in ["11.0.0.1", "192.0.2.8", "::1"] {
            assert!(!proxies.contains(outside.parse().expect("an address")), "{outside}");
        }
    }

    #[test]
    fn an_invalid_network_is_named() {
        let error = "10.0.0.0/8, proxy.local".parse::<TrustedProxies>().expect_err("a name is not an address");
        assert!(format!("{error:#}").contains("proxy.local"));
    }
}
