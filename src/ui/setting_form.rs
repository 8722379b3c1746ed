//! The form around a setting's control: what makes it work before hydration and without JavaScript.

use super::panel::CurrentAddress;
use leptos::prelude::*;

/// A form that stores a setting and comes back to the page it stands on. Its button is hidden once the page is
/// hydrated: from then on the control acts by itself.
#[component]
pub fn SettingForm(
    /// The setting's key.
    key: &'static str,
    /// The control, with a field named `value`.
    children: Children,
) -> impl IntoView {
    let address = expect_context::<CurrentAddress>();
    view! {
        <form
            method="post"
            class=format!("setting {key}")
            action=format!("/settings/{key}")
            data-setting=key
            autocomplete="off"
            on:submit=|event| event.prevent_default()
        >
            <input type="hidden" name="return_to" value=move || address.get()/>
            {children()}
            <button class="apply">"Apply"</button>
        </form>
    }
}
