//! The setting of the language, with its control below the figures.

use crate::{
    error::AppError,
    message::{Message, Value},
    messages::setting,
    sticky::{Setting, signal::Sticky},
    ui::{
        setting_control::{Place, SettingControl},
        setting_select::setting_select,
    },
    user::User,
};
use leptos::prelude::*;

/// A choice of language.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// The one that the browser asks for.
    #[default]
    Browser,
    /// German.
    German,
    /// English.
    English,
}

impl Language {
    const ALL: [Self; 3] = [Self::Browser, Self::German, Self::English];

    /// The code of the language; none if the browser decides.
    pub fn code(self) -> Option<&'static str> {
        match self {
            Self::Browser => None,
            Self::German => Some("de"),
            Self::English => Some("en"),
        }
    }
}

impl Setting for Language {
    const KEY: &'static str = "language";
    const NAME: fn() -> Message = setting::language;
    const CHANGES_FIGURES: bool = false;
    const CAN_BE_PINNED: bool = false;
    const LOADS_AFRESH: bool = true;

    fn parse(text: &str) -> Result<Self, AppError> {
        let found = Self::ALL.into_iter().find(|language| language.text() == text);
        found.ok_or_else(|| AppError::invalid(Self::KEY, setting::language_unreadable()))
    }

    fn text(&self) -> String {
        self.code().unwrap_or("browser").to_owned()
    }

    /// Each language by its own name, so that it is found by people who read no other.
    fn label(&self, _user: &User) -> Value {
        match self {
            Self::Browser => setting::language_of_browser().into(),
            Self::German => Value::text("Deutsch"),
            Self::English => Value::text("English"),
        }
    }

    fn check(&self, _user: &User) -> Result<(), AppError> {
        Ok(())
    }
}

impl SettingControl for Language {
    const PLACE: Place = Place::Foot;

    fn control(sticky: Sticky) -> AnyView {
        let option = |language: Self| {
            let text = language.text();
            let label = untrack(|| sticky.label_of(&text));
            (text, label)
        };
        setting_select(sticky, Self::ALL.map(option).to_vec())
    }
}
