//! A short message about the outcome of a choice, with what the user can do about it.
//!
//! The page's script (`server/shell/place.js`) gives the focus on to the setting that a message is about
//! (`data-about`), and dismisses those that pass (`data-passes`) after a while.

use super::{at_once::at_once, failure::request_name};
use crate::{
    error::ErrorKind,
    messages::window,
    phrasebook::Say,
    routes::LOGIN,
    sticky::{news::News, signal::Sticky},
};
use leptos::prelude::*;

/// Says that a choice was not stored, waits, or was changed elsewhere; nothing while there is nothing to say.
#[component]
pub fn SettingNotice(
    /// The setting it is about.
    sticky: Sticky,
) -> impl IntoView {
    let name = sticky.known.name;
    let say = Say::expect();
    let dismiss = move || {
        let dismiss = move |_| sticky.dismiss();
        view! { <button type="button" class="quiet" data-dismiss="" on:click=dismiss>{say.say(&window::dismiss())}</button> }
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
                    _ => say.say(&window::not_changed(name(), error.message.clone())),
                };
                at_once(view! {
                    <p class="notice warning" data-about=sticky.known.key>
                        {said}
                        {request_name(&error)}
                        {again}
                        {log_in}
                        {dismiss()}
                    </p>
                })
            }
            News::Unsaved => at_once(view! {
                <p class="notice warning">
                    {say.say(&window::offline())}
                </p>
            }),
            News::Followed { before } => {
                let now = sticky.label_of(&sticky.own());
                let followed = if sticky.is_pinned() {
                    window::followed_elsewhere(name(), now)
                } else {
                    window::followed(name(), now)
                };
                let back = say.say(&window::back_to(sticky.label_of(&before)));
                let undo = move |_| sticky.store(before.clone());
                at_once(view! {
                    <p class="notice" data-about=sticky.known.key data-passes="">
                        {say.say(&followed)}
                        <button type="button" on:click=undo>{back}</button>
                        {dismiss()}
                    </p>
                })
            }
            News::Withdrawn(message) => at_once(view! {
                <p class="notice warning" data-about=sticky.known.key>
                    {say.say(&message)}
                    {dismiss()}
                </p>
            }),
        })
    }
}
