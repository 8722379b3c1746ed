//! The control of a setting that has a few values: a list. Without JavaScript it is a form with a button of its own.

use super::{at_once::at_once, setting_form::SettingForm};
use crate::{
    message::Value,
    phrasebook::Say,
    sticky::{VALUE, signal::Sticky},
};
use leptos::prelude::*;

/// A list of the values with these `texts`, in their order, each called as `label` says.
pub fn setting_select(sticky: Sticky, texts: &[String], label: impl Fn(&str) -> Value) -> AnyView {
    let say = Say::expect();
    let options = texts.iter().map(|text| {
        let (text, words) = (text.clone(), say.words(&untrack(|| label(text))));
        let value = text.clone();
        let initially = untrack(|| sticky.shown() == text);
        view! { <option value=value selected=initially prop:selected=move || sticky.shown() == text>{words}</option> }
    });
    let options = options.collect_view();
    let control = at_once(view! {
        <label class="select">
            <span>{say.say(&(sticky.known.name)())}</span>
            <select name=VALUE autocomplete="off" on:change:target=move |event| sticky.choose_text(&event.target().value())>
                {options}
            </select>
        </label>
    });
    at_once(view! { <SettingForm sticky control/> })
}
