//! What a window does once the server runs another build than its page: it finishes what it is sending, and loads
//! afresh at the next navigation; at once when it is hidden and nothing was typed.

use crate::address::{Address, search::address_of_search};
use leptos::{ev, prelude::*};
use wasm_bindgen::{JsCast, closure::Closure};

/// Whether the server runs another build than the one this page came from.
#[derive(Clone, Copy)]
pub struct Outdated(RwSignal<bool>);

impl Outdated {
    /// Watches the person's steps in the window at `address` from now on; `is_saving` says whether something is on its way
    /// to the server.
    pub fn watch(address: Signal<Address>, is_saving: Signal<bool>) -> Self {
        let outdated = Self(RwSignal::new(false));
        Effect::new(move |_| {
            let leave = move |event: web_sys::Event| {
                if outdated.0.get_untracked()
                    && let Some(link) = link_of(&event)
                {
                    event.prevent_default();
                    event.stop_propagation();
                    once_saved(is_saving, move || link.load());
                }
            };
            // Before the router sees the click.
            let listener = Closure::<dyn Fn(web_sys::Event)>::new(leave);
            // A window that can't be listened to can't be left by a click either.
            drop(window().add_event_listener_with_callback_and_bool("click", listener.as_ref().unchecked_ref(), true));
            listener.forget();
            // A search: the browser's own way instead of the router's.
            let submit = Closure::<dyn Fn(web_sys::Event)>::new(move |event: web_sys::Event| {
                // Read now: newer figures may take the form away before all is saved.
                if outdated.0.get_untracked()
                    && let Some(found) = address_of_search(&event, address)
                {
                    event.prevent_default();
                    event.stop_propagation();
                    once_saved(is_saving, move || found.load());
                }
            });
            drop(window().add_event_listener_with_callback_and_bool("submit", submit.as_ref().unchecked_ref(), true));
            submit.forget();
            // Back and forward.
            window_event_listener(ev::popstate, move |_| {
                if outdated.0.get_untracked() {
                    once_saved(is_saving, || drop(window().location().reload()));
                }
            });
            let is_hidden = RwSignal::new(document().hidden());
            window_event_listener_untyped("visibilitychange", move |_| is_hidden.set(document().hidden()));
            // Also if it was already hidden and has sent everything since, or hears of the new build only then.
            let is_free = Memo::new(move |_| outdated.0.get() && is_hidden.get() && !is_saving.get() && !was_typed());
            Effect::new(move |_| {
                if is_free.get() {
                    drop(window().location().reload());
                }
            });
        });
        outdated
    }

    /// Called when the server turns out to run `build`, while the page came from `own`.
    pub fn seen(self, own: &str, build: &str) {
        self.0.set(own != build);
    }
}

/// Whether a field holds text that was typed and not sent.
fn was_typed() -> bool {
    let fields = document()
        .query_selector_all("input[type=search], input[type=date]")
        .ok();
    fields.is_some_and(|fields| {
        (0..fields.length()).any(|place| {
            let field = fields
                .get(place)
                .and_then(|field| field.dyn_into::<web_sys::HtmlInputElement>().ok());
            field.is_some_and(|field| field.value() != field.default_value())
        })
    })
}

/// The target of a click that the router would follow.
fn link_of(event: &web_sys::Event) -> Option<Address> {
    let click = event.dyn_ref::<web_sys::MouseEvent>()?;
    if click.button() != 0 || click.meta_key() || click.ctrl_key() || click.shift_key() || click.alt_key() {
        return None;
    }
    let link = event
        .target()?
        .dyn_into::<web_sys::Element>()
        .ok()?
        .closest("a[href]")
        .ok()??;
    let href = link.get_attribute("href")?;
    // A file is no page.
    if link.has_attribute("target") || link.has_attribute("download") {
        return None;
    }
    Address::check(&href).ok()
}

/// Runs `work` as soon as nothing is on its way to the server.
fn once_saved(is_saving: Signal<bool>, work: impl Fn() + 'static) {
    Effect::new(move |done: Option<bool>| {
        let is_done = done.unwrap_or_default();
        if !is_done && !is_saving.get() {
            work();
            return true;
        }
        is_done
    });
}
