//! The setting of how many rows a table shows, with its control below the figures.

pub use crate::ui::page_size::PageSize;

use crate::{
    error::AppError,
    message::{Message, Value},
    messages::setting,
    pages::Page,
    sticky::{Setting, signal::Sticky, window::WindowOf},
    ui::{
        at_once::at_once,
        setting_control::{Place, SettingControl},
        setting_select::setting_select,
    },
    user::User,
};
use leptos::prelude::*;

impl Setting for PageSize {
    const KEY: &'static str = "rows";
    const NAME: fn() -> Message = setting::page_size;

    fn parse(text: &str) -> Result<Self, AppError> {
        let found = Self::ALL.into_iter().find(|size| size.text() == text);
        found.ok_or_else(|| AppError::invalid(Self::KEY, setting::page_size_unreadable()))
    }

    fn text(&self) -> String {
        self.rows().to_string()
    }

    fn label(&self, _user: &User) -> Value {
        setting::rows(self.rows()).into()
    }

    fn check(&self, _user: &User) -> Result<(), AppError> {
        Ok(())
    }
}

impl SettingControl for PageSize {
    const PLACE: Place = Place::Foot;

    fn control(sticky: Sticky) -> AnyView {
        at_once(view! { <RowsControl rows=sticky/> })
    }
}

/// How many rows a page shows, if it has a list.
#[component]
fn RowsControl(rows: Sticky) -> impl IntoView {
    let WindowOf { address, .. } = expect_context();
    let has_list = move || address.with(|address| Page::at(address.path()).is_some_and(|(page, _)| page.has_list));
    let texts = PageSize::ALL.map(|size| size.text());
    move || has_list().then(|| setting_select(rows, &texts, |text| Value::text(text)))
}
