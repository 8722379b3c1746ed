//! The HTML around a page: one with the program that hydrates it, and one that needs none.

use super::{assets::Assets, state::AppState};
use crate::app::App;
use axum::response::Html;
use leptos::{nonce::Nonce, prelude::*};

/// A page that the browser's program takes over.
pub fn hydrated(state: &AppState, nonce: &Nonce, title: String) -> impl IntoView + use<> {
    let Assets { js, wasm, .. } = &*state.assets;
    let start = include_str!("shell/start.js")
        .replace("SCRIPT", js)
        .replace("WASM", wasm);
    view! {
        <!DOCTYPE html>
        <html lang="en">
            <head>
                {head(state, title)}
                // Nothing is shown in parts: a table's columns would move as its rows come in.
                <link rel="expect" href="#page-end" blocking="render"/>
                <script nonce=nonce.to_string() inner_html=start></script>
                <AutoReload options=state.leptos.clone()/>
            </head>
            <body>
                <App/>
            </body>
        </html>
    }
}

/// A page without a program: the login, and what went wrong.
pub fn plain(state: &AppState, title: &str, content: impl IntoView + 'static) -> Html<String> {
    let owner = Owner::new();
    let html = owner.with(|| {
        view! {
            <!DOCTYPE html>
            <html lang="en">
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
        <link rel="icon" href="/favicon.svg" r#type="image/svg+xml"/>
        <link rel="stylesheet" href=state.assets.css.clone()/>
    }
}
