//! The setting of the language, with its control below the figures.

use crate::{
    error::AppError,
    message::{Message, Value},
    messages::setting,
    phrasebook::Say,
    sticky::{Setting, VALUE, signal::Sticky},
    ui::{
        at_once::at_once,
        setting_control::{Place, SettingControl},
        setting_form::SettingForm,
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
        at_once(view! { <LanguageControl language=sticky/> })
    }
}

/// In which language everything is. Without JavaScript it is a form with a button of its own.
#[component]
fn LanguageControl(language: Sticky) -> impl IntoView {
    let say = Say::expect();
    let options = Language::ALL.map(|option| {
        let is_shown = move || language.shown() == option.text();
        let label = untrack(|| language.label_of(&option.text()));
        view! { <option value=option.text() selected=untrack(is_shown) prop:selected=is_shown>{say.words(&label)}</option> }
    });
    let control = at_once(view! {
        <label class="select">
            <span>{say.say(&(Language::NAME)())}</span>
            <select name=VALUE autocomplete="off" on:change:target=move |event| language.choose_text(&event.target().value())>
                {options.collect_view()}
            </select>
        </label>
    });
    view! { <SettingForm sticky=language control/> }
}
