//! The setting of how many rows a table shows, with its control below the figures.

pub use crate::ui::page_size::PageSize;

use crate::{
    error::AppError,
    message::{Message, Value},
    messages::setting,
    pages::Page,
    phrasebook::Say,
    sticky::{Setting, VALUE, signal::Sticky, window::WindowOf},
    ui::{
        at_once::at_once,
        setting_control::{Place, SettingControl},
        setting_form::SettingForm,
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

/// How many rows a page shows, if it has a list. Without JavaScript it is a form with a button of its own.
#[component]
fn RowsControl(rows: Sticky) -> impl IntoView {
    let WindowOf { address, .. } = expect_context();
    let say = Say::expect();
    let has_list = move || address.with(|address| Page::at(address.path()).is_some_and(|(page, _)| page.has_list));
    let options = move || {
        let option = |size: PageSize| {
            let is_shown = move || rows.shown() == size.text();
            view! { <option value=size.text() selected=untrack(is_shown) prop:selected=is_shown>{size.text()}</option> }
        };
        PageSize::ALL.map(option).collect_view()
    };
    move || {
        has_list().then(|| {
            let control = at_once(view! {
                <label class="select">
                    <span>{say.say(&(PageSize::NAME)())}</span>
                    <select name=VALUE autocomplete="off" on:change:target=move |event| rows.choose_text(&event.target().value())>
                        {options()}
                    </select>
                </label>
            });
            view! { <SettingForm sticky=rows control/> }
        })
    }
}
