//! Every route, one line each, and the layers around them.

use super::{
    cookies, device, events, fairness, files,
    page::page,
    problem, security,
    session_store::{self, DatabaseStore},
    settings,
    state::AppState,
    visitor::{self, Visitor},
};
use crate::{address::Address, error::AppError, login, settings::KnownSetting, sticky::api::Writer};
use axum::{
    Extension, Form, Router,
    extract::{Path, Request},
    http::{HeaderValue, Method, StatusCode, header},
    middleware::{from_fn, from_fn_with_state},
    response::{IntoResponse, Redirect, Response},
    routing::{any, get, post},
};
use axum_login::{
    AuthManagerLayerBuilder,
    tower_sessions::{SessionManagerLayer, cookie::SameSite},
};
use serde::Deserialize;
use std::sync::Arc;
use tower::ServiceBuilder;
use tower_http::{
    catch_panic::CatchPanicLayer, compression::CompressionLayer, limit::RequestBodyLimitLayer, trace::TraceLayer,
};

/// No form and no server function takes more, in bytes.
const LARGEST_BODY: usize = 64 * 1024;

/// The whole application.
pub fn router(state: AppState) -> Router {
    let files = files::in_folder(&state.leptos.site_root);
    let package = files::in_folder(&format!("{}/{}", state.leptos.site_root, state.leptos.site_pkg_dir));
    let pages = Router::new()
        .route("/", get(page))
        .route("/projects", get(page))
        .route("/projects/{code}", get(page))
        .route("/costs", get(page))
        .route("/login", get(login::page).post(login::log_in))
        .route("/logout", post(login::log_out))
        .route("/settings/{key}", post(setting_form))
        .route("/pin/{key}", post(pin_form))
        .route("/adopt", post(adopt_form))
        .route("/api/live", get(events::stream))
        .route("/api/{*function}", any(server_function))
        .fallback(no_such_page)
        .layer(from_fn_with_state(state.clone(), fairness::by_account))
        .layer(from_fn_with_state(state.clone(), visitor::resolve))
        .layer(AuthManagerLayerBuilder::new(state.accounts.clone(), session_layer(&state)).build())
        .layer(from_fn_with_state(state.clone(), fairness::by_session))
        .layer(from_fn(security::only_a_logout_removes_the_cookie))
        .layer(from_fn(device::send_cookie));
    Router::new()
        .nest_service(
            &format!("/{}", state.leptos.site_pkg_dir),
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
                .layer(TraceLayer::new_for_http())
                .layer(CompressionLayer::new())
                .layer(from_fn_with_state(state.clone(), security::headers))
                .layer(from_fn_with_state(state.clone(), problem::in_one_shape))
                .layer(CatchPanicLayer::custom(problem::of_panic))
                .layer(from_fn_with_state(state.clone(), security::own_host_only))
                .layer(from_fn(security::local_paths_only))
                .layer(from_fn(security::same_origin_only))
                .layer(RequestBodyLimitLayer::new(LARGEST_BODY)),
        )
        .with_state(state)
}

/// The cookie that names a session: sent along when a person follows a link here, never readable by a script.
fn session_layer(state: &AppState) -> SessionManagerLayer<DatabaseStore> {
    SessionManagerLayer::new(DatabaseStore::new(state.db.clone()))
        .with_name(cookies::session_name(state.https))
        .with_secure(state.https)
        .with_same_site(SameSite::Lax)
        .with_expiry(session_store::expiry())
}

/// What the form of a setting sends: the value, or the two days of a custom period.
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
        Address::read(self.return_to.as_deref().unwrap_or_default())
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
    visitor: Option<Extension<Arc<Visitor>>>,
    Path(key): Path<String>,
    Form(form): Form<SettingForm>,
) -> Result<Redirect, AppError> {
    let Extension(visitor) = visitor.ok_or_else(AppError::not_logged_in)?;
    settings::store(&visitor, &key, &form.value()?, Writer::default()).await?;
    Ok(form.back().redirect())
}

/// Leads to the same page with a setting pinned to what was sent as a form; nothing is stored.
async fn pin_form(
    visitor: Option<Extension<Arc<Visitor>>>,
    Path(key): Path<String>,
    Form(form): Form<SettingForm>,
) -> Result<Redirect, AppError> {
    let Extension(visitor) = visitor.ok_or_else(AppError::not_logged_in)?;
    let known = KnownSetting::with_key(&key)?;
    let text = (known.check)(&form.value()?, &visitor.person)?;
    Ok(form.back().with_pin(known.key, text).redirect())
}

/// Stores what the address of a page pins, and leads to it without the pins.
async fn adopt_form(
    visitor: Option<Extension<Arc<Visitor>>>,
    Form(form): Form<SettingForm>,
) -> Result<Redirect, AppError> {
    let Extension(visitor) = visitor.ok_or_else(AppError::not_logged_in)?;
    let address = form.back();
    for (key, text) in address.pins().each() {
        (KnownSetting::with_key(key)?.check_choice)(text, &visitor.person)?;
    }
    for (key, text) in address.pins().each() {
        settings::store(&visitor, key, text, Writer::default()).await?;
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
    // A browser that asks for HTML would be sent to wherever it came from, even elsewhere: no page here does so.
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
