//! The navigation bar's links.

use super::panel::CurrentAddress;
use leptos::prelude::*;

/// The links to the views, the current one marked.
#[component]
pub fn ViewLinks() -> impl IntoView {
    let address = expect_context::<CurrentAddress>();
    let link = move |path: &'static str, name: &'static str| {
        let is_current = move || {
            let address = address.get();
            let current = address.split('?').next().unwrap_or_default();
            current == path || (path != "/" && current.starts_with(path) && current[path.len()..].starts_with('/'))
        };
        view! { <a href=path aria-current=move || is_current().then_some("page")>{name}</a> }
    };
    view! {
        <nav aria-label="Views" class="views">
            {link("/", "Home")}
            {link("/projects", "Projects")}
            {link("/costs", "Costs")}
        </nav>
    }
}
