//! The name of a request: it stands in every line that is logged for it and in its answer, so that a person can quote it.

use super::{app_state::AppState, client_address};
use axum::{
    extract::{ConnectInfo, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue},
    middleware::Next,
    response::Response,
};
use std::{fmt, net::SocketAddr, sync::Arc};
use tower_sessions::session::Id;

/// The header in which a proxy names a request, and in which the answer does.
pub const HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// No name that is taken from a proxy is longer, in bytes.
const LONGEST: usize = 64;

/// The name of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestId(Arc<str>);

impl RequestId {
    /// One that no other request has: 64 random bits, few enough to be read out.
    fn random() -> Self {
        let bits = Id::default().0 as u64;
        Self(format!("{bits:016x}").into())
    }

    /// The one that the headers name, if they name one and it is fit for a log: with it, nobody can make a line look
    /// like another one.
    fn named(headers: &HeaderMap) -> Option<Self> {
        let mut names = headers.get_all(HEADER).iter();
        let (Some(name), None) = (names.next(), names.next()) else {
            return None;
        };
        let name = name.to_str().ok()?;
        let is_plain = |letter: u8| letter.is_ascii_alphanumeric() || matches!(letter, b'-' | b'_');
        ((1..=LONGEST).contains(&name.len()) && name.bytes().all(is_plain)).then(|| Self(name.into()))
    }

    /// As it stands in the log.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Names the request, with a trusted proxy's name or a new one, and gives its answer the same name.
pub async fn name(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
    let is_of_proxy =
        peer.is_some_and(|ConnectInfo(peer)| client_address::is_trusted(peer.ip(), &state.trusted_proxies));
    let named = is_of_proxy.then(|| RequestId::named(request.headers())).flatten();
    let id = named.unwrap_or_else(RequestId::random);
    request.extensions_mut().insert(id.clone());
    let mut response = next.run(request).await;
    if let Ok(id) = HeaderValue::from_str(id.as_str()) {
        response.headers_mut().insert(HEADER, id);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(values: &[&'static str]) -> Option<String> {
        let headers = values.iter().map(|value| (HEADER, HeaderValue::from_static(value)));
        RequestId::named(&headers.collect()).map(|id| id.to_string())
    }

    #[test]
    fn a_name_is_short_and_plain() {
        let uuid = "0b6f3a1e-8a51-4d0e-9f5e-2c4a6f0d7b11";
        assert_eq!(named(&[uuid]).as_deref(), Some(uuid));
        assert_eq!(named(&["a_1"]).as_deref(), Some("a_1"));
        for values in [
            &[][..],
            &[""],
            &["a b"],
            &["ada@studio.test"],
            &["192.0.2.1"],
            &["a\u{9}b"],
            &["one", "two"],
            &["0123456789012345678901234567890123456789012345678901234567890123x"],
        ] {
            assert_eq!(named(values), None, "{values:?}");
        }
    }

    #[test]
    fn no_two_names_are_the_same() {
        assert_ne!(RequestId::random(), RequestId::random());
        assert_eq!(RequestId::random().as_str().len(), 16);
    }
}
