//! A short message about the outcome of a choice, with what the user can do about it.

use super::failure::request_name;
use crate::{
    error::ErrorKind,
    messages::window,
    phrasebook::Say,
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
    let say = Say::expect();
    let dismiss = move || {
        let dismiss = move |_| sticky.dismiss();
        view! { <button type="button" class="quiet" on:click=dismiss>{say.say(&window::dismiss())}</button> }
    };
    move || {
        sticky.news().map(|news| match news {
            News::Refused { value, error } => {
                // Trying again is no help before the user has logged in.
                let logged_out = error.kind == ErrorKind::NotLoggedIn;
                let log_in =
                    logged_out.then(|| view! { <a href=LOGIN.path rel="external">{say.say(&window::log_in())}</a> });
                let again = value.filter(|_| !logged_out).map(|value| {
                    let again = move |_| sticky.store(value.clone());
                    view! { <button type="button" on:click=again>{say.say(&window::try_again())}</button> }
                });
                let said = match error.kind {
                    ErrorKind::Unconfirmed => error.message.said(|message| say.say(message)),
                    _ => say.say(&window::not_changed((S::NAME)(), error.message.clone())),
                };
                view! {
                    <p class="notice warning">
                        {said}
                        {request_name(&error)}
                        {again}
                        {log_in}
                        {dismiss()}
                    </p>
                }
                .into_any()
            }
            News::Unsaved => view! {
                <p class="notice warning">
                    {say.say(&window::offline())}
                </p>
            }
            .into_any(),
            News::Followed { before } => {
                let now = user.with(|user| sticky.own().label(user));
                let followed = if sticky.is_pinned() {
                    window::followed_elsewhere((S::NAME)(), now)
                } else {
                    window::followed((S::NAME)(), now)
                };
                let undo = move |_| sticky.store(before.clone());
                view! {
                    <p class="notice">
                        {say.say(&followed)}
                        <button type="button" on:click=undo>{say.say(&window::undo())}</button>
                        {dismiss()}
                    </p>
                }
                .into_any()
            }
            News::Withdrawn(message) => view! {
                <p class="notice warning">
                    {say.say(&message)}
                    {dismiss()}
                </p>
            }
            .into_any(),
        })
    }
}
