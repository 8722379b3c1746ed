//! Logging in and out: plain forms, no program in the browser.

use crate::{
    address::Address,
    error::{AppError, ErrorKind},
    locale::Locale,
    message::Message,
    messages,
    routes::{LOGIN, NEXT},
    server::{
        accounts::{AuthSession, Credentials, stored_email},
        app_state::AppState,
        bus::Concerns,
        client_address::ClientAddress,
        database_error::WriteError,
        device::Device,
        digest::SessionDigest,
        door::Caller,
        error_response::wants_page,
        logged::{Logged, LoggedSession},
        password,
        session_store::SEEN_KEY,
        shell,
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
use tower_sessions::{
    session::{self, Id},
    session_store,
};

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

/// The login page; a person who is logged in already is led on.
pub async fn page(
    State(state): State<AppState>,
    auth: AuthSession,
    headers: HeaderMap,
    Query(next): Query<Next>,
) -> Response {
    let next = Address::read(next.next.as_deref().unwrap_or_default());
    match auth.user {
        Some(_) => next.redirect().into_response(),
        None => form(&state, &Locale::of_headers(&headers), &next, "", None).into_response(),
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
    let locale = Locale::of_headers(&headers);
    let again = |error: AppError| match StatusCode::from_u16(error.status()) {
        Ok(status) if as_page => {
            let said = error.message.said(|message| locale.say(message));
            (status, form(&state, &locale, &next, typed.email.trim(), Some(said))).into_response()
        }
        _ => error.into_response(),
    };
    let email = stored_email(&typed.email);
    let failed = |message| {
        state.access_log.failed(address);
        again(AppError::new(ErrorKind::NotLoggedIn, message))
    };
    if typed.password.len() > password::LONGEST || email.len() > 320 || email.contains('\0') {
        return Ok(failed(messages::error::login_too_long()));
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
            state.access_log.refused(address, seconds);
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
        return Ok(failed(messages::error::no_account()));
    };
    // Nothing of a person who was logged in here before goes over to the next one.
    if let Some(earlier) = auth.session.id() {
        if let Some(earlier) = &auth.user {
            state.access_log.logged_out(earlier.id);
        }
        end(&state, &earlier).await?;
        auth.session.clear().await;
        auth.session.cycle_id().await.map_err(session_failed)?;
    }
    let began = async {
        auth.login(&account).await.map_err(|error| match error {
            axum_login::Error::Session(error) => session_failed(error),
            axum_login::Error::Backend(error) => error.into(),
        })?;
        // Otherwise the first page would have to note it.
        let seen = auth.session.insert(SEEN_KEY, account.today.to_string()).await;
        seen.map_err(session_failed)?;
        // Here, not at the end of the answer: the form must report a failure.
        auth.session.save().await.map_err(session_failed)
    };
    if let Err(error) = began.await {
        return Ok(again(error));
    }
    state.access_log.logged_in(account.id);
    let mut answer = next.redirect().into_response();
    if let Err(error) = device.remember(&state, account.id, &mut answer).await {
        tracing::warn!(error = %Logged(error.cause()), "a device could not be remembered; it stays a stranger");
    }
    Ok(answer)
}

/// Ends the session.
pub async fn log_out(State(state): State<AppState>, mut auth: AuthSession) -> Result<Redirect, AppError> {
    if let Some(account) = &auth.user {
        state.access_log.logged_out(account.id);
    }
    if let Some(session) = auth.session.id() {
        end(&state, &session).await?;
    }
    // The session is gone from the database, and only this request still has it: this removes the cookie.
    if let Err(axum_login::Error::Session(error)) = auth.logout().await {
        tracing::warn!(error = %LoggedSession(&error), "a session that has ended could not be left");
    }
    Ok(Address::default().login().redirect())
}

/// Ends a session; every window of it learns that it is over.
async fn end(state: &AppState, session: &Id) -> Result<(), AppError> {
    let ended = state.sessions.end(session).await;
    // If it may have ended the windows had better look.
    if !matches!(ended, Err(WriteError::Refused(_))) {
        state.bus.tell(Concerns::Session(SessionDigest::of(session)));
    }
    ended.map_err(|error| match error {
        WriteError::Refused(error) => error.into(),
        WriteError::Unknown(error) => {
            tracing::error!(error = %Logged(&error), "the database failed while a session was ended");
            AppError::new(ErrorKind::Unconfirmed, messages::error::logout_unconfirmed())
        }
    })
}

fn session_failed(error: session::Error) -> AppError {
    tracing::error!(error = %LoggedSession(&error), "a session could not be begun");
    match error {
        session::Error::Store(session_store::Error::Backend(_)) => AppError::unavailable(),
        _ => AppError::internal(),
    }
}

fn form(
    state: &AppState,
    locale: &Locale,
    next: &Address,
    email: &str,
    message: Option<String>,
) -> axum::response::Html<String> {
    let (next, email) = (next.to_string(), email.to_owned());
    let has_failed = message.is_some();
    let say = |message: Message| locale.say(&message);
    shell::plain(
        state,
        locale,
        &say(messages::login::title()),
        view! {
            <main id="main" class="login">
                <form method="post" action=LOGIN.path>
                    <h1>"ControlManiac"</h1>
                    {message.map(|message| view! { <p class="notice warning" role="alert" id="login-error">{message}</p> })}
                    <input type="hidden" name=NEXT value=next/>
                    <label for="email">{say(messages::login::email())}</label>
                    <input id="email" type="email" name="email" value=email autocomplete="username" required autofocus
                        aria-invalid=has_failed.then_some("true") aria-describedby=has_failed.then_some("login-error")/>
                    <label for="password">{say(messages::login::password())}</label>
                    <input id="password" type="password" name="password" autocomplete="current-password" required
                        aria-invalid=has_failed.then_some("true") aria-describedby=has_failed.then_some("login-error")/>
                    <button>{say(messages::window::log_in())}</button>
                </form>
            </main>
        },
    )
}
