//! The answer to each address of the two tables (`pages.rs`, `routes.rs`), and the layers around them all.

use super::{
    accounts::Accounts,
    app_state::AppState,
    assets::PACKAGE,
    cookies,
    current_user::{self, CurrentUser},
    device, error_response, fairness, files, health,
    login_record::LOGIN_KEY,
    page::page,
    request_id, request_log, security,
    session_store::{self, DatabaseStore},
    setting_layers::setting_rows::Writer,
    stream,
};
use crate::{
    address::Address,
    error::AppError,
    login,
    pages::PAGES,
    routes::{HEALTH_ROUTES, ROUTES, RouteName},
    settings::{KnownSetting, pinnable},
};
use axum::{
    Extension, Form, Router,
    extract::{Path, Request},
    http::{HeaderValue, Method, StatusCode, header},
    middleware::{from_fn, from_fn_with_state, map_response},
    response::{IntoResponse, Redirect, Response},
    routing::{MethodRouter, any, get, post},
};
use axum_login::{
    AuthManagerLayer, AuthManagerLayerBuilder,
    tower_sessions::{SessionManagerLayer, cookie::SameSite},
};
use serde::Deserialize;
use std::sync::Arc;
use tower::ServiceBuilder;
use tower_http::{catch_panic::CatchPanicLayer, compression::CompressionLayer, limit::RequestBodyLimitLayer};

/// No form and no server function accepts more, in bytes.
const LARGEST_BODY: usize = 64 * 1024;

/// The whole application.
pub fn router(state: AppState) -> Router {
    let files = files::below(&state.site, "");
    let package = files::below(&state.site, PACKAGE);
    let pages = answers()
        .layer(from_fn_with_state(state.clone(), fairness::layers::by_account))
        .layer(from_fn_with_state(state.clone(), current_user::resolve))
        .layer(login_layer(&state))
        .layer(from_fn_with_state(state.clone(), fairness::layers::by_session))
        .layer(from_fn(security::only_a_logout_removes_the_cookie))
        .layer(from_fn(device::send_cookie));
    Router::new()
        .nest_service(
            &format!("/{PACKAGE}"),
            ServiceBuilder::new()
                .layer(from_fn_with_state(state.clone(), files::of_the_build))
                .service(package),
        )
        .route_service("/favicon.svg", files.clone())
        .route_service("/pin.svg", files.clone())
        .route_service("/robots.txt", files)
        .merge(pages)
        .layer(
            ServiceBuilder::new()
                .layer(from_fn_with_state(state.clone(), request_id::name))
                .layer(request_log::layer())
                .layer(CompressionLayer::new())
                .layer(from_fn_with_state(state.clone(), security::headers))
                .layer(from_fn_with_state(state.clone(), error_response::in_one_shape))
                .layer(CatchPanicLayer::custom(error_response::of_panic))
                .layer(from_fn_with_state(state.clone(), security::own_host_only))
                .layer(from_fn(security::local_paths_only))
                .layer(from_fn(security::same_origin_only))
                .layer(RequestBodyLimitLayer::new(LARGEST_BODY)),
        )
        .merge(health_routes())
        .with_state(state)
}

/// Who is logged in with the session.
fn login_layer(state: &AppState) -> AuthManagerLayer<Accounts, DatabaseStore> {
    AuthManagerLayerBuilder::new(state.accounts.clone(), session_layer(state))
        .with_data_key(LOGIN_KEY)
        .build()
}

/// The handler for each address of the two tables, and for any other.
#[expect(clippy::disallowed_methods, reason = "here alone, for each line of the tables")]
fn answers() -> Router<AppState> {
    let pages = PAGES
        .iter()
        .fold(Router::new(), |router, known| router.route(known.path, get(page)));
    let all = ROUTES
        .iter()
        .fold(pages, |router, known| router.route(known.path, answer(known.name)));
    all.route("/api/{*function}", any(server_function))
        .fallback(no_such_page)
}

#[expect(clippy::disallowed_methods, reason = "here alone, for each line of the table")]
fn health_routes() -> Router<AppState> {
    HEALTH_ROUTES
        .iter()
        .fold(Router::new(), |router, known| {
            router.route(known.path, answer(known.name))
        })
        .layer(map_response(health::no_store))
}

