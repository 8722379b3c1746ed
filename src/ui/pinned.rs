//! Says what the address pins in this window and what follows the person's own choice, and offers to adopt or drop it.

use super::setting_form::ReturnTo;
use crate::{
    routes::ADOPT_FORM,
    sticky::window::{Described, SettingsOfWindow, WindowOf},
};
use leptos::prelude::*;

/// The announcement; nothing if the address pins nothing.
#[component]
pub fn PinnedNotice(
    /// Every setting of this window.
    settings: SettingsOfWindow,
) -> impl IntoView {
    let WindowOf { address, readdress, .. } = expect_context();
    let is_pinned = Memo::new(move |_| address.with(|address| !address.pins().is_empty()));
    let described =
        move || settings.with_value(|settings| settings.iter().map(|one| one.described()).collect::<Vec<_>>());
    // A value that may be viewed but not chosen can't be adopted.
    let is_adoptable = Memo::new(move |_| described().iter().all(|one| one.is_choice || !one.is_pinned));
    let text = move || {
        let described = described();
        let list = |pinned: bool| {
            let ones = described.iter().filter(|one| one.is_pinned == pinned);
            ones.map(|Described { name, label, .. }| format!("{name} {label}"))
                .collect::<Vec<_>>()
                .join(", ")
        };
        let own = list(false);
        if own.is_empty() {
            format!("Pinned in this window by its address: {}.", list(true))
        } else {
            format!(
                "Pinned in this window by its address: {}. Your own choice: {own}.",
                list(true)
            )
        }
    };
    let without = move || address.with(|address| address.without_pins().to_string());
    let adopt = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        settings.with_value(|settings| settings.iter().for_each(|one| one.adopt()));
        readdress.run(address.get_untracked().without_pins());
    };
    move || {
        is_pinned.get().then(|| {
            view! {
                <div class="notice pinned">
                    <span>{text}</span>
                    {move || {
                        is_adoptable.get().then(|| {
                            view! {
                                <form method="post" action=ADOPT_FORM.path on:submit=adopt>
                                    <ReturnTo/>
                                    <button title="Make it your own choice, in every window">"Adopt"</button>
                                </form>
                            }
                        })
                    }}
                    <a class="button" href=without title="Go back to your own choice in this window">"Drop"</a>
                </div>
            }
        })
    }
}
