//! The navigation bar's links.

use crate::{
    messages::window,
    pages::{PAGES, Page},
    phrasebook::Say,
    sticky::window::WindowOf,
};
use leptos::prelude::*;

/// The links to the views, the current one marked; each keeps the pins of this window.
#[component]
pub fn ViewLinks() -> impl IntoView {
    let (WindowOf { address, .. }, say) = (expect_context(), Say::expect());
    let link = move |page: Page| {
        let is_current = move || address.with(|address| page.leads_to(address.path()));
        let href = move || address.with(|address| address.pins().keep(page.path));
        view! { <a href=href aria-current=move || is_current().then_some("page")>{say.say(&(page.title)())}</a> }
    };
    let links = PAGES.into_iter().filter(|page| page.in_navigation).map(link);
    view! {
        <nav aria-label=say.say(&window::views()) class="views">
            {links.collect_view()}
        </nav>
    }
}
