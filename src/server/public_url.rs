//! Where people reach the server, and which requests are meant for it.

use crate::{
    locale::logged_in_english,
    message::{Message, Told},
    messages::start,
};
use std::str::FromStr;
use url::Url;

/// The scheme, the host and the port under which people reach the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicUrl(Url);

/// Why a text is not such an address.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub struct NoPublicUrl;

impl Told for NoPublicUrl {
    fn message(&self) -> Message {
        start::no_public_url()
    }
}

logged_in_english!(NoPublicUrl);

impl PublicUrl {
    /// Whether people reach it over HTTPS.
    pub fn is_https(&self) -> bool {
        self.0.scheme() == "https"
    }

    /// Whether `host`, as a request names it, is this server's.
    pub fn is_host(&self, host: &str) -> bool {
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b".-_:[]".contains(&byte);
        host.bytes().all(is_plain)
            && Url::parse(&format!("{}://{host}/", self.0.scheme())).is_ok_and(|asked| {
                asked.host() == self.0.host() && asked.port_or_known_default() == self.0.port_or_known_default()
            })
    }

    /// The address as text.
    pub fn text(&self) -> &str {
        self.0.as_str()
    }
}

impl FromStr for PublicUrl {
    type Err = NoPublicUrl;

    fn from_str(text: &str) -> Result<Self, NoPublicUrl> {
        let url = Url::parse(text).map_err(|_| NoPublicUrl)?;
        let is_whole = matches!(url.scheme(), "http" | "https")
            && url.has_host()
            && url.path() == "/"
            && url.query().is_none()
            && url.fragment().is_none()
            && url.username().is_empty()
            && url.password().is_none();
        if is_whole { Ok(Self(url)) } else { Err(NoPublicUrl) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_its_own_host_is_its_own() {
        let public: PublicUrl = "https://Control.studio.example".parse().unwrap();
        assert!(public.is_https());
        for own in [
            "control.studio.example",
            "CONTROL.studio.example",
            "control.studio.example:443",
        ] {
            assert!(public.is_host(own), "{own}");
        }
        for foreign in [
            "",
            "evil.test",
            "studio.example",
            "control.studio.example.evil.test",
            "control.studio.example:80",
            "control.studio.example:8443",
            "control.studio.example@evil.test",
            "evil.test@control.studio.example",
            "control.studio.example/",
            "evil.test/@control.studio.example",
            "control.studio.example\t",
            " control.studio.example",
            "127.0.0.1",
        ] {
            assert!(!public.is_host(foreign), "{foreign:?}");
        }
        let with_port: PublicUrl = "http://[::1]:8080".parse().unwrap();
        assert!(with_port.is_host("[::1]:8080") && !with_port.is_host("[::1]") && !with_port.is_https());
    }

    #[test]
    fn what_names_more_or_less_than_a_host_is_refused() {
        for text in [
            "",
            "control.studio.example",
            "ftp://a.test",
            "https://",
            "https://a.test/path",
            "https://a.test?x",
            "https://a.test#x",
            "https://ada:secret@a.test",
            "/",
        ] {
            assert_eq!(text.parse::<PublicUrl>(), Err(NoPublicUrl), "{text}");
        }
    }
}
