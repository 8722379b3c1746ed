//! The cookies: their names, and reading them from a request. Over HTTPS the names keep other hosts from setting them.

use axum::http::{HeaderMap, HeaderValue, header};
use axum_login::tower_sessions::cookie::Cookie;
use tower_sessions::session::Id;

/// The name of the cookie that names a session.
pub fn session_name(https: bool) -> &'static str {
    if https { "__Host-session" } else { "session" }
}

/// The name of the cookie that names a device.
pub fn device_name(https: bool) -> &'static str {
    if https { "__Host-device" } else { "device" }
}

/// The 128 random bits in the cookie `name`. If it is sent twice, the last one counts, as in the session layer.
pub fn id(headers: &HeaderMap, name: &str) -> Option<Id> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|cookies| std::str::from_utf8(cookies.as_bytes()).ok())
        .flat_map(Cookie::split_parse_encoded)
        .filter_map(Result::ok)
        .filter(|cookie| cookie.name() == name)
        .last()?
        .value()
        .parse()
        .ok()
}

/// The cookie that an answer has a browser keep or forget.
pub fn set_by(header: &HeaderValue) -> Option<Cookie<'_>> {
    Cookie::parse(header.to_str().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_is_found_as_its_layer_finds_it() {
        let of = |cookies: &[&'static str]| {
            let headers = cookies
                .iter()
                .map(|cookies| (header::COOKIE, HeaderValue::from_static(cookies)))
                .collect();
            id(&headers, "session").map(|id| id.to_string())
        };
        let (one, other) = ("session=AAAAAAAAAAAAAAAAAAAAAA", "session=AQAAAAAAAAAAAAAAAAAAAA");
        let value = |cookie: &str| Some(cookie.trim_start_matches("session=").to_owned());
        assert_eq!(of(&[one]), value(one));
        assert_eq!(of(&["a=b; session=%41AAAAAAAAAAAAAAAAAAAAA; c"]), value(one));
        assert_eq!(of(&["session=nonsense; session=AQAAAAAAAAAAAAAAAAAAAA"]), value(other));
        assert_eq!(of(&[one, other]), value(other));
        assert_eq!(of(&[one, "session="]), None);
        assert_eq!(of(&["other=AAAAAAAAAAAAAAAAAAAAAA"]), None);
    }
}
