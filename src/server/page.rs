//! The way of a page: everything it needs is resolved here, before anything is rendered, so its first HTML is whole.

use super::{problem::wants_page, settings, shell, visitor::Visitor};
use crate::{
    address::Address, division::Division, error::AppError, figures::Scope, page::PageState, period::Period,
    settings::settle_pins, sticky::Setting, ui::panel::FirstHtml, views,
};
use axum::{
    body::Body,
    extract::Request,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use leptos::{nonce::Nonce, prelude::*};
use std::sync::Arc;

/// Answers with the page at the request's address, for whoever is logged in; everyone else is led to the login.
pub async fn page(request: Request) -> Response {
    let address = request
        .uri()
        .path_and_query()
        .map_or("/", |address| address.as_str())
        .to_owned();
    let as_page = wants_page(request.headers());
    let asked = Address::check(&address);
    let Some(visitor) = request.extensions().get::<Arc<Visitor>>().cloned() else {
        return if as_page {
            asked.unwrap_or_default().login().redirect().into_response()
        } else {
            AppError::not_logged_in().into_response()
        };
    };
    let asked = match asked {
        Ok(asked) => asked,
        Err(error) => return error.into_response(),
    };
    let (settings, mended) = match settings::mend(&visitor).await {
        Ok(mended) => mended,
        Err(error) => return error.into_response(),
    };
    let (address, told) = settle_pins(asked, &visitor.person);
    let value = |key: &str, own: String| address.pin(key).map_or(own, str::to_owned);
    let scope = Scope {
        division: value(Division::KEY, settings.get::<Division>().value.text()),
        period: value(Period::KEY, settings.get::<Period>().value.text()),
        address: address.to_string(),
    };
    let (title, html, problem) = match views::rendered(&visitor, &scope).await {
        Ok(rendered) => (rendered.title.clone(), rendered.html.clone(), None),
        Err(error) if as_page => (error.title().to_owned(), Arc::default(), Some(error)),
        Err(error) => return error.into_response(),
    };
    let status = problem.as_ref().map_or(StatusCode::OK, |error| {
        StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    });
    let state = PageState {
        newest: visitor.newest(settings),
        mended: mended.into_iter().chain(told).collect(),
        scope,
        problem,
    };
    let mut response = render(request, &visitor, title, state, html).await;
    *response.status_mut() = status;
    response
}

async fn render(
    request: Request<Body>,
    visitor: &Visitor,
    title: String,
    page_state: PageState,
    html: Arc<str>,
) -> Response {
    let nonce = request.extensions().get::<Nonce>().cloned().unwrap_or_default();
    let app_state = visitor.state.clone();
    let context = {
        let nonce = nonce.clone();
        move || {
            provide_context(nonce.clone());
            provide_context(page_state.clone());
            provide_context(FirstHtml(html.clone()));
        }
    };
    leptos_axum::render_app_to_stream_with_context(context, move || shell::hydrated(&app_state, &nonce, title.clone()))(
        request,
    )
    .await
}
