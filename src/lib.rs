//! ControlManiac: controlling for software studios, with a division filter that follows its user everywhere.
//!
//! ARCHITECTURE.md leads through these modules.

// A page's view is one deeply nested type.
#![recursion_limit = "256"]

// The modules that run both in the browser and on the server.
pub mod address;
pub mod app;
pub mod asking;
mod call;
pub mod days;
pub mod division;
pub mod error;
pub mod figures;
pub mod functions;
pub mod json;
pub mod live;
pub mod message;
mod messages;
pub mod page_state;
pub mod pages;
pub mod pause;
pub mod period;
pub mod phrasebook;
pub mod routes;
pub mod settings;
pub mod sticky;
pub mod ui;
pub mod user;

// The modules that only the server has: the views' figures, and everything that serves them.
#[cfg(feature = "ssr")]
pub mod books;
#[cfg(feature = "ssr")]
pub mod breakdown;
#[cfg(feature = "ssr")]
pub mod cli;
#[cfg(feature = "ssr")]
pub mod costs;
#[cfg(feature = "ssr")]
mod csv;
#[cfg(feature = "ssr")]
pub mod export;
#[cfg(feature = "ssr")]
pub mod home;
#[cfg(feature = "ssr")]
mod html;
#[cfg(feature = "ssr")]
pub mod lists;
#[cfg(feature = "ssr")]
pub mod locale;
#[cfg(feature = "ssr")]
pub mod login;
#[cfg(feature = "ssr")]
pub mod measure;
#[cfg(feature = "ssr")]
pub mod money;
#[cfg(feature = "ssr")]
pub mod pack;
#[cfg(feature = "ssr")]
pub mod place;
#[cfg(feature = "ssr")]
pub mod projects;
#[cfg(feature = "ssr")]
pub mod report;
#[cfg(feature = "ssr")]
mod rows;
#[cfg(feature = "ssr")]
mod search;
#[cfg(feature = "ssr")]
pub mod server;
#[cfg(feature = "ssr")]
pub mod sheets;
#[cfg(feature = "ssr")]
pub mod view;
#[cfg(feature = "ssr")]
pub mod views;
#[cfg(feature = "ssr")]
mod xlsx;

/// Takes over the page that the server rendered.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_body(app::App);
    // Styles hide the parts that only a page without a program needs.
    if let Some(html) = leptos::prelude::document().document_element() {
        drop(html.class_list().add_1("hydrated"));
    }
}
