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
        let mut every = Self::ALL.into_iter().chain([Self::Print]);
        every.find(|size| size.text() == text).ok_or_else(unreadable)
    }

    fn text(&self) -> String {
        match self {
            Self::Print => "all".to_owned(),
            _ => self.rows().to_string(),
        }
    }

    fn label(&self, _user: &User) -> Value {
        match self {
            Self::Print => setting::rows_all().into(),
            _ => setting::rows(self.rows()).into(),
        }
    }

    fn check(&self, _user: &User) -> Result<(), AppError> {
        Ok(())
    }

    fn check_choice(&self, _user: &User) -> Result<(), AppError> {
        match self {
            Self::Print => Err(unreadable()),
            _ => Ok(()),
        }
    }
}

fn unreadable() -> AppError {
    AppError::invalid(PageSize::KEY, setting::page_size_unreadable())
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
    // Made anew only when these change: someone who chooses with the keyboard keeps their place.
    let has_list =
        Memo::new(move |_| address.with(|address| Page::at(address.path()).is_some_and(|(page, _)| page.has_list)));
    let is_print = Memo::new(move |_| rows.shown_as::<PageSize>() == PageSize::Print);
    move || {
        let print = is_print.get().then_some(PageSize::Print);
        has_list.get().then(|| {
            let sizes = PageSize::ALL.into_iter().chain(print);
            let options = sizes.map(|size| match size {
                PageSize::Print => (size.text(), setting::rows_all().into()),
                _ => (size.text(), Value::Text(size.text())),
            });
            setting_select(rows, options.collect())
        })
    }
}
