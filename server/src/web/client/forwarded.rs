//! Parses the headers of proxies in front of this server: `X-Forwarded-*`, and `Forwarded` of RFC 7239.

use std::net::{IpAddr, SocketAddr};

use axum::http::HeaderMap;

use crate::trusted_proxies::TrustedProxies;

/// The connection on which the outermost trusted proxy got the request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Forwarded {
    /// The address that connected to it. If a proxy hides the address, this is the innermost proxy that does so.
    pub(super) address: IpAddr,
    /// `http` or `https`.
    pub(super) scheme: Option<&'static str>,
    /// The `Host` of that request, not validated.
    pub(super) host: Option<String>,
}

const NAMES: [&str; 3] = ["x-forwarded-for", "x-forwarded-proto", "x-forwarded-host"];

/// Reads the chain from its right end, which was written by the proxy next to us, and stops at the first address that is not a trusted
/// proxy: everything left of it was sent by the client.
///
/// `Forwarded` is used only if there is no `X-Forwarded-*`. nginx, Caddy, Traefik and HAProxy write the latter and pass on the client's
/// `Forwarded` unchanged, so the client could put anything into it.
pub(super) fn read(headers: &HeaderMap, peer: IpAddr, trusted: &TrustedProxies) -> Forwarded {
    if NAMES.iter().any(|name| headers.contains_key(*name)) {
        by_x_forwarded(headers, peer, trusted)
    } else {
        by_forwarded(headers, peer, trusted)
    }
}

fn by_x_forwarded(headers: &HeaderMap, peer: IpAddr, trusted: &TrustedProxies) -> Forwarded {
    let mut address = peer;
    // Number of trusted proxies that the request came through; the last one is our peer.
    let mut proxies = 1;
    for text in list(headers, "x-forwarded-for").iter().rev() {
        let Some(next) = node(text) else { break };
        address = next;
        if !trusted.contains(next) {
            break;
        }
        proxies += 1;
    }
    // Either each proxy appends, or the outermost one sets it and the others leave it: use the entry of the outermost trusted proxy.
    let of_the_outermost = |name: &str| {
        let list = list(headers, name);
        list.get(list.len().saturating_sub(proxies)).cloned()
    };
    Forwarded {
        address,
        scheme: of_the_outermost("x-forwarded-proto").as_deref().and_then(scheme),
        host: of_the_outermost("x-forwarded-host"),
    }
}

/// Returns the entries of all lines of a header, in order.
fn list(headers: &HeaderMap, name: &str) -> Vec<String> {
    let lines = headers.get_all(name).iter().map(|line| String::from_utf8_lossy(line.as_bytes()).into_owned());
    let entries = lines.flat_map(|line| line.split(',').map(|entry| entry.trim().to_owned()).collect::<Vec<_>>());
    entries.filter(|entry| !entry.is_empty()).collect()
}

fn by_forwarded(headers: &HeaderMap, peer: IpAddr, trusted: &TrustedProxies) -> Forwarded {
    let mut said = Forwarded { address: peer, scheme: None, host: None };
    let lines: Vec<_> = headers.get_all("forwarded").iter().map(|line| elements(line.as_bytes())).collect();
    for element in lines.iter().flatten().rev() {
        // Written by a trusted proxy, else the loop would have ended. If it cannot be parsed, it has no data, and what is left of it
        // cannot be trusted.
        let Some(element) = element else { break };
        said.scheme = element.proto.as_deref().and_then(scheme).or(said.scheme);
        said.host = element.host.clone().or(said.host);
        let Some(next) = element.r#for.as_deref().and_then(node) else { break };
        said.address = next;
        if !trusted.contains(next) {
            break;
        }
    }
    said
}

#[derive(Default)]
struct Element {
    r#for: Option<String>,
    proto: Option<String>,
    host: Option<String>,
}

/// Returns the elements of one line; none for an element that is not well formed.
fn elements(line: &[u8]) -> Vec<Option<Element>> {
    let Ok(line) = std::str::from_utf8(line) else { return vec![None] };
    let Some(parts) = split(line, ',') else { return vec![None] };
    parts.into_iter().filter(|part| !part.trim().is_empty()).map(element).collect()
}

fn element(text: &str) -> Option<Element> {
    let mut element = Element::default();
    for pair in split(text, ';')?.into_iter().map(str::trim).filter(|pair| !pair.is_empty()) {
        let (name, text) = pair.split_once('=')?;
        let slot = match name.trim().to_ascii_lowercase().as_str() {
            "for" => &mut element.r#for,
            "proto" => &mut element.proto,
            "host" => &mut element.host,
            _ => continue,
        };
        // A duplicate parameter is invalid (RFC 7239, 4).
        if slot.replace(value(text.trim())?).is_some() {
            return None;
        }
    }
    Some(element)
}

/// Splits outside of quotes; none if a quote is not closed.
fn split(text: &str, separator: char) -> Option<Vec<&str>> {
    let (mut parts, mut start) = (Vec::new(), 0);
    let (mut is_quoted, mut is_escaped) = (false, false);
    for (at, letter) in text.char_indices() {
        match letter {
            _ if is_escaped => is_escaped = false,
            '\\' if is_quoted => is_escaped = true,
            '"' => is_quoted = !is_quoted,
            _ if letter == separator && !is_quoted => {
                parts.push(text.get(start..at)?);
                start = at + letter.len_utf8();
            }
            _ => {}
        }
    }
    parts.push(text.get(start..)?);
    (!is_quoted).then_some(parts)
}

/// Parses a token, or a quoted string without its quotes.
fn value(text: &str) -> Option<String> {
    let Some(inner) = text.strip_prefix('"') else { return (!text.contains('"')).then(|| text.to_owned()) };
    let inner = inner.strip_suffix('"')?;
    let (mut value, mut letters) = (String::new(), inner.chars());
    while let Some(letter) = letters.next() {
        value.push(if letter == '\\' { letters.next()? } else { letter });
    }
    Some(value)
}

/// Parses an address with or without a port: `192.0.2.7`, `192.0.2.7:1234`, `2001:db8::1`, `[2001:db8::1]:1234`. Returns none for
/// `unknown` and the obfuscated names of RFC 7239.
fn node(text: &str) -> Option<IpAddr> {
    let text = text.trim();
    let plain = || text.parse::<IpAddr>().ok();
    let with_port = || text.parse::<SocketAddr>().ok().map(|address| address.ip());
    // An obfuscated port (`[2001:db8::1]:_x`) hides the port, not the address.
    let in_brackets = || text.strip_prefix('[')?.split_once(']')?.0.parse::<IpAddr>().ok();
    let address = plain().or_else(with_port).or_else(in_brackets)?;
    Some(address.to_canonical())
}

fn scheme(text: &str) -> Option<&'static str> {
    ["http", "https"].into_iter().find(|scheme| text.eq_ignore_ascii_case(scheme))
}

#[cfg(test)]
#[path = "forwarded_tests.rs"]
mod tests;
