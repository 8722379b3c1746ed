//! What stands in place of figures that can't be shown.

use crate::error::AppError;
use leptos::prelude::*;

/// Says what went wrong and offers a way on.
#[component]
pub fn Problem(
    /// What went wrong.
    error: AppError,
) -> impl IntoView {
    view! {
        <section class="problem">
            <p class="code">{error.status()}</p>
            <h1>{error.title()}</h1>
            <p>{error.message.clone()}</p>
            <p><a href="/">"Go to Home"</a></p>
        </section>
    }
}
