//! What guards every request and every answer: requests for this server's own places only, changes from its own pages
//! only, and the headers that go with each answer.

use super::state::AppState;
use crate::{
    address::is_local_path,
    error::{AppError, ErrorKind},
};
use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use leptos::nonce::Nonce;

/// Refuses what was meant for another host, where it is known which is this server's: a name of somebody else's that leads
/// here would make a page of theirs one of ours.
pub async fn own_host_only(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let Some(public_url) = &state.public_url else {
        return next.run(request).await;
    };
    let authority = request.uri().authority().map(|authority| authority.as_str());
    let hosts = request.headers().get_all(header::HOST);
    let named: Vec<&str> = hosts
        .iter()
        .map(|host| host.to_str().unwrap_or_default())
        .chain(authority)
        .collect();
    if !named.is_empty() && named.iter().all(|host| public_url.is_host(host)) {
        return next.run(request).await;
    }
    AppError::new(
        ErrorKind::Misdirected,
        format!("This server answers at {} alone. Open it there.", public_url.text()),
    )
    .into_response()
}

/// There is nothing at a path that a browser could read as leading elsewhere, whoever asks.
pub async fn local_paths_only(request: Request, next: Next) -> Response {
    if is_local_path(request.uri().path()) {
        return next.run(request).await;
    }
    AppError::not_found("There is nothing at this address.").into_response()
}

/// Refuses every request that could change something and doesn't come from a page of this server, whatever its
/// content type. Browsers say where a request comes from in `Sec-Fetch-Site`; older ones in `Origin`.
pub async fn same_origin_only(request: Request, next: Next) -> Response {
    let is_safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if is_safe
        || is_same_origin(
            request.headers(),
            request.uri().authority().map(|authority| authority.as_str()),
        )
    {
        return next.run(request).await;
    }
    AppError::new(
        ErrorKind::Forbidden,
        "This request does not come from a page of this server, so nothing was changed. Open the page itself and try \
         there; a program must send an `Origin` header with this server's address.",
    )
    .into_response()
}

fn is_same_origin(headers: &HeaderMap, authority: Option<&str>) -> bool {
    let text = |name: HeaderName| headers.get(name).map(|value| value.to_str().unwrap_or_default());
    if let Some(site) = text(HeaderName::from_static("sec-fetch-site")) {
        return site == "same-origin";
    }
    let (Some(origin), Some(host)) = (text(header::ORIGIN), text(header::HOST).or(authority)) else {
        return false;
    };
    origin
        .split_once("://")
        .is_some_and(|(scheme, rest)| matches!(scheme, "http" | "https") && rest == host)
}

/// What a browser can do for a page and none here asks for; as far as browsers know it, since they complain of a name that
/// they don't.
const UNUSED: &str = "accelerometer=(), autoplay=(), browsing-topics=(), camera=(), display-capture=(), encrypted-media=(), \
    fullscreen=(), gamepad=(), geolocation=(), gyroscope=(), hid=(), identity-credentials-get=(), idle-detection=(), \
    local-fonts=(), magnetometer=(), microphone=(), midi=(), otp-credentials=(), payment=(), picture-in-picture=(), \
    publickey-credentials-create=(), publickey-credentials-get=(), screen-wake-lock=(), serial=(), storage-access=(), \
    usb=(), window-management=(), xr-spatial-tracking=()";

/// Gives the request a nonce, and the answer the headers that keep a browser from doing what no page here asks for.
pub async fn headers(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let nonce = Nonce::new();
    request.extensions_mut().insert(nonce.clone());
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let watching = if cfg!(debug_assertions) { " ws:" } else { "" };
    let policy = format!(
        "default-src 'none'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; \
         connect-src 'self'{watching}; font-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; \
         frame-ancestors 'none'"
    );
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    for name in ["cross-origin-opener-policy", "cross-origin-resource-policy"] {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static("same-origin"));
    }
    headers.insert(
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static(UNUSED),
    );
    headers.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    if !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    if state.https {
        headers.insert(
            header::STRICT_TRANSPORT_SECURITY,
            HeaderValue::from_static("max-age=63072000"),
        );
        secure_cookies(headers);
    }
    response
}

/// An answer to a request with a session that is over would have the browser forget its cookie, and by the time it
/// arrives that may be the new one of a login in another window. So only a logout's answer does.
pub async fn only_a_logout_removes_the_cookie(request: Request, next: Next) -> Response {
    let is_logout = request.uri().path() == "/logout";
    let mut response = next.run(request).await;
    let removes = |cookie: &HeaderValue| {
        let text = cookie.to_str().unwrap_or_default();
        text.split(';')
            .any(|part| part.trim().eq_ignore_ascii_case("max-age=0"))
    };
    if !is_logout && response.headers().get_all(header::SET_COOKIE).iter().any(removes) {
        response.headers_mut().remove(header::SET_COOKIE);
    }
    response
}

/// A cookie named `__Host-…` is only taken, and only removed, when it says `Secure`; the one that removes the session
/// comes without.
fn secure_cookies(headers: &mut HeaderMap) {
    let cookies: Vec<HeaderValue> = headers.get_all(header::SET_COOKIE).iter().cloned().collect();
    headers.remove(header::SET_COOKIE);
    for cookie in cookies {
        let secured = cookie
            .to_str()
            .ok()
            .filter(|text| !text.split(';').any(|part| part.trim().eq_ignore_ascii_case("secure")))
            .and_then(|text| HeaderValue::from_str(&format!("{text}; Secure")).ok());
        headers.append(header::SET_COOKIE, secured.unwrap_or(cookie));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allows(pairs: &[(&'static str, &'static str)]) -> bool {
        let headers = pairs
            .iter()
            .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)))
            .collect();
        is_same_origin(&headers, None)
    }

    #[test]
    fn only_pages_of_this_server_may_change_something() {
        assert!(allows(&[("sec-fetch-site", "same-origin")]));
        assert!(allows(&[("origin", "http://a.test:3000"), ("host", "a.test:3000")]));
        assert!(!allows(&[
            ("sec-fetch-site", "cross-site"),
            ("origin", "http://a.test"),
            ("host", "a.test")
        ]));
        assert!(!allows(&[("sec-fetch-site", "same-site")]));
        assert!(!allows(&[("sec-fetch-site", "none")]));
        assert!(!allows(&[("origin", "null"), ("host", "a.test")]));
        assert!(!allows(&[("origin", "http://a.test.evil.test"), ("host", "a.test")]));
        assert!(!allows(&[("origin", "file://a.test"), ("host", "a.test")]));
        assert!(!allows(&[("host", "a.test")]));
        assert!(!allows(&[]));
    }
}
