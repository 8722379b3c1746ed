//! The navigation bar's links.

use crate::sticky::window::WindowOf;
use leptos::prelude::*;

/// The links to the views, the current one marked; each keeps what this window is pinned to.
#[component]
pub fn ViewLinks() -> impl IntoView {
    let WindowOf { address, .. } = expect_context();
    let link = move |path: &'static str, name: &'static str| {
        let is_current = move || {
            address.with(|address| {
                let current = address.path();
                current == path || (path != "/" && current.starts_with(path) && current[path.len()..].starts_with('/'))
            })
        };
        let href = move || address.with(|address| address.pins().keep(path));
        view! { <a href=href aria-current=move || is_current().then_some("page")>{name}</a> }
    };
    view! {
        <nav aria-label="Views" class="views">
            {link("/", "Home")}
            {link("/projects", "Projects")}
            {link("/costs", "Costs")}
        </nav>
    }
}
