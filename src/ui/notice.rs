//! A short message about something that happened, and what can be done about it.

use crate::{
    error::ErrorKind,
    sticky::{Setting, signal::Sticky},
};
use leptos::prelude::*;

/// Says that a choice was not stored, and why; nothing while all is well.
#[component]
pub fn RefusedNotice<S: Setting>(
    /// The setting it speaks of.
    sticky: Sticky<S>,
) -> impl IntoView {
    move || {
        sticky.refused().map(|refused| {
            // Trying again can't help who has to log in first.
            let logged_out = refused.error.kind == ErrorKind::NotLoggedIn;
            let log_in = logged_out.then(|| view! { <a href="/login" rel="external">"Log in"</a> });
            let again = refused.value.filter(|_| !logged_out).map(|value| {
                let again = move |_| sticky.choose(value.clone());
                view! { <button type="button" on:click=again>"Try again"</button> }
            });
            view! {
                <p class="notice warning">
                    {format!("{} was not changed. {}", S::NAME, refused.error.message)}
                    {again}
                    {log_in}
                    <button type="button" class="quiet" on:click=move |_| sticky.dismiss()>"Dismiss"</button>
                </p>
            }
        })
    }
}
