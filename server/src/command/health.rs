use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    time::Duration,
};

use anyhow::{Context as _, bail};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    time::timeout,
};

use crate::{cli::HealthOptions, config::Config};

/// Shorter than the five seconds of the image's HEALTHCHECK, so that the cause is printed.
const PATIENCE: Duration = Duration::from_secs(4);
/// A health response has a few hundred bytes.
const LONGEST_ANSWER: u64 = 16 * 1024;

/// Checks the health of the program that runs with the same settings.
///
/// Without reqwest, which would use the proxies of the environment, and read every root certificate first.
pub(crate) async fn health(config: &Config, options: HealthOptions) -> anyhow::Result<()> {
    let addr = reachable(config.addr);
    let path = if options.ready { "/readyz" } else { "/healthz" };
    let answer = timeout(PATIENCE, ask(addr, path)).await;
    let answer = answer.with_context(|| format!("no response from {addr} within {PATIENCE:?}"))??;
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
    match head.split(' ').nth(1) {
        Some("200") => Ok(()),
        Some(status) => bail!("{addr} responded with {status}: {}", body.trim()),
        None => bail!("the program at {addr} does not speak HTTP"),
    }
}

async fn ask(addr: SocketAddr, path: &str) -> anyhow::Result<String> {
    let mut stream = TcpStream::connect(addr).await.with_context(|| format!("nothing listens on {addr}"))?;
    stream.write_all(format!("GET {path} HTTP/1.1\r\nHost: {addr}\r\nConnection: close\r\n\r\n").as_bytes()).await?;
    let mut answer = Vec::new();
    stream.take(LONGEST_ANSWER).read_to_end(&mut answer).await?;
    Ok(String::from_utf8_lossy(&answer).into_owned())
}

/// Replaces an unspecified address (all interfaces) by the loopback address.
fn reachable(addr: SocketAddr) -> SocketAddr {
    let ip = match addr.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(ip, addr.port())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_on_all_addresses_is_checked_on_the_loopback() {
        for (listens, asked) in [
            ("0.0.0.0:3000", "127.0.0.1:3000"),
            ("[::]:3000", "[::1]:3000"),
            ("127.0.0.1:80", "127.0.0.1:80"),
            ("192.0.2.1:80", "192.0.2.1:80"),
        ] {
            assert_eq!(reachable(listens.parse().expect("an address")).to_string(), asked);
        }
    }
}
