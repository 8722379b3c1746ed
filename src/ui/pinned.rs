//! Says what the address pins in this window and what follows the person's own choice, and offers to adopt or drop it.

use super::setting_form::ReturnTo;
use crate::{
    message::{Joint, Value},
    messages::window,
    phrasebook::Say,
    routes::ADOPT_FORM,
    sticky::{in_window::SettingsOfWindow, window::WindowOf},
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
    let say = Say::expect();
    let text = move || {
        let described = described();
        let list = |pinned: bool| {
            let ones = described
                .iter()
                .filter(|one| one.can_be_pinned && one.is_pinned == pinned);
            ones.map(|one| one.label.clone()).collect::<Vec<_>>()
        };
        let (pinned, own) = (list(true), list(false));
        let stays = Value::Joined(pinned, Joint::Comma);
        say.say(&if own.is_empty() {
            window::stays(stays)
        } else {
            window::stays_apart(Value::Joined(own, Joint::Comma), stays)
        })
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
                                    <button title=say.say(&window::adopt_hint())>{say.say(&window::adopt())}</button>
                                </form>
                            }
                        })
                    }}
                    <a class="button" href=without title=say.say(&window::drop_hint())>{say.say(&window::drop())}</a>
                </div>
            }
        })
    }
}
