//! Leads a browser to an address: the only place that makes a redirect, or a step of the browser to another page.
//! Nothing but an [`Address`] leads anywhere.

#![expect(
    clippy::disallowed_methods,
    reason = "an Address is a place on this server, whatever it was read from"
)]

use super::Address;
use leptos::prelude::window;
use leptos_router::{NavigateOptions, hooks::use_navigate};

impl Address {
    /// An answer that leads there.
    #[cfg(feature = "ssr")]
    pub fn redirect(&self) -> axum::response::Redirect {
        axum::response::Redirect::to(&self.to_string())
    }

    /// Loads the page there.
    pub fn load(&self) {
        // If a browser refuses, the page stays, and its next request gets the answer that it must.
        drop(window().location().assign(&self.to_string()));
    }

    /// Loads the page there in place of this one, so that going back no longer leads to this one.
    pub fn load_instead(&self) {
        // As above.
        drop(window().location().replace(&self.to_string()));
    }

    /// The router's way to an address, without a page load; it stands inside the router.
    pub fn navigator() -> impl Fn(&Self, NavigateOptions) + Clone {
        let navigate = use_navigate();
        move |address, options| {
            // An address is complete by itself.
            let options = NavigateOptions {
                resolve: false,
                ..options
            };
            navigate(&address.to_string(), options);
        }
    }
}
