//! A search in the figures: a GET form, which is followed like a link.

use super::Address;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// Where a search form of the figures leads: its action with the fields that were filled in, and the pins that its
/// window has now.
pub fn address_of_search(event: &web_sys::Event, window: Signal<Address>) -> Option<Address> {
    let form = event.target()?.dyn_into::<web_sys::HtmlFormElement>().ok()?;
    if form.method() != "get" {
        return None;
    }
    let path = form.get_attribute("action")?;
    let query = web_sys::UrlSearchParams::new().ok()?;
    let fields = form.elements();
    for place in 0..fields.length() {
        let Some(field) = fields
            .item(place)
            .and_then(|field| field.dyn_into::<web_sys::HtmlInputElement>().ok())
        else {
            continue;
        };
        if !field.name().is_empty() && !field.value().trim().is_empty() {
            query.append(&field.name(), field.value().trim());
        }
    }
    let query = String::from(query.to_string());
    let found = if query.is_empty() {
        path
    } else {
        format!("{path}?{query}")
    };
    Some(window.with_untracked(|window| window.pins().keep_in(Address::read(&found))))
}
