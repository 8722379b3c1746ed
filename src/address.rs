//! The address of a page: its path, what its query asks of the view, and the settings it pins to this window.
//!
//! Which fields of a query pin a setting is said by a caller that knows the settings ([`Address::pinning`]); until then
//! none does. An address is always a place on this server. Every redirect and every step of the browser is made from
//! one (`lead.rs`), so none leads elsewhere, whatever it was read from.

mod lead;
mod local;
pub mod search;

pub use local::is_local_path;

use crate::{
    error::AppError,
    messages::window,
    pages::HOME,
    routes::{LOGIN, NEXT},
};
use std::{collections::BTreeMap, fmt};

/// No address of a page is longer, in bytes.
const LONGEST: usize = 2048;

/// A path and its query. Fields such as `division=web` and `period=2025` are pins once they are told apart: they hold in
/// this window alone, are never stored, and no view sees them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// Begins with one slash and stays on this server, see [`is_local_path`].
    path: String,
    /// The rest of the query, as it was written.
    query: Vec<String>,
    pins: Pins,
}

/// What an address pins: the text of a value by its setting's key.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Pins(BTreeMap<&'static str, String>);

impl Default for Address {
    /// Home.
    fn default() -> Self {
        Self {
            path: HOME.path.to_owned(),
            query: Vec::new(),
            pins: Pins::default(),
        }
    }
}

impl Address {
    /// Reads a path with a query; anything that isn't an address of this server reads as Home.
    pub fn read(text: &str) -> Self {
        Self::check(text).unwrap_or_default()
    }

    /// Reads a path with a query. None of its fields is a pin yet.
    ///
    /// # Errors
    /// [`crate::error::ErrorKind::NotFound`] if the path isn't one of this server's, or could be read as leading
    /// elsewhere; [`crate::error::ErrorKind::Invalid`] if the whole is too long or isn't plain text.
    pub fn check(text: &str) -> Result<Self, AppError> {
        let (path, query) = text.split_once('?').unwrap_or((text, ""));
        if !is_local_path(path) {
            return Err(AppError::not_found(window::nothing_here()));
        }
        if text.len() > LONGEST || !query.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'#') {
            return Err(AppError::invalid("address", window::address_too_long(LONGEST as u64)));
        }
        let fields = query.split('&').filter(|field| !field.is_empty());
        Ok(Self {
            path: path.to_owned(),
            query: fields.map(str::to_owned).collect(),
            pins: Pins::default(),
        })
    }

    /// The same address with the fields of these names as its pins. A pin without a value is ignored; one that is given
    /// twice is kept as both values, which no setting accepts.
    pub fn pinning(mut self, keys: impl IntoIterator<Item = &'static str>) -> Self {
        let keys: Vec<_> = keys.into_iter().collect();
        for field in std::mem::take(&mut self.query) {
            let pin = form_urlencoded::parse(field.as_bytes())
                .next()
                .and_then(|(name, value)| {
                    let key = keys.iter().find(|key| **key == name)?;
                    Some((*key, value.into_owned()))
                });
            match pin {
                Some((_, value)) if value.is_empty() => {}
                Some((key, value)) => {
                    let pinned = self.pins.0.entry(key).or_insert_with(|| value.clone());
                    if *pinned != value {
                        *pinned = format!("{pinned} and {value}");
                    }
                }
                None => self.query.push(field),
            }
        }
        self
    }

    /// The login, which leads back to this address.
    pub fn login(&self) -> Self {
        let next = self.to_string();
        let field = || {
            format!(
                "{NEXT}={}",
                form_urlencoded::byte_serialize(next.as_bytes()).collect::<String>()
            )
        };
        Self {
            path: LOGIN.path.to_owned(),
            query: (next != HOME.path).then(field).into_iter().collect(),
            pins: Pins::default(),
        }
    }

    /// The path alone.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The address as the views know it: without pins.
    pub fn of_view(&self) -> String {
        self.without_pins().to_string()
    }

    /// Its pins.
    pub fn pins(&self) -> &Pins {
        &self.pins
    }

    /// The text of the value it pins the setting `key` to.
    pub fn pin(&self, key: &str) -> Option<&str> {
        self.pins.0.get(key).map(String::as_str)
    }

    /// The same address with the setting `key` pinned to the value with this text.
    pub fn with_pin(mut self, key: &'static str, text: String) -> Self {
        self.pins.0.insert(key, text);
        self
    }

    /// The same address without a pin for the setting `key`.
    pub fn without_pin(mut self, key: &str) -> Self {
        self.pins.0.remove(key);
        self
    }

    /// The same address without any pin.
    pub fn without_pins(&self) -> Self {
        Self {
            pins: Pins::default(),
            ..self.clone()
        }
    }
}

