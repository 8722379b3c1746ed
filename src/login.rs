//! Logging in and out: plain forms, no program in the browser.

use crate::{
    address::Address,
    error::{AppError, ErrorKind},
    server::{
        access_log,
        accounts::{AuthSession, Credentials, stored_email},
        client_address::ClientAddress,
        device::Device,
        digest::SessionDigest,
        door::Caller,
        events::Change,
        password,
        problem::wants_page,
        shell,
        state::AppState,
    },
};
use axum::{
    Form,
    extract::{Query, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use axum_login::AuthnBackend;
use leptos::prelude::*;
use serde::Deserialize;
use tower_sessions::session::Id;

/// Where a login leads afterwards.
#[derive(Deserialize)]
pub struct Next {
    next: Option<String>,
}

/// What the form sends.
#[derive(Deserialize)]
pub struct LoginForm {
    email: String,
    password: String,
    next: Option<String>,
}

/// The login page; who is logged in already is led on.
pub async fn page(State(state): State<AppState>, auth: AuthSession, Query(next): Query<Next>) -> Response {
    let next = Address::read(next.next.as_deref().unwrap_or_default());
    match auth.user {
        Some(_) => next.redirect().into_response(),
        None => form(&state, &next, "", None).into_response(),
    }
}

/// Logs in and leads on, or shows the form again and says why not.
pub async fn log_in(
    State(state): State<AppState>,
    mut auth: AuthSession,
    ClientAddress(address): ClientAddress,
    headers: HeaderMap,
    Form(typed): Form<LoginForm>,
) -> Result<Response, AppError> {
    let next = Address::read(typed.next.as_deref().unwrap_or_default());
    let as_page = wants_page(&headers);
    let again = |error: AppError| match StatusCode::from_u16(error.status()) {
        Ok(status) if as_page => (status, form(&state, &next, typed.email.trim(), Some(error.message))).into_response(),
        _ => error.into_response(),
    };
    let email = stored_email(&typed.email);
    let failed = |message| {
        access_log::failed(&email, address);
        again(AppError::new(ErrorKind::NotLoggedIn, message))
    };
    if typed.password.len() > password::LONGEST || email.len() > 320 || email.contains('\0') {
        return Ok(failed("This e-mail or password is longer than any account's."));
    }
    let (device, known) = Device::of(&state, &headers, &email).await?;
    let caller = Caller {
        email: email.clone(),
        address,
        device: known,
    };
    let attempt = match state.door.admit(&caller).await {
        Ok(attempt) => attempt,
        Err(refusal) => {
            let seconds = refusal.retry_after();
            access_log::refused(&email, address, seconds);
            let mut answer = again(AppError::new(ErrorKind::TooMany, refusal.message()));
            answer.headers_mut().insert(header::RETRY_AFTER, seconds.into());
            return Ok(answer);
        }
    };
    let credentials = Credentials {
        email: caller.email,
        password: typed.password,
        attempt,
    };
    let Some(account) = auth.backend.authenticate(credentials).await? else {
        return Ok(failed(
            "There is no account with this e-mail and password. Check both and try again.",
        ));
    };
    // Whoever was logged in here before: nothing of theirs goes over to the next person.
    if auth.session.id().is_some() {
        if let Some(earlier) = &auth.user {
            access_log::logged_out(earlier.id, address);
        }
        let earlier = auth.session.id();
        auth.session.clear().await;
        auth.session.cycle_id().await.map_err(session_failed)?;
        tell_ended(&state, earlier);
    }
    auth.login(&account).await.map_err(session_failed)?;
    access_log::logged_in(account.id, address);
    let mut answer = next.redirect().into_response();
    if let Err(error) = device.remember(&state, account.id, &mut answer).await {
        tracing::warn!(%error, "a device could not be remembered; it stays a stranger");
    }
    Ok(answer)
}

/// Ends the session.
pub async fn log_out(
    State(state): State<AppState>,
    mut auth: AuthSession,
    ClientAddress(address): ClientAddress,
) -> Result<Redirect, AppError> {
    if let Some(account) = &auth.user {
        access_log::logged_out(account.id, address);
    }
    let ended = auth.session.id();
    auth.logout().await.map_err(session_failed)?;
    tell_ended(&state, ended);
    Ok(Address::default().login().redirect())
}

/// Every window of the session learns that it is over.
fn tell_ended(state: &AppState, session: Option<Id>) {
    if let Some(session) = session {
        state.events.tell(Change::Session(SessionDigest::of(&session)));
    }
}

fn session_failed(error: impl std::fmt::Display) -> AppError {
    tracing::error!(%error, "a session could not be changed");
    AppError::new(ErrorKind::Unavailable, "The session could not be changed. Try again.")
}

fn form(state: &AppState, next: &Address, email: &str, message: Option<String>) -> axum::response::Html<String> {
    let (next, email) = (next.to_string(), email.to_owned());
    let has_failed = message.is_some();
    shell::plain(
        state,
        "Log in",
        view! {
            <main id="main" class="login">
                <form method="post" action="/login">
                    <h1>"ControlManiac"</h1>
                    {message.map(|message| view! { <p class="notice warning" role="alert" id="login-error">{message}</p> })}
                    <input type="hidden" name="next" value=next/>
                    <label for="email">"E-mail"</label>
                    <input id="email" type="email" name="email" value=email autocomplete="username" required autofocus
                        aria-invalid=has_failed.then_some("true") aria-describedby=has_failed.then_some("login-error")/>
                    <label for="password">"Password"</label>
                    <input id="password" type="password" name="password" autocomplete="current-password" required
                        aria-invalid=has_failed.then_some("true") aria-describedby=has_failed.then_some("login-error")/>
                    <button>"Log in"</button>
                </form>
            </main>
        },
    )
}
