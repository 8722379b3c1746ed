//! How a search looks: a form with the filters of the page, and those that are set as chips that can be taken away.

use crate::{
    address::Pins,
    locale::Locale,
    messages::page,
    pages::SEARCH,
    report::{Filter, FilterOption, Search},
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
    let filters = (!search.filters.is_empty()).then(|| filters(&search.filters, locale));
    view! {
        <form class="search" method="get" action=search.path role="search">
            <label for="search">{locale.say(&search.label)}</label>
            <input type="search" id="search" name=SEARCH value=search.text.clone() maxlength="100" autocomplete="off"/>
            {kept.collect_view()}
            <button>{locale.say(&page::search())}</button>
            {filters}
        </form>
    }
}

/// The filters, a list each. They are folded away, for the search is what is used most.
fn filters(filters: &[Filter], locale: &Locale) -> impl IntoView + use<> {
    let is_any = filters.iter().any(|filter| filter.chosen.is_some());
    let each = filters.iter().map(|filter| one(filter, locale)).collect_view();
    view! {
        <details class="filters" open=is_any>
            <summary>{locale.say(&page::filter())}</summary>
            <div class="fields">{each}</div>
        </details>
    }
}

fn one(filter: &Filter, locale: &Locale) -> impl IntoView + use<> {
    let chosen = filter.chosen.as_ref().map(|chosen| &chosen.option);
    // What is chosen can always be seen, though no row is of it.
    let further = chosen.filter(|chosen| !filter.options.contains(chosen));
    let option = |option: &FilterOption| {
        let is_chosen = chosen.is_some_and(|chosen| chosen.text == option.text);
        let words = locale.words(&option.label);
        view! { <option value=option.text.clone() selected=is_chosen>{words}</option> }
    };
    let options = filter.options.iter().chain(further).map(option).collect_view();
    let id = format!("filter-{}", filter.field);
    view! {
        <label>
            <span>{locale.say(&filter.name)}</span>
            <select id=id name=filter.field autocomplete="off">
                <option value="">{locale.say(&page::any())}</option>
                {options}
            </select>
        </label>
    }
}

/// What the page is narrowed to, each with a link that takes it away.
pub(super) fn chips(search: &Search, locale: &Locale) -> AnyView {
    let chosen = search
        .filters
        .iter()
        .filter_map(|filter| Some((filter, filter.chosen.as_ref()?)));
    let chips: Vec<_> = chosen
        .map(|(filter, chosen)| {
            let name = locale.say(&filter.name);
            let words = locale.words(&chosen.option.label);
            let remove = locale.say(&page::remove(chosen.option.label.clone(), filter.name.clone()));
            view! {
                <li>
                    <span class="name">{name}</span>
                    " "
                    <span>{words}</span>
                    <a id=format!("chip-{}", filter.field) href=chosen.without.clone() aria-label=remove.clone() title=remove>
                        <span aria-hidden="true">"×"</span>
                    </a>
                </li>
            }
        })
        .collect();
    if chips.is_empty() {
        return ().into_any();
    }
    view! { <ul class="chips" aria-label=locale.say(&page::narrowed())>{chips}</ul> }.into_any()
}
