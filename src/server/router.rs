//! The answer to each address of the two tables (`pages.rs`, `routes.rs`), and the layers around them all.

use super::{
    accounts::Accounts,
    app_state::AppState,
    assets::{FILES, PACKAGE},
    cookies,
    current_user::{self, CurrentUser},
    device, error_response, exports, fairness, files, health,
    login_record::LOGIN_KEY,
    page::page,
    request_id, request_log, security,
    session_store::{self, DatabaseStore},
    setting_forms, stream,
};
use crate::{
    error::AppError,
    export::{XLSX, ZIP},
    locale::Locale,
    login,
    message::Speaker,
    pages::PAGES,
    routes::{API, Access, HEALTH_ROUTES, ROUTES, Route, RouteName},
};
use axum::{
    Router,
    extract::Request,
    http::{HeaderValue, Method, StatusCode, header},
    middleware::{from_fn, from_fn_with_state, map_response},
    response::{IntoResponse, Response},
    routing::{MethodRouter, any, get, post},
};
use axum_login::{
    AuthManagerLayer, AuthManagerLayerBuilder,
    tower_sessions::{SessionManagerLayer, cookie::SameSite},
};
use leptos::prelude::provide_context;
use std::sync::Arc;
use tower::ServiceBuilder;
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::{CompressionLayer, DefaultPredicate, Predicate, predicate::NotForContentType},
    limit::RequestBodyLimitLayer,
};

/// No form and no server function accepts more, in bytes.
const LARGEST_BODY: usize = 64 * 1024;

/// The whole application.
#[expect(
    clippy::disallowed_methods,
    reason = "the one place that makes routes: each line of the tables is one, and what has no line is answered here"
)]
pub fn router(state: AppState) -> Router {
    let pages = PAGES
        .iter()
        .fold(Router::new(), |router, known| router.route(known.path, get(page)));
    let answers = ROUTES
        .iter()
        .fold(pages, |router, known| router.route(known.path, answer(known)))
        .fallback(nothing_there)
        .layer(from_fn_with_state(state.clone(), fairness::layers::by_account))
        .layer(from_fn_with_state(state.clone(), current_user::resolve))
        .layer(login_layer(&state))
        .layer(from_fn_with_state(state.clone(), fairness::layers::by_session))
        .layer(from_fn(security::only_a_logout_removes_the_cookie))
        .layer(from_fn(device::send_cookie));
    let file = files::below(&state.site, "");
    let files = FILES
        .iter()
        .fold(answers, |router, path| router.route_service(path, file.clone()));
    let package = ServiceBuilder::new()
        .layer(from_fn_with_state(state.clone(), files::of_the_build))
        .service(files::below(&state.site, PACKAGE));
    // What is compressed already isn't compressed again.
    let compressible = DefaultPredicate::new()
        .and(NotForContentType::const_new(XLSX))
        .and(NotForContentType::const_new(ZIP));
    let health = HEALTH_ROUTES
        .iter()
        .fold(Router::new(), |router, known| router.route(known.path, answer(known)))
        .layer(map_response(health::no_store));
    files
        .nest_service(&format!("/{PACKAGE}"), package)
        .layer(
            ServiceBuilder::new()
                .layer(from_fn_with_state(state.clone(), request_id::name))
                .layer(request_log::layer())
                .layer(CompressionLayer::new().compress_when(compressible))
                .layer(from_fn_with_state(state.clone(), security::headers))
                .layer(from_fn_with_state(state.clone(), error_response::in_one_shape))
                .layer(CatchPanicLayer::custom(error_response::of_panic))
                .layer(from_fn_with_state(state.clone(), security::own_host_only))
                .layer(from_fn(security::local_paths_only))
                .layer(from_fn(security::same_origin_only))
                .layer(RequestBodyLimitLayer::new(LARGEST_BODY)),
        )
        .merge(health)
        .with_state(state)
}

/// Who answers at a route, to those who get an answer there.
fn answer(route: &Route) -> MethodRouter<AppState> {
    let handler = match route.name {
        RouteName::Login => get(login::page).post(login::log_in),
        RouteName::Logout => post(login::log_out),
        RouteName::StoreForm => post(setting_forms::store),
        RouteName::PinForm => post(setting_forms::pin),
        RouteName::AdoptForm => post(setting_forms::adopt),
        RouteName::Stream => get(stream::stream),
        RouteName::Export => get(exports::export),
        RouteName::Health => get(health::alive),
        RouteName::Ready => get(health::ready),
        RouteName::Persist | RouteName::Figures | RouteName::Snapshot => any(server_function),
    };
    match route.access {
        Access::Anyone => handler,
        Access::LoggedIn => handler.layer(from_fn(current_user::required)),
    }
}

/// Who is logged in with the session.
fn login_layer(state: &AppState) -> AuthManagerLayer<Accounts, DatabaseStore> {
    AuthManagerLayerBuilder::new(state.accounts.clone(), session_layer(state))
        .with_data_key(LOGIN_KEY)
        .build()
}

/// The cookie that names a session: sent along when a person follows a link here, never readable by a script.
fn session_layer(state: &AppState) -> SessionManagerLayer<DatabaseStore> {
    SessionManagerLayer::new(state.sessions.clone())
        .with_name(cookies::session_name(state.https))
        .with_secure(state.https)
        .with_same_site(SameSite::Lax)
        .with_expiry(session_store::expiry())
}

/// Hands a request to the server function at its address.
async fn server_function(mut request: Request) -> Response {
    let is_taken = leptos::server_fn::axum::server_fn_paths()
        .any(|(path, method)| path == request.uri().path() && method == *request.method());
    if !is_taken {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    // A browser that asks for HTML would be sent back to the page it came from, even on another server: no page here
    // does so.
    request
        .headers_mut()
        .insert(header::ACCEPT, HeaderValue::from_static("application/json"));
    let locale = match request.extensions().get::<Arc<CurrentUser>>() {
        Some(current_user) => current_user.locale.clone(),
        None => Locale::of_headers(request.headers()),
    };
    let speaker = Speaker::new(move |message| locale.say(message));
    let context = move || provide_context(speaker.clone());
    leptos_axum::handle_server_fns_with_context(context, request)
        .await
        .into_response()
}

/// What is in no table: a page that says so, for whoever asks for one.
async fn nothing_there(request: Request) -> Response {
    if *request.method() == Method::GET && !request.uri().path().starts_with(API) {
        return page(request).await;
    }
    AppError::not_found(crate::messages::window::nothing_here()).into_response()
}
