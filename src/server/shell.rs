//! The HTML around a page: with the program that hydrates it, or without.

mod keys;

use super::{
    app_state::AppState,
    assets::{Assets, ICON, OUTPUT_NAME, RELOAD_PORT},
};
use crate::{app::App, locale::Locale};
use axum::response::Html;
use leptos::{nonce::Nonce, prelude::*};

/// A page that the browser's program takes over.
pub fn hydrated(state: &AppState, nonce: &Nonce, locale: &Locale, title: String) -> impl IntoView + use<> {
    let Assets { js, wasm, .. } = &*state.assets;
    let start = include_str!("shell/start.js")
        .replace("SCRIPT", js)
        .replace("WASM", wasm);
    // Small, and of use before the program has come and without it.
    let scripts = [
        start.as_str(),
        include_str!("shell/place.js"),
        include_str!("shell/keys.js"),
    ];
    let scripts =
        scripts.map(|script| view! { <script nonce=nonce.to_string() inner_html=script.to_owned()></script> });
    let (language, keys) = (locale.language_code(), keys::dialog(locale));
    view! {
        <!DOCTYPE html>
        <html lang=language>
            <head>
                {head(state, title)}
                // The page is painted at once: otherwise the columns of a table would move while its rows arrive.
                <link rel="expect" href="#page-end" blocking="render"/>
                {scripts.into_iter().collect_view()}
                <AutoReload options=reloading()/>
            </head>
            <body>
                <App/>
                {keys}
            </body>
        </html>
    }
}

/// The port on which a page hears that `make watch` has built it anew, as Cargo.toml has it; a release never asks
/// there.
fn reloading() -> LeptosOptions {
    LeptosOptions::builder()
        .output_name(OUTPUT_NAME)
        .reload_port(RELOAD_PORT)
        .build()
}

/// A page without a program: the login, and errors.
pub fn plain(state: &AppState, locale: &Locale, title: &str, content: impl IntoView + 'static) -> Html<String> {
    let (owner, language) = (Owner::new(), locale.language_code());
    let html = owner.with(|| {
        view! {
            <!DOCTYPE html>
            <html lang=language>
                <head>{head(state, format!("{title} · ControlManiac"))}</head>
                <body>
                    <div class="app accent-slate">{content}</div>
                </body>
            </html>
        }
        .to_html()
    });
    Html(html)
}

fn head(state: &AppState, title: String) -> impl IntoView + use<> {
    view! {
        <meta charset="utf-8"/>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <meta name="color-scheme" content="light dark"/>
        <title>{title}</title>
        <link rel="icon" href=ICON r#type="image/svg+xml"/>
        <link rel="stylesheet" href=state.assets.css.clone()/>
    }
}