impl Pins {
    /// Whether nothing is pinned.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Each pinned setting's key with the text of its value.
    pub fn each(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.0.iter().map(|(key, text)| (*key, text.as_str()))
    }

    /// Where a link to `address` leads from a window with these pins: there, with the same pins.
    pub fn keep(&self, address: &str) -> String {
        self.keep_in(Address::read(address)).to_string()
    }

    /// The same address with each of these pins that it doesn't set itself.
    pub fn keep_in(&self, address: Address) -> Address {
        let mut address = address.pinning(self.0.keys().copied());
        for (key, text) in &self.0 {
            address.pins.0.entry(key).or_insert_with(|| text.clone());
        }
        address
    }
}

impl fmt::Display for Address {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let pins = self.pins.0.iter().map(|(key, text)| {
            let text: String = form_urlencoded::byte_serialize(text.as_bytes()).collect();
            format!("{key}={text}")
        });
        let fields: Vec<String> = self.query.iter().cloned().chain(pins).collect();
        formatter.write_str(&self.path)?;
        if !fields.is_empty() {
            write!(formatter, "?{}", fields.join("&"))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Address {
        Address::read(text).pinning(["division", "period"])
    }

    #[test]
    fn pins_are_told_from_what_the_view_is_asked() {
        let address = read("/projects?division=web&q=a%20b&period=2025&sort=burn");
        assert_eq!(address.of_view(), "/projects?q=a%20b&sort=burn");
        assert_eq!(
            (address.pin("division"), address.pin("period")),
            (Some("web"), Some("2025"))
        );
        assert_eq!(
            address.to_string(),
            "/projects?q=a%20b&sort=burn&division=web&period=2025"
        );
    }

    #[test]
    fn what_pins_nothing_stays_as_it_is() {
        for text in ["/", "/costs?q=x", "/projects/WEB%20001", "/projects?q=1%262&page=2"] {
            assert_eq!(read(text).to_string(), text);
            assert!(read(text).pins().is_empty());
        }
        assert!(read("/?division=").pins().is_empty());
    }

    #[test]
    fn what_is_no_address_of_this_server_reads_as_home() {
        for text in [
            "//evil.test/?division=nope",
            "/.//evil.test/?division=nope",
            "/\\evil.test/?period=zz",
            "/%2e//evil.test",
            "https://evil.test/",
            "",
            "?division=web",
            "/?q=a b",
            "/?q=a#//evil.test",
            "/?q=\n",
            "/?q=ü",
            &format!("/?q={}", "a".repeat(LONGEST)),
        ] {
            assert_eq!(Address::read(text), Address::default(), "{text:?}");
            assert_eq!(Pins::default().keep(text), "/", "{text:?}");
        }
        assert_eq!(Address::default().to_string(), "/");
    }

    #[test]
    fn the_login_leads_back() {
        assert_eq!(Address::read("/").login().to_string(), "/login");
        assert_eq!(
            Address::read("/projects?q=a%20b&division=web").login().to_string(),
            "/login?next=%2Fprojects%3Fq%3Da%2520b%26division%3Dweb"
        );
    }

    #[test]
    fn nothing_is_a_pin_before_it_is_told() {
        let address = Address::read("/?division=web");
        assert!(address.pins().is_empty());
        assert_eq!(address.of_view(), "/?division=web");
    }

    #[test]
    fn links_keep_the_pins() {
        let address = read("/?division=web");
        assert_eq!(
            address.pins().keep("/projects?sort=burn"),
            "/projects?sort=burn&division=web"
        );
        assert_eq!(Pins::default().keep("/projects?q=x"), "/projects?q=x");
    }

    #[test]
    fn a_pin_given_twice_is_no_value() {
        assert_eq!(
            read("/?division=web&division=mobile").pin("division"),
            Some("web and mobile")
        );
        assert_eq!(read("/?division=web&division=web").pin("division"), Some("web"));
    }
}
