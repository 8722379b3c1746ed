//! JSON as it is read on both sides: by serde_json on the server, in the browser by its own parser, so that the program
//! for it carries none.

#[cfg(not(feature = "ssr"))]
mod browser;

use codee::{Decoder, Encoder};
use serde::{Serialize, de::DeserializeOwned};

/// What `text` says, if it is JSON that says a `T`.
#[cfg(feature = "ssr")]
pub fn read<T: DeserializeOwned>(text: &str) -> Option<T> {
    serde_json::from_str(text).ok()
}
#[cfg(not(feature = "ssr"))]
pub use browser::read;

/// How the server hands a page its state as JSON: it only writes it, and the browser only reads it.
pub struct Json;

/// A text isn't JSON, or says something else.
#[derive(Debug)]
pub struct Unreadable;

impl<T: Serialize> Encoder<T> for Json {
    type Error = Unreadable;
    type Encoded = String;

    #[cfg(feature = "ssr")]
    fn encode(value: &T) -> Result<String, Unreadable> {
        serde_json::to_string(value).map_err(|_| Unreadable)
    }

    #[cfg(not(feature = "ssr"))]
    fn encode(_value: &T) -> Result<String, Unreadable> {
        Err(Unreadable)
    }
}

impl<T: DeserializeOwned> Decoder<T> for Json {
    type Error = Unreadable;
    type Encoded = str;

    fn decode(text: &str) -> Result<T, Unreadable> {
        read(text).ok_or(Unreadable)
    }
}
