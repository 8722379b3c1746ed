//! The setting of what figures are compared with, with its control beside the period.

pub use crate::period::comparison::Comparison;

use crate::{
    error::AppError,
    message::{Message, Value},
    messages::setting,
    sticky::{Setting, signal::Sticky},
    ui::{setting_control::SettingControl, setting_select::setting_select},
    user::User,
};
use leptos::prelude::*;

impl Setting for Comparison {
    const KEY: &'static str = "comparison";
    const NAME: fn() -> Message = setting::comparison;

    fn parse(text: &str) -> Result<Self, AppError> {
        let found = Self::ALL.into_iter().find(|comparison| comparison.text() == text);
        found.ok_or_else(|| AppError::invalid(Self::KEY, setting::comparison_unreadable()))
    }

    fn text(&self) -> String {
        match self {
            Self::Before => "before",
            Self::YearBefore => "year",
            Self::Nothing => "none",
        }
        .to_owned()
    }

    fn label(&self, _user: &User) -> Value {
        match self {
            Self::Before => setting::comparison_before(),
            Self::YearBefore => setting::comparison_year(),
            Self::Nothing => setting::comparison_none(),
        }
        .into()
    }

    fn check(&self, _user: &User) -> Result<(), AppError> {
        Ok(())
    }
}

impl SettingControl for Comparison {
    fn control(sticky: Sticky) -> AnyView {
        let option = |comparison: Self| {
            let text = comparison.text();
            let label = untrack(|| sticky.label_of(&text));
            (text, label)
        };
        setting_select(sticky, Self::ALL.map(option).to_vec())
    }
}
