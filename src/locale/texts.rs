//! The messages of each language, and how they are said.

use super::language::Language;
use crate::{
    message::{Message, Value},
    messages::SOURCES,
};
use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle, types::FluentType};
use icu_plurals::{PluralCategory, PluralRules, PluralRulesOptions};
use std::{borrow::Cow, sync::LazyLock};

type Messages = FluentBundle<FluentResource>;

static ENGLISH: LazyLock<Messages> = LazyLock::new(|| read(Language::English).0);
static GERMAN: LazyLock<Messages> = LazyLock::new(|| read(Language::German).0);

fn messages(language: Language) -> &'static Messages {
    match language {
        Language::English => &ENGLISH,
        Language::German => &GERMAN,
    }
}

/// All its messages, and what is wrong with them.
pub(super) fn read(language: Language) -> (Messages, Vec<String>) {
    let mut messages = Messages::new_concurrent(vec![language.tag().id.to_string().parse().unwrap_or_default()]);
    // Marks around each value would be copied into a spreadsheet along with it.
    messages.set_use_isolating(false);
    let mut faults = Vec::new();
    for (_, text) in SOURCES.iter().filter(|(code, _)| *code == language.code()) {
        let resource = FluentResource::try_new((*text).to_owned()).unwrap_or_else(|(resource, errors)| {
            faults.extend(errors.iter().map(ToString::to_string));
            resource
        });
        faults.extend(
            messages
                .add_resource(resource)
                .err()
                .into_iter()
                .flatten()
                .map(|error| error.to_string()),
        );
    }
    let rules = PluralRules::try_new(language.tag().into(), PluralRulesOptions::default()).ok();
    let added = messages.add_function("PLURAL", move |values, _| plural(values, rules.as_ref()));
    faults.extend(added.err().map(|error| error.to_string()));
    (messages, faults)
}

/// `message` in a language, with its values as `words` writes them; its name if there is no such message, which
/// the build has ruled out.
pub(super) fn say(language: Language, message: &Message, words: impl Fn(&Value) -> String) -> String {
    let messages = messages(language);
    let Some(pattern) = messages.get_message(message.key()).and_then(|found| found.value()) else {
        return message.key().to_owned();
    };
    let mut values = FluentArgs::new();
    for (name, value) in message.values() {
        let words = words(value);
        values.set(
            name,
            match value {
                Value::Count(count) => FluentValue::Custom(Box::new(Counted { count: *count, words })),
                _ => FluentValue::from(words),
            },
        );
    }
    let mut faults = Vec::new();
    let said = messages
        .format_pattern(pattern, Some(&values), &mut faults)
        .into_owned();
    if !faults.is_empty() {
        tracing::error!(?faults, message = message.key(), "a message can't be said");
    }
    said
}

/// A count, whose plural and words are both needed.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Counted {
    count: u64,
    words: String,
}

impl FluentType for Counted {
    fn duplicate(&self) -> Box<dyn FluentType + Send> {
        Box::new(self.clone())
    }

    fn as_string(&self, _: &intl_memoizer::IntlLangMemoizer) -> Cow<'static, str> {
        Cow::Owned(self.words.clone())
    }

    fn as_string_threadsafe(&self, _: &intl_memoizer::concurrent::IntlLangMemoizer) -> Cow<'static, str> {
        Cow::Owned(self.words.clone())
    }
}

/// The plural category of the first value, as the messages name it.
fn plural<'a>(values: &[FluentValue<'a>], rules: Option<&PluralRules>) -> FluentValue<'a> {
    let counted = match values.first() {
        Some(FluentValue::Custom(value)) => (**value).as_any().downcast_ref::<Counted>(),
        _ => None,
    };
    let Some(category) = counted
        .zip(rules)
        .map(|(counted, rules)| rules.category_for(counted.count))
    else {
        return FluentValue::Error;
    };
    FluentValue::from(match category {
        PluralCategory::Zero => "zero",
        PluralCategory::One => "one",
        PluralCategory::Two => "two",
        PluralCategory::Few => "few",
        PluralCategory::Many => "many",
        PluralCategory::Other => "other",
    })
}
