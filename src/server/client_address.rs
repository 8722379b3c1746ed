//! Where a request comes from: the other end of the connection, or the address that a trusted proxy names.

use super::app_state::AppState;
use crate::{
    error::AppError,
    locale::logged_in_english,
    message::{Message, Told},
    messages::start,
};
use axum::{
    extract::{ConnectInfo, FromRequestParts},
    http::{HeaderMap, request::Parts},
};
use ipnet::IpNet;
use std::{
    net::{IpAddr, SocketAddr},
    str,
};

/// The header to which each proxy appends the address of its client.
const FORWARDED_FOR: &str = "x-forwarded-for";

/// Where a request comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClientAddress(pub IpAddr);

impl ClientAddress {
    /// Where a request with these headers on a connection from `peer` comes from: the last address that isn't a trusted
    /// proxy's. Anybody else could write anything into the headers.
    pub fn of(peer: IpAddr, headers: &HeaderMap, trusted: &[IpNet]) -> Self {
        let mut client = peer.to_canonical();
        let values: Vec<&[u8]> = headers
            .get_all(FORWARDED_FOR)
            .iter()
            .map(|value| value.as_bytes())
            .collect();
        let mut said = values
            .iter()
            .rev()
            .flat_map(|value| value.rsplit(|letter| *letter == b','));
        while is_trusted(client, trusted) {
            // No trusted proxy writes an address that can't be parsed, so the proxy that passed it on counts.
            let Some(before) = said.next().and_then(address) else {
                break;
            };
            client = before;
        }
        Self(client)
    }
}

/// Whether one of the `trusted` proxies has this address.
pub fn is_trusted(address: IpAddr, trusted: &[IpNet]) -> bool {
    let address = address.to_canonical();
    trusted.iter().any(|proxies| proxies.contains(&address))
}

/// An address as proxies write it, some with a port.
fn address(text: &[u8]) -> Option<IpAddr> {
    let text = str::from_utf8(text).ok()?.trim();
    let bare = text
        .strip_prefix('[')
        .and_then(|text| text.strip_suffix(']'))
        .unwrap_or(text);
    let address = bare
        .parse()
        .or_else(|_| text.parse().map(|with_port: SocketAddr| with_port.ip()));
    address.ok().map(|address| address.to_canonical())
}

/// A text that is neither an address nor a network.
#[derive(Debug, thiserror::Error)]
pub struct NoProxy;

impl Told for NoProxy {
    fn message(&self) -> Message {
        start::no_proxy()
    }
}

logged_in_english!(NoProxy);

/// Parses a trusted proxy from the command line: an address, or a network such as `10.0.0.0/8`.
///
/// # Errors
/// It is neither.
pub fn trusted_proxy(text: &str) -> Result<IpNet, NoProxy> {
    let net = text
        .parse::<IpNet>()
        .or_else(|_| text.parse::<IpAddr>().map(IpNet::from))
        .map_err(|_| NoProxy)?;
    Ok(match (net.addr().to_canonical(), net.prefix_len().checked_sub(96)) {
        // An IPv4 network that is written as IPv6.
        (address @ IpAddr::V4(_), Some(length)) if matches!(net, IpNet::V6(_)) => {
            IpNet::new(address, length).unwrap_or(net)
        }
        _ => net,
    })
}

impl FromRequestParts<AppState> for ClientAddress {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, AppError> {
        let Some(ConnectInfo(peer)) = parts.extensions.get::<ConnectInfo<SocketAddr>>() else {
            tracing::error!("a request came without the address of its connection");
            return Err(AppError::internal());
        };
        Ok(Self::of(peer.ip(), &parts.headers, &state.trusted_proxies))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    /// Whom a request on a connection from `peer` counts for, with one header per line.
    fn client(peer: &str, lines: &[&str], trusted: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(FORWARDED_FOR, HeaderValue::from_bytes(line.as_bytes()).unwrap());
        }
        let trusted: Vec<IpNet> = trusted.iter().map(|text| trusted_proxy(text).unwrap()).collect();
        ClientAddress::of(peer.parse().unwrap(), &headers, &trusted)
            .0
            .to_string()
    }

    #[test]
    fn without_a_trusted_proxy_the_connection_counts() {
        assert_eq!(client("192.0.2.1", &["198.51.100.9"], &[]), "192.0.2.1");
        assert_eq!(client("192.0.2.1", &["198.51.100.9"], &["192.0.2.2"]), "192.0.2.1");
        assert_eq!(client("::ffff:192.0.2.1", &[], &[]), "192.0.2.1");
    }

    #[test]
    fn the_last_address_that_is_no_trusted_proxy_counts() {
        let proxies = ["10.0.0.0/8", "2001:db8::/32", "127.0.0.1"];
        for (lines, expected) in [
            (&["203.0.113.5"][..], "203.0.113.5"),
            (&["198.51.100.9, 203.0.113.5"], "203.0.113.5"),
            (&["198.51.100.9, 203.0.113.5, 10.1.2.3"], "203.0.113.5"),
            (
                &["198.51.100.9", "203.0.113.5", "10.1.2.3 , 2001:db8::7"],
                "203.0.113.5",
            ),
            (&["203.0.113.5:4711"], "203.0.113.5"),
            (&["2a00::5"], "2a00::5"),
            (&["[2a00::5]"], "2a00::5"),
            (&["[2a00::5]:443"], "2a00::5"),
            (&["::ffff:203.0.113.5"], "203.0.113.5"),
            (&["203.0.113.5, ::ffff:10.1.2.3"], "203.0.113.5"),
            (&["10.9.9.9"], "10.9.9.9"),
            (&[], "127.0.0.1"),
        ] {
            assert_eq!(client("127.0.0.1", lines, &proxies), expected, "{lines:?}");
            assert_eq!(client("::ffff:127.0.0.1", lines, &proxies), expected, "{lines:?}");
        }
    }

    #[test]
    fn what_can_not_be_read_counts_for_the_proxy_that_passed_it_on() {
        for line in [
            "",
            "unknown",
            "_hidden",
            ",,",
            "1.2.3",
            "1.2.3.4.5",
            "fe80::1%eth0",
            "x\u{e4}",
            "[::1",
            "203.0.113.5, -",
        ] {
            assert_eq!(client("10.0.0.1", &[line], &["10.0.0.0/8"]), "10.0.0.1", "{line}");
        }
        assert_eq!(
            client("10.0.0.1", &["203.0.113.5, junk, 10.0.0.2"], &["10.0.0.0/8"]),
            "10.0.0.2"
        );
    }

    #[test]
    fn proxies_are_addresses_or_networks() {
        for (text, expected) in [
            ("10.0.0.7", "10.0.0.7/32"),
            ("::1", "::1/128"),
            ("10.0.0.0/8", "10.0.0.0/8"),
            ("::ffff:10.0.0.0/104", "10.0.0.0/8"),
            ("::ffff:10.0.0.7", "10.0.0.7/32"),
        ] {
            assert_eq!(trusted_proxy(text).unwrap().to_string(), expected);
        }
        for text in ["", "proxy", "10.0.0.0/33", "10.0.0", "10.0.0.1:80"] {
            assert!(trusted_proxy(text).is_err(), "{text}");
        }
    }
}
