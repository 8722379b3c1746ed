//! The way of a page: everything it needs is resolved here, before anything is rendered, so its first HTML is whole.

use super::{current_user::CurrentUser, error_response::wants_page, request_id::RequestId, shell};
use crate::{
    address::Address,
    error::AppError,
    figures::Selection,
    page_state::PageState,
    settings::{completed, pinnable, settle_pins},
    sticky::{VALUE, refused::Refused},
    ui::panel::FirstHtml,
    views,
};
use axum::{
    body::Body,
    extract::Request,
    http::{Method, StatusCode, request::Parts},
    response::{IntoResponse, Response},
};
use leptos::{nonce::Nonce, prelude::*};
use std::sync::Arc;

/// Answers with the page at the request's address, for anyone who is logged in; everyone else is led to the login.
pub async fn page(request: Request) -> Response {
    let address = request
        .uri()
        .path_and_query()
        .map_or("/", |address| address.as_str())
        .to_owned();
    let as_page = wants_page(request.headers());
    let asked = Address::check(&address);
    let Some(current_user) = request.extensions().get::<Arc<CurrentUser>>().cloned() else {
        return if as_page {
            asked.unwrap_or_default().login().redirect().into_response()
        } else {
            AppError::not_logged_in().into_response()
        };
    };
    let asked = match asked {
        Ok(asked) => asked.pinning(pinnable()),
        Err(error) => return error.into_response(),
    };
    show(request, &current_user, asked, None).await
}

/// The page at `address` for a form on it whose choice was `refused`; nothing was stored. Its status says so, too.
pub async fn refusing(
    mut parts: Parts,
    current_user: &Arc<CurrentUser>,
    address: Address,
    refused: Refused,
) -> Response {
    parts.method = Method::GET;
    parts.uri = address.to_string().parse().unwrap_or_default();
    let request = Request::from_parts(parts, Body::empty());
    let mut response = show(request, current_user, address, Some(refused)).await;
    *response.status_mut() = StatusCode::BAD_REQUEST;
    response
}

async fn show(request: Request, current_user: &Arc<CurrentUser>, asked: Address, refused: Option<Refused>) -> Response {
    let as_page = wants_page(request.headers());
    let mended = current_user.mend();
    let (address, told) = settle_pins(asked, &current_user.user);
    let asked = Selection {
        address: address.to_string(),
        ..Selection::default()
    };
    let selection = completed(asked, &current_user.settings);
    let (title, html, problem) = match views::rendered(current_user, &selection).await {
        Ok(rendered) => (rendered.title.clone(), rendered.html.clone(), None),
        Err(error) if as_page => {
            let error = match request.extensions().get::<RequestId>() {
                Some(name) => error.of_request(name.as_str()),
                None => error,
            };
            let locale = &current_user.locale;
            let error = error.said(|message| locale.say(message));
            (locale.say(&error.title()), Arc::default(), Some(error))
        }
        Err(error) => return error.into_response(),
    };
    let status = problem.as_ref().map_or(StatusCode::OK, |error| {
        StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    });
    let state = PageState {
        snapshot: current_user.snapshot(),
        phrasebook: current_user.locale.phrasebook(),
        mended: mended
            .iter()
            .chain(&told)
            .map(|message| current_user.locale.say(message))
            // A form with fields of its own says it itself, beside them.
            .chain(
                refused
                    .iter()
                    .filter(|refused| refused.fields.contains_key(VALUE))
                    .map(|refused| refused.why.clone()),
            )
            .collect(),
        refused,
        selection,
        problem,
    };
    let mut response = render(request, current_user, title, state, html).await;
    *response.status_mut() = status;
    response
}

async fn render(
    request: Request<Body>,
    current_user: &CurrentUser,
    title: String,
    page_state: PageState,
    html: Arc<str>,
) -> Response {
    let nonce = request.extensions().get::<Nonce>().cloned().unwrap_or_default();
    let (app_state, locale) = (current_user.state.clone(), current_user.locale.clone());
    let context = {
        let nonce = nonce.clone();
        move || {
            provide_context(nonce.clone());
            provide_context(page_state.clone());
            provide_context(FirstHtml(html.clone()));
        }
    };
    leptos_axum::render_app_to_stream_with_context(context, move || {
        shell::hydrated(&app_state, &nonce, &locale, title.clone())
    })(request)
    .await
}
