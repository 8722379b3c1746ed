//! The one place where a value becomes words: in the language a person reads, with numbers as their region writes them.

mod accept_language;
mod browser;
mod days;
mod environment;
mod figures;
mod language;
mod numbers;
mod texts;

use crate::{
    days::Month,
    message::{Joint, Message, Value},
};
use axum::http::{HeaderMap, header};
use days::DayFormats;
pub use days::month_names;
use language::Language;
use numbers::NumberFormat;
use std::{
    fmt,
    hash::{Hash, Hasher},
    sync::Arc,
};

/// Errors that a person is told about in their language have English words too, for the log.
macro_rules! logged_in_english {
    ($($error:ty),+ $(,)?) => {$(
        impl std::fmt::Display for $error {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                let message = $crate::message::Told::message(self);
                formatter.write_str(&$crate::locale::Locale::default().say(&message))
            }
        }
    )+};
}
pub(crate) use logged_in_english;

/// A person's language, and the region whose numbers they read.
#[derive(Clone)]
pub struct Locale {
    language: Language,
    /// Such as `en-GB`.
    region: String,
    numbers: Arc<NumberFormat>,
    days: Arc<DayFormats>,
}

impl Locale {
    /// The locale for an `Accept-Language` header: numbers are written as in the region that it names for a language that
    /// we have.
    pub fn of_accept_language(header: Option<&str>) -> Self {
        let header = header.unwrap_or_default();
        let language = accept_language::preferred(header).unwrap_or(Language::English);
        Self::new(language, accept_language::region_of(language, header))
    }

    /// The locale that the headers of a request ask for.
    pub fn of_headers(headers: &HeaderMap) -> Self {
        let header = headers.get(header::ACCEPT_LANGUAGE);
        Self::of_accept_language(header.and_then(|header| header.to_str().ok()))
    }

    /// The locale of a person who has chosen the language with this code, or the one that the headers of a request ask
    /// for if they chose none. The numbers are those of the region that the headers name for that language.
    pub fn chosen(code: Option<&str>, headers: &HeaderMap) -> Self {
        let header = headers.get(header::ACCEPT_LANGUAGE);
        let header = header.and_then(|header| header.to_str().ok()).unwrap_or_default();
        match code.and_then(Language::of_tag) {
            Some(language) => Self::new(language, accept_language::region_of(language, header)),
            None => Self::of_accept_language(Some(header)),
        }
    }

    /// The locale that the environment of a program asks for; `variable` reads one of its variables.
    pub fn of_environment(variable: impl Fn(&str) -> Option<String>) -> Self {
        let wanted = environment::wanted(variable);
        let language = accept_language::preferred(&wanted.languages).unwrap_or(Language::English);
        // Of several entries for that language the first one names the region.
        let regions = format!("{},{}", wanted.region, wanted.languages);
        Self::new(language, accept_language::region_of(language, &regions))
    }

    /// The code of its language, for the page: `de`.
    pub fn language_code(&self) -> &'static str {
        self.language.code()
    }

    fn new(language: Language, region: String) -> Self {
        let numbers = NumberFormat::of(region.parse().unwrap_or_else(|_| language.tag()));
        Self {
            language,
            region,
            numbers: Arc::new(numbers),
            days: Arc::new(DayFormats::of(language)),
        }
    }

    /// `message` in words.
    pub fn say(&self, message: &Message) -> String {
        texts::say(self.language, message, |value| self.words(value))
    }

    /// `value` in words.
    pub fn words(&self, value: &Value) -> String {
        match value {
            Value::Text(text) => text.clone(),
            Value::Message(message) => self.say(message),
            Value::Money(amount) => self.money(*amount),
            Value::MoneyChange(amount) => self.money_change(*amount),
            Value::Minutes(minutes) => self.hours(*minutes),
            Value::Rate(rate) => self.rate(*rate),
            Value::Share(share) => self.share(*share),
            Value::Change(change) => self.change(*change),
            Value::Points(points) => self.points(*points),
            Value::Burn(burn) => self.burn(*burn),
            Value::Count(count) => self.count(*count),
            Value::Day(day) => self.days.day(*day),
            Value::Days(run) => self.days.run(run),
            Value::Month(month) => self.days.month(*month),
            Value::Joined(values, joint) => self.joined(values, *joint),
        }
    }

    /// The name of `month` without its year, as short as possible.
    pub fn short_month(&self, month: Month) -> String {
        self.days.short_month(month)
    }

    fn joined(&self, values: &[Value], joint: Joint) -> String {
        let words: Vec<String> = values.iter().map(|value| self.words(value)).collect();
        words.join(&joint.text(|or| self.say(&or)))
    }
}

impl Default for Locale {
    /// English, with the numbers of Great Britain.
    fn default() -> Self {
        Self::of_accept_language(None)
    }
}

impl PartialEq for Locale {
    fn eq(&self, other: &Self) -> bool {
        (self.language, &self.region) == (other.language, &other.region)
    }
}

impl Eq for Locale {}

impl Hash for Locale {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.language, &self.region).hash(state);
    }
}

impl fmt::Debug for Locale {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:?} ({})", self.language, self.region)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        messages,
        money::{Minutes, Money},
    };

    #[test]
    fn every_message_can_be_read() {
        for language in Language::ALL {
            assert_eq!(texts::read(language).1, Vec::<String>::new(), "{language:?}");
        }
    }

    #[test]
    fn a_message_says_its_values_and_counts_with_the_right_plural() {
        let locale = Locale::default();
        let projects = |count: u64| locale.say(&messages::projects::count(Value::Count(count)));
        assert_eq!(
            [0, 1, 1_234].map(projects),
            ["0 projects", "1 project", "1,234 projects"]
        );
        assert_eq!(
            locale.say(&messages::lacks::unrated(Minutes(150))),
            "2.50\u{a0}h have no cost rate"
        );
    }

    #[test]
    fn several_values_are_joined() {
        let locale = Locale::default();
        let both = vec![Value::text("Web"), Money(5).into()];
        assert_eq!(locale.words(&Value::Joined(both.clone(), Joint::Or)), "Web or €0.05");
        assert_eq!(locale.words(&Value::Joined(both, Joint::Semicolon)), "Web; €0.05");
    }
}
