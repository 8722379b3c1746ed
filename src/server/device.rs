//! The browsers in which somebody has logged in before: a cookie of their own tells them from strangers.
//!
//! It opens nothing. A browser that has it may try the passwords of the accounts that were logged in with it, while
//! strangers' tries have to wait.

use super::{app_state::AppState, cookies, database_error::WriteError, db, digest::Digest, sql::sql};
use axum::{
    extract::Request,
    http::{HeaderMap, HeaderValue, header},
    middleware::Next,
    response::Response,
};
use axum_login::tower_sessions::cookie::{Cookie, SameSite};
use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{DatabaseConnection, DbErr};
use tower_sessions::session::Id;

/// A device is forgotten after this many days without a login.
const DAYS: i64 = 400;

/// This many devices of an account are known; the one with the oldest login is forgotten first.
const OF_ONE_ACCOUNT: i64 = 20;

/// The device that a request comes from.
#[derive(Clone, Copy)]
pub struct Device {
    /// 128 random bits, like a session's id.
    token: Id,
    is_new: bool,
}

/// The cookie that an answer tells the browser to keep.
#[derive(Clone)]
struct NewCookie(HeaderValue);

impl Device {
    /// The device whose cookie came with a request; one that no account knows counts as new, whatever its cookie says.
    /// With it comes its digest, if the account with this e-mail was logged in there before.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(state: &AppState, headers: &HeaderMap, email: &str) -> Result<(Self, Option<Digest>), DbErr> {
        let new = Self {
            token: Id::default(),
            is_new: true,
        };
        let Some(token) = cookies::id(headers, cookies::device_name(state.https)) else {
            return Ok((new, None));
        };
        let digest = Digest::of(token.to_string());
        let emails: Vec<String> = sql(
            "SELECT users.email FROM devices JOIN users ON users.id = devices.user_id
             WHERE devices.digest = $1 AND devices.seen_at > $2",
        )
        .bind(digest.to_string())
        .bind(oldest(state.clock.wall()))
        .values(state.db.reader())
        .await?;
        if emails.is_empty() {
            return Ok((new, None));
        }
        let is_known = emails.iter().any(|known| known == email);
        let device = Self { token, is_new: false };
        Ok((device, is_known.then_some(digest)))
    }

    /// Remembers that the account was logged in there, and has `answer` renew the cookie.
    ///
    /// # Errors
    /// The database failed.
    pub async fn remember(self, state: &AppState, account: i64, answer: &mut Response) -> Result<(), WriteError> {
        let transaction = state.db.begin_writing().await?;
        let digest = Digest::of(self.token.to_string()).to_string();
        sql("INSERT INTO devices (digest, user_id, seen_at) VALUES ($1, $2, $3)
             ON CONFLICT (digest, user_id) DO UPDATE SET seen_at = excluded.seen_at")
        .bind(digest.clone())
        .bind(account)
        .bind(state.clock.wall().timestamp())
        .run(&transaction)
        .await?;
        if self.is_new {
            sql(
                "DELETE FROM devices WHERE user_id = $1 AND digest <> $2 AND digest NOT IN (
                     SELECT digest FROM devices WHERE user_id = $1 AND digest <> $2
                     ORDER BY seen_at DESC, digest LIMIT $3)",
            )
            .bind(account)
            .bind(digest)
            .bind(OF_ONE_ACCOUNT - 1)
            .run(&transaction)
            .await?;
        }
        db::commit(transaction).await?;
        let cookie = Cookie::build((cookies::device_name(state.https), self.token.to_string()))
            .http_only(true)
            .same_site(SameSite::Lax)
            .secure(state.https)
            .path("/")
            .max_age(time::Duration::days(DAYS))
            .build();
        if let Ok(cookie) = HeaderValue::from_str(&cookie.to_string()) {
            answer.extensions_mut().insert(NewCookie(cookie));
        }
        Ok(())
    }
}

/// Sends a device's cookie along, after the session's.
pub async fn send_cookie(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    if let Some(NewCookie(cookie)) = response.extensions_mut().remove() {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

/// Forgets the devices that nobody has logged in with for a long time.
///
/// # Errors
/// The database failed; nothing was forgotten.
pub async fn delete_forgotten(db: &DatabaseConnection, now: DateTime<Utc>) -> Result<(), DbErr> {
    sql("DELETE FROM devices WHERE seen_at <= $1")
        .bind(oldest(now))
        .run(db)
        .await?;
    Ok(())
}

/// A login before this moment counts no more.
fn oldest(now: DateTime<Utc>) -> i64 {
    (now - TimeDelta::days(DAYS)).timestamp()
}