fn answer(route: RouteName) -> MethodRouter<AppState> {
    match route {
        RouteName::Login => get(login::page).post(login::log_in),
        RouteName::Logout => post(login::log_out),
        RouteName::StoreForm => post(setting_form),
        RouteName::PinForm => post(pin_form),
        RouteName::AdoptForm => post(adopt_form),
        RouteName::Stream => get(stream::stream),
        RouteName::Health => get(health::alive),
        RouteName::Ready => get(health::ready),
        RouteName::Persist | RouteName::Figures | RouteName::Snapshot => any(server_function),
    }
}

/// The cookie that names a session: sent along when a person follows a link here, never readable by a script.
fn session_layer(state: &AppState) -> SessionManagerLayer<DatabaseStore> {
    SessionManagerLayer::new(DatabaseStore::new(state.db.clone()))
        .with_name(cookies::session_name(state.https))
        .with_secure(state.https)
        .with_same_site(SameSite::Lax)
        .with_expiry(session_store::expiry())
}

/// The fields that the form of a setting sends: the value, or the two days of a custom period.
#[derive(Deserialize)]
struct SettingForm {
    value: Option<String>,
    from: Option<String>,
    to: Option<String>,
    return_to: Option<String>,
}

impl SettingForm {
    /// The page it was sent from.
    fn back(&self) -> Address {
        Address::read(self.return_to.as_deref().unwrap_or_default()).pinning(pinnable())
    }

    fn value(&self) -> Result<String, AppError> {
        match (&self.value, &self.from, &self.to) {
            (Some(value), _, _) => Ok(value.clone()),
            (None, Some(from), Some(to)) => Ok(format!("{from}..{to}")),
            _ => Err(AppError::invalid(
                "value",
                "The form carries no value. Choose one and send it again.",
            )),
        }
    }
}

/// Stores a setting that was sent as a form, without JavaScript or before hydration, and leads back.
async fn setting_form(
    current_user: Option<Extension<Arc<CurrentUser>>>,
    Path(key): Path<String>,
    Form(form): Form<SettingForm>,
) -> Result<Redirect, AppError> {
    let Extension(current_user) = current_user.ok_or_else(AppError::not_logged_in)?;
    current_user.store(&key, &form.value()?, Writer::default()).await?;
    Ok(form.back().redirect())
}

/// Leads to the same page with a setting pinned to the value that was sent as a form; nothing is stored.
async fn pin_form(
    current_user: Option<Extension<Arc<CurrentUser>>>,
    Path(key): Path<String>,
    Form(form): Form<SettingForm>,
) -> Result<Redirect, AppError> {
    let Extension(current_user) = current_user.ok_or_else(AppError::not_logged_in)?;
    let known = KnownSetting::with_key(&key)?;
    if !known.can_be_pinned {
        return Err(AppError::not_found(format!("The setting “{key}” can't be pinned.")));
    }
    let text = (known.check)(&form.value()?, &current_user.user)?;
    Ok(form.back().with_pin(known.key, text).redirect())
}

/// Stores what the address of a page pins, and leads to it without the pins.
async fn adopt_form(
    current_user: Option<Extension<Arc<CurrentUser>>>,
    Form(form): Form<SettingForm>,
) -> Result<Redirect, AppError> {
    let Extension(current_user) = current_user.ok_or_else(AppError::not_logged_in)?;
    let address = form.back();
    for (key, text) in address.pins().each() {
        (KnownSetting::with_key(key)?.check_choice)(text, &current_user.user)?;
    }
    for (key, text) in address.pins().each() {
        current_user.store(key, text, Writer::default()).await?;
    }
    Ok(address.without_pins().redirect())
}

/// Hands a request to the server function at its address.
async fn server_function(mut request: Request) -> Response {
    let methods: Vec<Method> = leptos::server_fn::axum::server_fn_paths()
        .filter_map(|(path, method)| (path == request.uri().path()).then_some(method))
        .collect();
    if methods.is_empty() {
        return AppError::not_found("There is no server function at this address.").into_response();
    }
    if !methods.contains(request.method()) {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    // A browser that asks for HTML would be sent back to the page it came from, even on another server: no page here
    // does so.
    request
        .headers_mut()
        .insert(header::ACCEPT, HeaderValue::from_static("application/json"));
    leptos_axum::handle_server_fns(request).await.into_response()
}

async fn no_such_page(request: Request) -> Response {
    if *request.method() == Method::GET {
        return page(request).await;
    }
    AppError::not_found("There is nothing at this address.").into_response()
}
