//! What is said to a person, before it has a language: a message with its values. `locale.rs` makes words of them.

mod words;

#[cfg(feature = "ssr")]
pub use words::Speaker;
pub use words::Words;

use crate::days::{Days, Month};
#[cfg(feature = "ssr")]
use crate::money::{Burn, Minutes, Money, Points, Rate, Ratio};
use chrono::NaiveDate;

/// A text of `locales/`, with what stands in its braces. `messages.rs` has a function for each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    key: &'static str,
    values: Vec<(&'static str, Value)>,
}

impl Message {
    /// The message `key` with a value for each of its arguments.
    pub(crate) fn new(key: &'static str, values: Vec<(&'static str, Value)>) -> Self {
        Self { key, values }
    }

    /// Its name in the files of `locales/`.
    pub fn key(&self) -> &'static str {
        self.key
    }

    /// Each argument with its value.
    pub fn values(&self) -> impl Iterator<Item = (&'static str, &Value)> {
        self.values.iter().map(|(name, value)| (*name, value))
    }
}

/// An error that a person is told about, by the command line or by a page.
#[cfg(feature = "ssr")]
pub trait Told {
    /// What is wrong, and what to do about it.
    fn message(&self) -> Message;
}

#[cfg(feature = "ssr")]
impl Told for Message {
    fn message(&self) -> Message {
        self.clone()
    }
}

/// What stands in a cell, a heading or a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Somebody's own words, such as a name: the same in every language.
    Text(String),
    /// Words of the program.
    Message(Box<Message>),
    /// An amount.
    #[cfg(feature = "ssr")]
    Money(Money),
    /// The difference of two amounts, with its sign.
    #[cfg(feature = "ssr")]
    MoneyChange(Money),
    /// A span of working time.
    #[cfg(feature = "ssr")]
    Minutes(Minutes),
    /// A price of working time.
    #[cfg(feature = "ssr")]
    Rate(Rate),
    /// A part of a whole, in per cent.
    #[cfg(feature = "ssr")]
    Share(Ratio),
    /// How much larger something is than it was, in per cent and with its sign.
    #[cfg(feature = "ssr")]
    Change(Ratio),
    /// The difference of two shares, in percentage points and with its sign.
    #[cfg(feature = "ssr")]
    Points(Points),
    /// How much of a budget is used.
    #[cfg(feature = "ssr")]
    Burn(Burn),
    /// How many there are.
    Count(u64),
    /// A day.
    Day(NaiveDate),
    /// A run of days.
    Days(Days),
    /// A month of a year.
    Month(Month),
    /// Several values, one after the other.
    Joined(Vec<Value>, Joint),
}

/// What stands between several values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Joint {
    /// A space: sentences, one after the other.
    Space,
    /// A comma.
    Comma,
    /// A semicolon.
    Semicolon,
    /// A dot in the middle of the line.
    Dot,
    /// The word `or`.
    Or,
}

impl Joint {
    /// What stands between two values; `say` says the word `or`.
    pub fn text(self, say: impl FnOnce(Message) -> String) -> String {
        match self {
            Self::Space => " ".to_owned(),
            Self::Comma => ", ".to_owned(),
            Self::Semicolon => "; ".to_owned(),
            Self::Dot => " · ".to_owned(),
            Self::Or => format!(" {} ", say(crate::messages::setting::or())),
        }
    }
}

impl Value {
    /// Somebody's own words.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// The path of a file or a folder.
    #[cfg(feature = "ssr")]
    pub fn path(path: &std::path::Path) -> Self {
        Self::Text(path.display().to_string())
    }

    /// A number by which something is called, and nothing is counted.
    #[cfg(feature = "ssr")]
    pub fn number(number: i64) -> Self {
        Self::Text(number.to_string())
    }

    /// Whether it is a number below zero.
    #[cfg(feature = "ssr")]
    pub fn is_negative(&self) -> bool {
        match self {
            Self::Money(amount) | Self::MoneyChange(amount) => *amount < Money(0),
            Self::Minutes(minutes) => *minutes < Minutes(0),
            Self::Rate(rate) => rate.0 < 0,
            Self::Share(share) | Self::Change(share) => share.is_negative(),
            _ => false,
        }
    }
}

macro_rules! value_of {
    ($($kind:ident($type:ty)),* $(,)?) => {
        $(impl From<$type> for Value {
            fn from(value: $type) -> Self {
                Self::$kind(value)
            }
        })*
    };
}
value_of! { Count(u64), Day(NaiveDate), Days(Days), Month(Month) }
#[cfg(feature = "ssr")]
value_of! { Money(Money), Minutes(Minutes), Rate(Rate), Share(Ratio), Points(Points), Burn(Burn) }

impl From<Message> for Value {
    fn from(message: Message) -> Self {
        Self::Message(Box::new(message))
    }
}
