//! A short message about the outcome of a choice, with what the user can do about it.

use super::failure::request_name;
use crate::{
    error::ErrorKind,
    routes::LOGIN,
    sticky::{Setting, news::News, signal::Sticky, window::WindowOf},
};
use leptos::prelude::*;

/// Says that a choice was not stored, waits, or was changed elsewhere; nothing while there is nothing to say.
#[component]
pub fn SettingNotice<S: Setting>(
    /// The setting it is about.
    sticky: Sticky<S>,
) -> impl IntoView {
    let WindowOf { user, .. } = expect_context();
    move || {
        sticky.news().map(|news| match news {
            News::Refused { value, error } => {
                // Trying again is no help before the user has logged in.
                let logged_out = error.kind == ErrorKind::NotLoggedIn;
                let log_in = logged_out.then(|| view! { <a href=LOGIN.path rel="external">"Log in"</a> });
                let again = value.filter(|_| !logged_out).map(|value| {
                    let again = move |_| sticky.store(value.clone());
                    view! { <button type="button" on:click=again>"Try again"</button> }
                });
                let said = match error.kind {
                    ErrorKind::Unconfirmed => error.message.clone(),
                    _ => format!("{} was not changed. {}", S::NAME, error.message),
                };
                view! {
                    <p class="notice warning">
                        {said}
                        {request_name(&error)}
                        {again}
                        {log_in}
                        <button type="button" class="quiet" on:click=move |_| sticky.dismiss()>"Dismiss"</button>
                    </p>
                }
                .into_any()
            }
            News::Unsaved => view! {
                <p class="notice warning">
                    {format!("{} is not saved yet: you are offline. It is sent as soon as you are online again.", S::NAME)}
                </p>
            }
            .into_any(),
            News::Followed { before } => {
                let now = user.with(|user| sticky.own().label(user));
                let elsewhere = if sticky.is_pinned() { ", but not in this pinned one" } else { "" };
                let undo = move |_| sticky.store(before.clone());
                view! {
                    <p class="notice">
                        {format!("{} is now {now} (changed in another window{elsewhere}).", S::NAME)}
                        <button type="button" on:click=undo>"Undo"</button>
                        <button type="button" class="quiet" on:click=move |_| sticky.dismiss()>"Dismiss"</button>
                    </p>
                }
                .into_any()
            }
            News::Withdrawn(message) => view! {
                <p class="notice warning">
                    {message}
                    <button type="button" class="quiet" on:click=move |_| sticky.dismiss()>"Dismiss"</button>
                </p>
            }
            .into_any(),
        })
    }
}
