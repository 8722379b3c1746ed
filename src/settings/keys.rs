//! The setting that switches single keys off, for those who speak to their computer or press keys by accident (WCAG
//! 2.1.4). What the keys do, the page's script knows (`server/shell/keys.js`).

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

/// Whether single keys do something.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Keys {
    /// They do.
    #[default]
    On,
    /// They don't.
    Off,
}

impl Keys {
    const ALL: [Self; 2] = [Self::On, Self::Off];

    fn name(self) -> Message {
        match self {
            Self::On => setting::keys_on(),
            Self::Off => setting::keys_off(),
        }
    }
}

impl Setting for Keys {
    const KEY: &'static str = "keys";
    const NAME: fn() -> Message = setting::keys;
    const CHANGES_FIGURES: bool = false;
    const CAN_BE_PINNED: bool = false;

    fn parse(text: &str) -> Result<Self, AppError> {
        let found = Self::ALL.into_iter().find(|keys| keys.text() == text);
        found.ok_or_else(|| AppError::invalid(Self::KEY, setting::keys_unreadable()))
    }

    fn text(&self) -> String {
        match self {
            Self::On => "on".to_owned(),
            Self::Off => "off".to_owned(),
        }
    }

    fn label(&self, _user: &User) -> Value {
        self.name().into()
    }

    fn check(&self, _user: &User) -> Result<(), AppError> {
        Ok(())
    }
}

impl SettingControl for Keys {
    const PLACE: Place = Place::Foot;

    fn control(sticky: Sticky) -> AnyView {
        setting_select(sticky, Keys::ALL.map(|keys| (keys.text(), keys.name().into())).to_vec())
    }
}
