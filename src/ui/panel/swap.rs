//! Swaps the figures in the page for others: the keyboard's focus and typed text stay.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::DocumentFragment;

/// Puts `html`, or its `parsed` form, into `place`, the focus back where it was, and text that was typed but not sent
/// back into its field.
pub fn swap(place: &web_sys::Element, html: &str, parsed: Option<DocumentFragment>) {
    let focused = document()
        .active_element()
        .filter(|element| place.contains(Some(element)));
    let typed = place
        .query_selector("input[type=search]")
        .ok()
        .flatten()
        .and_then(|element| element.dyn_into::<web_sys::HtmlInputElement>().ok())
        .filter(|input| input.value() != input.default_value())
        .map(|input| (input.id(), input.value()));
    match parsed {
        Some(parsed) => place.replace_children_with_node_1(&parsed),
        None => place.set_inner_html(html),
    }
    let field = typed.and_then(|(id, text)| Some((document().get_element_by_id(&id)?, text)));
    if let Some((element, text)) = field
        && let Ok(input) = element.dyn_into::<web_sys::HtmlInputElement>()
    {
        input.set_value(&text);
    }
    let focused = focused.map(|element| element.id()).filter(|id| !id.is_empty());
    let focused = focused.and_then(|id| document().get_element_by_id(&id));
    if let Some(element) = focused.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok()) {
        // A browser that can't focus leaves the focus at the page's start; the figures are right all the same.
        drop(element.focus());
    }
}
