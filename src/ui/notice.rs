//! A short message about something that happened, and what can be done about it.

use crate::sticky::{Setting, signal::Sticky};
use leptos::prelude::*;

/// Says that a choice was not stored, and why; nothing while all is well.
#[component]
pub fn RefusedNotice<S: Setting>(
    /// The setting it speaks of.
    sticky: Sticky<S>,
) -> impl IntoView {
    move || {
        sticky.refused().map(|refused| {
            view! {
                <p class="notice warning">
                    {format!("{} was not changed. {}", S::NAME, refused.error.message)}
                    <button type="button" on:click=move |_| sticky.choose(refused.value.clone())>"Try again"</button>
                    <button type="button" class="quiet" on:click=move |_| sticky.dismiss()>"Dismiss"</button>
                </p>
            }
        })
    }
}
