//! The data panel: shows a view's figures, fetches newer ones, and says when it can't.
//!
//! Figures are never shown as if they were current when they are not: while others are on their way, the old ones
//! stay, named by their own scope in `data-division` and `data-period`, and the panel is `aria-busy`.

use super::problem::Problem;
use crate::{
    error::{AppError, ErrorKind},
    figures::{self, Figures, Scope},
    settings::SETTINGS,
};
use leptos::{html::Div, prelude::*, task::spawn_local};
use leptos_router::hooks::use_navigate;
use wasm_bindgen::JsCast;

/// The path and the query of the page this window is at.
pub type CurrentAddress = Signal<String>;

/// The figures for the first HTML; the browser finds them in the page.
#[derive(Clone)]
pub struct FirstHtml(pub std::sync::Arc<str>);

/// The main part of every page.
#[component]
pub fn FiguresPanel(
    /// What the page was rendered with.
    first: Scope,
    /// Why it was rendered without figures, if it was.
    problem: Option<AppError>,
    /// What figures are wanted now.
    #[prop(into)]
    wanted: Signal<Scope>,
) -> impl IntoView {
    let shown = RwSignal::new(first);
    let problem = RwSignal::new(problem);
    let failed = RwSignal::new(None::<(Scope, AppError)>);
    let place = NodeRef::<Div>::new();
    let first_html = use_context::<FirstHtml>().map(|html| html.0);
    let is_busy = move || shown.with(|shown| wanted.with(|wanted| shown != wanted));

    let show = move |scope: Scope, answer: Result<Figures, AppError>| {
        let is_shown = scope == shown.get_untracked() && problem.with_untracked(Option::is_none);
        if scope != wanted.get_untracked() || is_shown {
            return;
        }
        match answer {
            Ok(figures) if figures.scope == scope => {
                if let Some(place) = place.get_untracked() {
                    swap(&place, &figures.html);
                }
                document().set_title(&figures.title);
                problem.set(None);
                shown.set(scope);
            }
            Ok(_) => failed.set(Some((scope, AppError::internal()))),
            Err(error) => match error.kind {
                ErrorKind::NotLoggedIn => log_in(&scope.address),
                // The choice may not stand any more, since another window or the administrator changed something: the
                // page as the server gives it falls back to what may, and says so.
                ErrorKind::Invalid if SETTINGS.iter().any(|known| error.field.as_deref() == Some(known.key)) => {
                    // Where a browser refuses to load the page anew, the old figures stay, busy.
                    drop(window().location().reload());
                }
                ErrorKind::Unreachable | ErrorKind::Unavailable | ErrorKind::Internal => {
                    failed.set(Some((scope, error)));
                }
                _ => {
                    document().set_title(error.title());
                    problem.set(Some(error));
                    shown.set(scope);
                }
            },
        }
    };
    let fetch = move |scope: Scope| {
        failed.set(None);
        spawn_local(async move {
            let Scope {
                address,
                division,
                period,
            } = scope.clone();
            show(scope, figures::fetch(address, division, period).await);
        });
    };
    Effect::new(move |_| {
        let wanted = wanted.get();
        if wanted != shown.get_untracked() {
            fetch(wanted);
        } else {
            failed.set(None);
        }
    });

    let navigate = use_navigate();
    let search = move |event: web_sys::SubmitEvent| {
        if let Some(address) = address_of_search(&event) {
            event.prevent_default();
            navigate(&address, Default::default());
        }
    };
    let has_problem = move || problem.with(Option::is_some);
    let failure = move || {
        failed.get().map(|(scope, error)| {
            let try_again = move |_| fetch(scope.clone());
            view! {
                <p class="notice warning" role="alert">
                    {format!("The figures could not be loaded. {}", error.message)}
                    <button type="button" on:click=try_again>"Try again"</button>
                </p>
            }
        })
    };
    view! {
        <main
            id="main"
            tabindex="-1"
            data-division=move || shown.with(|shown| shown.division.clone())
            data-period=move || shown.with(|shown| shown.period.clone())
            aria-busy=move || is_busy().to_string()
        >
            {failure}
            {move || problem.get().map(|error| view! { <Problem error/> })}
            <div
                class="figures"
                node_ref=place
                hidden=has_problem
                on:submit=search
                inner_html=first_html
            ></div>
        </main>
    }
}

/// Puts `html` into `place`, the keyboard back where it was, and what was typed and not sent back into its field.
fn swap(place: &web_sys::Element, html: &str) {
    let focused = document()
        .active_element()
        .filter(|element| place.contains(Some(element)));
    let typed = place
        .query_selector("input[type=search]")
        .ok()
        .flatten()
        .and_then(|element| element.dyn_into::<web_sys::HtmlInputElement>().ok())
        .filter(|input| input.value() != input.default_value())
        .map(|input| (input.id(), input.value()));
    place.set_inner_html(html);
    let field = typed.and_then(|(id, text)| Some((document().get_element_by_id(&id)?, text)));
    if let Some((element, text)) = field
        && let Ok(input) = element.dyn_into::<web_sys::HtmlInputElement>()
    {
        input.set_value(&text);
    }
    let focused = focused.map(|element| element.id()).filter(|id| !id.is_empty());
    let focused = focused.and_then(|id| document().get_element_by_id(&id));
    if let Some(element) = focused.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok()) {
        // A browser that can't focus leaves the keyboard at the page's start; the figures are right all the same.
        drop(element.focus());
    }
}

/// Leads to the login, and from there back to `address`.
fn log_in(address: &str) {
    let next = String::from(js_sys::encode_uri_component(address));
    // Where a browser refuses to navigate, the next request says again that nobody is logged in.
    drop(window().location().assign(&format!("/login?next={next}")));
}

/// Where a search form of the figures leads: its action with the fields that were filled in.
fn address_of_search(event: &web_sys::SubmitEvent) -> Option<String> {
    let form = event.target()?.dyn_into::<web_sys::HtmlFormElement>().ok()?;
    if form.method() != "get" {
        return None;
    }
    let path = form.get_attribute("action")?;
    let query = web_sys::UrlSearchParams::new().ok()?;
    let fields = form.elements();
    for place in 0..fields.length() {
        let Some(field) = fields
            .item(place)
            .and_then(|field| field.dyn_into::<web_sys::HtmlInputElement>().ok())
        else {
            continue;
        };
        if !field.name().is_empty() && !field.value().trim().is_empty() {
            query.append(&field.name(), field.value().trim());
        }
    }
    let query = String::from(query.to_string());
    Some(if query.is_empty() {
        path
    } else {
        format!("{path}?{query}")
    })
}
