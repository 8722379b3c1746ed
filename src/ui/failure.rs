//! The message in place of figures that can't be shown.

use crate::{error::AppError, message::Value, messages::window, pages::HOME, phrasebook::Say};
use leptos::prelude::*;

/// The name of the request that failed, to be quoted, if the server's log says more about it.
pub fn request_name(error: &AppError) -> Option<impl IntoView + use<>> {
    let name = error.request.clone()?;
    let words = Say::expect().say(&window::request(Value::Text(name)));
    Some(view! { <small class="request">{words}</small> })
}

/// Says what went wrong and offers a way on.
#[component]
pub fn Failure(
    /// What went wrong.
    error: AppError,
) -> impl IntoView {
    let say = Say::expect();
    view! {
        <section class="problem">
            <p class="code">{error.status()}</p>
            <h1>{say.say(&error.title())}</h1>
            <p>{error.message.said(|message| say.say(message))}</p>
            {request_name(&error)}
            <p><a href=HOME.path>{say.say(&window::go_to((HOME.title)()))}</a></p>
        </section>
    }
}
