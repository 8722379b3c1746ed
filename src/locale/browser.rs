//! What the browser says by itself, in a language.

use super::Locale;
use crate::{
    message::{Message, Value},
    messages::OF_BROWSER,
    phrasebook::{Phrasebook, in_braces},
};

impl Locale {
    /// What the browser says by itself in this language.
    pub fn phrasebook(&self) -> Phrasebook {
        let text = |key: &'static str, names: &[&'static str]| {
            let values = names.iter().map(|name| (*name, Value::Text(in_braces(name))));
            self.say(&Message::new(key, values.collect()))
        };
        Phrasebook {
            language: self.language.code().to_owned(),
            texts: OF_BROWSER
                .iter()
                .map(|(key, names)| ((*key).to_owned(), text(key, names)))
                .collect(),
            days: self.days.texts(),
        }
    }
}
