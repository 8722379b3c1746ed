//! The control of a setting with a few fixed values: a list.

use super::{at_once::at_once, setting_form::SettingForm};
use crate::{
    message::Value,
    phrasebook::Say,
    sticky::{VALUE, signal::Sticky},
};
use leptos::prelude::*;

/// A list of `options`, each the text of a value and its name. Without JavaScript it is a form with a button of its own.
pub fn setting_select(sticky: Sticky, options: Vec<(String, Value)>) -> AnyView {
    let say = Say::expect();
    let options = options.into_iter().map(|(text, name)| {
        let value = text.clone();
        let is_shown = move || sticky.shown() == text;
        let initially = untrack(&is_shown);
        view! { <option value=value selected=initially prop:selected=is_shown>{say.words(&name)}</option> }
    });
    let control = at_once(view! {
        <label class="select">
            <span>{say.say(&(sticky.known.name)())}</span>
            <select name=VALUE autocomplete="off" on:change:target=move |event| sticky.choose_text(&event.target().value())>
                {options.collect_view()}
            </select>
        </label>
    });
    at_once(view! { <SettingForm sticky control/> })
}
