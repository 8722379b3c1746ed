//! The form around a setting's control: what makes it work before hydration and without JavaScript, and pinning.

use crate::{
    messages::window,
    phrasebook::Say,
    routes::{PIN_FORM, RETURN_TO, STORE_FORM},
    sticky::{signal::Sticky, window::WindowOf},
};
use leptos::prelude::*;

/// A form that stores a setting and comes back to the page it is on. In a pinned window it leads to the address with
/// the new value instead. Its button is hidden once the page is hydrated: from then on the control acts by itself.
#[component]
pub fn SettingForm(
    /// The setting.
    sticky: Sticky,
    /// The control, with a field named `value`.
    control: AnyView,
) -> impl IntoView {
    let WindowOf { address, .. } = expect_context();
    let known = sticky.known;
    let say = Say::expect();
    let pin_name = move || {
        say.say(&if sticky.is_pinned() {
            window::unpin()
        } else {
            window::pin(sticky.label_of(&sticky.shown()))
        })
    };
    let pin_address = move || {
        let address = address.get();
        let other = if sticky.is_pinned() {
            address.without_pin(known.key)
        } else {
            address.with_pin(known.key, sticky.shown())
        };
        other.to_string()
    };
    view! {
        <form
            method="post"
            class=format!("setting {}", known.key)
            class:pinned=move || sticky.is_pinned()
            action=move || setting_action(sticky)
            data-setting=known.key
            data-source=move || if sticky.is_pinned() { "address" } else { "choice" }
            data-progress=move || sticky.progress().text()
            data-revision=move || sticky.revision()
            autocomplete="off"
            on:submit=|event| event.prevent_default()
        >
            <ReturnTo/>
            {control}
            <button class="apply">{say.say(&window::apply())}</button>
            {known.can_be_pinned.then(|| view! { <a class="pin" href=pin_address aria-label=pin_name title=pin_name></a> })}
        </form>
    }
}

/// Where a form for this setting is sent.
pub fn setting_action(sticky: Sticky) -> String {
    if sticky.is_pinned() {
        PIN_FORM.path_for(sticky.known.key)
    } else {
        STORE_FORM.path_for(sticky.known.key)
    }
}

/// Where a form leads back to: the page it is on.
#[component]
pub fn ReturnTo() -> impl IntoView {
    let WindowOf { address, .. } = expect_context();
    view! { <input type="hidden" name=RETURN_TO value=move || address.with(|address| address.to_string())/> }
}
