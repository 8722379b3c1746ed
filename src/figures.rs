//! The figures of a view, as they cross the wire: rendered, and named by the selection they are for.
//!
//! A view's figures are rendered on the server alone, once per selection and data revision, and shown as they are. So
//! hydration finds exactly what the server sent, the browser needs no code for tables and charts, and the same answer
//! serves everyone who may see the same rows.

pub mod ahead;

use crate::{live::Snapshot, sticky::Setting};
use serde::{Deserialize, Deserializer, Serialize, de::IgnoredAny};
use std::collections::BTreeMap;

/// The view and the settings that figures belong to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Selection {
    /// The view: the path and the query of its page.
    pub address: String,
    /// The settings that the figures depend on. On the wire each stands beside the address, under its key.
    #[serde(flatten)]
    pub settings: Texts,
}

/// Values of settings as texts, by key.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Texts(#[serde(deserialize_with = "texts")] pub BTreeMap<String, String>);

impl Texts {
    /// The value of the setting `S`; its default if none is named.
    pub fn get<S: Setting>(&self) -> S {
        let text = self.0.get(S::KEY);
        text.and_then(|text| S::parse(text).ok()).unwrap_or_default()
    }

    /// The same texts with another one for `key`.
    pub fn with(mut self, key: &str, text: String) -> Self {
        self.0.insert(key.to_owned(), text);
        self
    }
}

/// Reads the values that are text, and ignores the others.
fn texts<'de, D: Deserializer<'de>>(deserializer: D) -> Result<BTreeMap<String, String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Argument {
        Text(String),
        Other(IgnoredAny),
    }
    let arguments = BTreeMap::<String, Argument>::deserialize(deserializer)?;
    let texts = arguments.into_iter().filter_map(|(key, argument)| match argument {
        Argument::Text(text) => Some((key, text)),
        Argument::Other(IgnoredAny) => None,
    });
    Ok(texts.collect())
}

/// A view's figures.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figures {
    /// The selection they belong to.
    #[serde(rename = "scope")]
    pub selection: Selection,
    /// The title of the view's page.
    pub title: String,
    /// The rendered view.
    pub html: String,
    /// The state that a window should know as well: so every answer makes up for a lost message.
    #[serde(rename = "newest")]
    pub snapshot: Snapshot,
}

impl Figures {
    /// These figures as those of `asked`, if they are. A server of another build may know one setting fewer, or one
    /// more: those that both name must be the same.
    pub fn answering(mut self, asked: &Selection) -> Option<Self> {
        let (asked_texts, texts) = (&asked.settings.0, &self.selection.settings.0);
        let agrees = |(key, text): (&String, &String)| asked_texts.get(key).is_none_or(|asked| asked == text);
        if self.selection.address != asked.address || !texts.iter().all(agrees) {
            return None;
        }
        self.selection = asked.clone();
        Some(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_selection_crosses_the_wire_as_it_always_did() {
        let said = r#"{"address":"/costs","division":"web","period":"ytd"}"#;
        let selection: Selection = serde_json::from_str(said).unwrap();
        let settings = [("division", "web"), ("period", "ytd")].map(|(key, text)| (key.to_owned(), text.to_owned()));
        assert_eq!(selection.address, "/costs");
        assert_eq!(selection.settings, Texts(BTreeMap::from(settings)));
        assert_eq!(serde_json::to_string(&selection).unwrap(), said);
    }

    #[test]
    fn what_is_no_text_is_passed_over() {
        let said = r#"{"address":"/","division":"web","later":{"a":[1]},"more":2}"#;
        let selection: Selection = serde_json::from_str(said).unwrap();
        assert_eq!(selection.settings.0.len(), 1);
    }
}
