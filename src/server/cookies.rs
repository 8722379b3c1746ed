//! The cookies: what they are called, and what a request's say. Over HTTPS their names keep other hosts from setting them.

use axum::http::{HeaderMap, header};
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

/// The 128 random bits in the cookie `name`, as the session's layer reads its own: the last of them counts.
pub fn id(headers: &HeaderMap, name: &str) -> Option<Id> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|cookies| std::str::from_utf8(cookies.as_bytes()).ok())
        .flat_map(|cookies| cookies.split(';'))
        .filter_map(|cookie| Cookie::parse_encoded(cookie).ok())
        .rfind(|cookie| cookie.name() == name)?
        .value()
        .parse()
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

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
