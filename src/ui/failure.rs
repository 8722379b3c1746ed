//! The message in place of figures that can't be shown.

use crate::{error::AppError, pages::HOME};
use leptos::prelude::*;

/// The name of the request that failed, to be quoted, if the server's log says more about it.
pub fn request_name(error: &AppError) -> Option<impl IntoView + use<>> {
    let name = error.request.clone()?;
    Some(view! { <small class="request">{format!("Request {name}")}</small> })
}

/// Says what went wrong and offers a way on.
#[component]
pub fn Failure(
    /// What went wrong.
    error: AppError,
) -> impl IntoView {
    view! {
        <section class="problem">
            <p class="code">{error.status()}</p>
            <h1>{error.title()}</h1>
            <p>{error.message.clone()}</p>
            {request_name(&error)}
            <p><a href=HOME.path>{format!("Go to {}", HOME.title)}</a></p>
        </section>
    }
}
