//! The navigation bar's links.

use crate::{
    pages::{PAGES, Page},
    sticky::window::WindowOf,
};
use leptos::prelude::*;

/// The links to the views, the current one marked; each keeps the pins of this window.
#[component]
pub fn ViewLinks() -> impl IntoView {
    let WindowOf { address, .. } = expect_context();
    let link = move |page: Page| {
        let is_current = move || address.with(|address| page.leads_to(address.path()));
        let href = move || address.with(|address| address.pins().keep(page.path));
        view! { <a href=href aria-current=move || is_current().then_some("page")>{page.title}</a> }
    };
    let links = PAGES.into_iter().filter(|page| page.in_navigation).map(link);
    view! {
        <nav aria-label="Views" class="views">
            {links.collect_view()}
        </nav>
    }
}
