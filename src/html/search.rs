//! How a search looks: a field for words, and folded away below it a list for each of the other fields.

use crate::{
    address::Pins,
    locale::Locale,
    messages::page,
    pages::SEARCH,
    report::{FieldOption, Search, SearchField},
};
use leptos::prelude::*;

/// The form. It keeps `pins`, what the window is pinned to.
pub(super) fn form(search: &Search, pins: &Pins, locale: &Locale) -> impl IntoView + use<> {
    let pins = pins.each().map(|(key, text)| (key.to_owned(), text.to_owned()));
    let kept = search
        .kept
        .iter()
        .cloned()
        .chain(pins)
        .map(|(name, value)| view! { <input type="hidden" name=name value=value/> });
    let fields = (!search.fields.is_empty()).then(|| fields(&search.fields, locale));
    view! {
        <form class="search" method="get" action=search.path role="search">
            <label for="search">{locale.say(&search.label)}</label>
            <input type="search" id="search" name=SEARCH value=search.text.clone() maxlength="100" autocomplete="off"/>
            {kept.collect_view()}
            <button>{locale.say(&page::search())}</button>
            {fields}
        </form>
    }
}

/// The fields, a list each. They are folded away: what is set stands in chips.
fn fields(fields: &[SearchField], locale: &Locale) -> impl IntoView + use<> {
    let each = fields.iter().map(|field| one(field, locale)).collect_view();
    view! {
        <details class="narrow">
            <summary>{locale.say(&page::filter())}</summary>
            <div class="fields">{each}</div>
        </details>
    }
}

fn one(field: &SearchField, locale: &Locale) -> impl IntoView + use<> {
    let chosen = field.chosen.as_ref();
    // What is chosen can always be seen, though no row is of it.
    let further = chosen.filter(|chosen| !field.options.contains(chosen));
    let option = |option: &FieldOption| {
        let is_chosen = chosen.is_some_and(|chosen| chosen.text == option.text);
        let words = locale.words(&option.label);
        view! { <option value=option.text.clone() selected=is_chosen>{words}</option> }
    };
    let options = field.options.iter().chain(further).map(option).collect_view();
    let id = format!("filter-{}", field.key);
    view! {
        <label>
            <span>{locale.say(&field.name)}</span>
            <select id=id name=field.key autocomplete="off">
                <option value="">{locale.say(&page::any())}</option>
                {options}
            </select>
        </label>
    }
}
