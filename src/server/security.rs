//! The guards of every request and every answer: only requests for this host, only changes from its own pages, and the
//! headers of each answer.

use super::{app_state::AppState, cookies};
use crate::{
    address::is_local_path,
    error::{AppError, ErrorKind},
    message::Value,
    messages::{error, window},
    routes::LOGOUT,
};
use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use leptos::nonce::Nonce;

/// Refuses requests for another host, if this server's is known. Otherwise somebody could point a name of their own to
/// this server, and their pages would share its origin.
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
    let message = error::other_server(Value::text(public_url.text()));
    AppError::new(ErrorKind::Misdirected, message).into_response()
}

/// A path that a browser could read as leading to another host is a 404 for everybody.
pub async fn local_paths_only(request: Request, next: Next) -> Response {
    if is_local_path(request.uri().path()) {
        return next.run(request).await;
    }
    AppError::not_found(window::nothing_here()).into_response()
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
    AppError::new(ErrorKind::Forbidden, error::other_origin()).into_response()
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

/// The features that no page here needs from a browser. Only names that browsers know, since they warn about others.
const UNUSED: &str = "accelerometer=(), autoplay=(), browsing-topics=(), camera=(), display-capture=(), encrypted-media=(), \
    fullscreen=(), gamepad=(), geolocation=(), gyroscope=(), hid=(), identity-credentials-get=(), idle-detection=(), \
    local-fonts=(), magnetometer=(), microphone=(), midi=(), otp-credentials=(), payment=(), picture-in-picture=(), \
    publickey-credentials-create=(), publickey-credentials-get=(), screen-wake-lock=(), serial=(), storage-access=(), \
    usb=(), window-management=(), xr-spatial-tracking=()";

/// Gives the request a nonce, and the answer the headers that forbid a browser everything that no page here needs.
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

/// Only the answer to a logout may remove the session's cookie. Any other answer to a request whose session has ended
/// would remove it too, and by the time it arrives the cookie may be the new one of a login in another window.
pub async fn only_a_logout_removes_the_cookie(request: Request, next: Next) -> Response {
    let is_logout = request.uri().path() == LOGOUT.path;
    let mut response = next.run(request).await;
    let removes = |header: &HeaderValue| {
        let lasts = cookies::set_by(header).and_then(|cookie| cookie.max_age());
        lasts.is_some_and(|lasts| lasts.is_zero())
    };
    if !is_logout && response.headers().get_all(header::SET_COOKIE).iter().any(removes) {
        response.headers_mut().remove(header::SET_COOKIE);
    }
    response
}

/// Browsers accept a cookie named `__Host-…`, or its removal, only with `Secure`; the cookie that removes the session
/// comes without.
fn secure_cookies(headers: &mut HeaderMap) {
    let all: Vec<HeaderValue> = headers.get_all(header::SET_COOKIE).iter().cloned().collect();
    headers.remove(header::SET_COOKIE);
    for header in all {
        let secured = cookies::set_by(&header).and_then(|mut cookie| {
            cookie.set_secure(true);
            HeaderValue::from_str(&cookie.to_string()).ok()
        });
        headers.append(header::SET_COOKIE, secured.unwrap_or(header));
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
