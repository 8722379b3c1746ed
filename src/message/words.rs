//! Words for a person: a message that is yet to be said in their language, or what a server has said already.

use super::{Message, Value};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
#[cfg(feature = "ssr")]
use std::sync::Arc;

/// Words for a person: a message that is yet to be said in their language, or what a server has said already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Words {
    /// To be said.
    Message(Box<Message>),
    /// Said.
    Said(String),
}

impl Words {
    /// The words, with `say` to say what isn't said yet.
    pub fn said(&self, say: impl FnOnce(&Message) -> String) -> String {
        match self {
            Self::Message(message) => say(message),
            Self::Said(text) => text.clone(),
        }
    }
}

/// What says messages in the language of the person whose request is answered. The server puts it into the context of
/// its server functions.
#[cfg(feature = "ssr")]
#[derive(Clone)]
pub struct Speaker(Arc<dyn Fn(&Message) -> String + Send + Sync>);

#[cfg(feature = "ssr")]
impl Speaker {
    /// A speaker that says messages with `say`.
    pub fn new(say: impl Fn(&Message) -> String + Send + Sync + 'static) -> Self {
        Self(Arc::new(say))
    }

    /// `message` in words.
    pub fn say(&self, message: &Message) -> String {
        (self.0)(message)
    }
}

impl From<Message> for Words {
    fn from(message: Message) -> Self {
        Self::Message(Box::new(message))
    }
}

impl From<Words> for Value {
    fn from(words: Words) -> Self {
        match words {
            Words::Message(message) => Self::Message(message),
            Words::Said(text) => Self::Text(text),
        }
    }
}

impl fmt::Display for Words {
    /// What is said, or the name of what isn't: for a log.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Message(message) => message.key(),
            Self::Said(text) => text,
        })
    }
}

impl Serialize for Words {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Words {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::Said)
    }
}
