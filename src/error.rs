//! The one error that may cross the wire: what was wrong, where, and what to do about it.
//!
//! Inside the server errors are typed by their own modules; on the way out each becomes an [`AppError`], which names
//! nothing of the server's inside. Its status code follows from its kind alone.

use leptos::server_fn::{
    codec::JsonEncoding,
    error::{FromServerFnError, ServerFnErrorErr},
};
use serde::{Deserialize, Serialize};

/// What went wrong, as far as the person who asked can do something about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ErrorKind {
    /// Something that was sent can't be taken: 400.
    Invalid,
    /// Nobody is logged in: 401.
    NotLoggedIn,
    /// Logged in, and yet not allowed: 403.
    Forbidden,
    /// There is no such thing, or none that this person may know of: 404.
    NotFound,
    /// The address exists, this method on it doesn't: 405.
    MethodNotAllowed,
    /// What was asked for on a condition has changed: 412.
    Changed,
    /// More was sent than is taken: 413.
    TooLarge,
    /// It was sent in a form that isn't taken here: 415.
    OtherForm,
    /// A part of a file was asked for that it doesn't have: 416.
    NoSuchRange,
    /// The request was meant for another server: 421.
    Misdirected,
    /// Too many requests: 429. `Retry-After` says when to come back.
    TooMany,
    /// A fault of the server's own; its log has the cause: 500.
    Internal,
    /// The database can't be used at the moment: 503.
    Unavailable,
    /// The server could not be reached at all; only a browser says this.
    Unreachable,
}

/// The typed error of every answer that is not a success, as JSON
/// `{"kind": "invalid", "message": "…", "field": "division"}` or as a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{message}")]
pub struct AppError {
    /// What to do about it, for a program.
    pub kind: ErrorKind,
    /// What was wrong and what to do, for a person.
    pub message: String,
    /// The parameter or form field at fault.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
}

impl AppError {
    /// An error of `kind` that says `message`.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
            field: None,
        }
    }

    /// The value sent for `field` can't be taken.
    pub fn invalid(field: &str, message: impl Into<String>) -> Self {
        Self {
            field: Some(field.to_owned()),
            ..Self::new(ErrorKind::Invalid, message)
        }
    }

    /// Nobody is logged in.
    pub fn not_logged_in() -> Self {
        Self::new(
            ErrorKind::NotLoggedIn,
            "You are not logged in, or your session has ended. Log in and try again.",
        )
    }

    /// There is nothing to show here.
    pub fn not_found(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::NotFound, message)
    }

    /// A fault of the server's own, which names no cause.
    pub fn internal() -> Self {
        Self::new(
            ErrorKind::Internal,
            "Something went wrong on our side. Try again; if it stays, tell your administrator.",
        )
    }

    /// The database holds an amount, a span or a day that can't be right, so no figures can be made of it.
    pub fn beyond_limits() -> Self {
        Self::new(
            ErrorKind::Internal,
            "The figures can't be worked out: an amount, a span of time or a day in the database can't be right. Ask \
             your administrator to run `control-maniac check`, which names it.",
        )
    }

    /// The database can't be used at the moment.
    pub fn unavailable() -> Self {
        Self::new(
            ErrorKind::Unavailable,
            "The database can't be reached at the moment. Nothing was changed; try again.",
        )
    }

    /// The HTTP status code of this error.
    pub fn status(&self) -> u16 {
        match self.kind {
            ErrorKind::Invalid => 400,
            ErrorKind::NotLoggedIn => 401,
            ErrorKind::Forbidden => 403,
            ErrorKind::NotFound => 404,
            ErrorKind::MethodNotAllowed => 405,
            ErrorKind::Changed => 412,
            ErrorKind::TooLarge => 413,
            ErrorKind::OtherForm => 415,
            ErrorKind::NoSuchRange => 416,
            ErrorKind::Misdirected => 421,
            ErrorKind::TooMany => 429,
            ErrorKind::Internal => 500,
            ErrorKind::Unavailable | ErrorKind::Unreachable => 503,
        }
    }

    /// The heading of a page that shows this error.
    pub fn title(&self) -> &'static str {
        match self.kind {
            ErrorKind::Invalid => "That can't be shown",
            ErrorKind::NotLoggedIn => "Not logged in",
            ErrorKind::Forbidden => "Not allowed",
            ErrorKind::NotFound => "Not found",
            ErrorKind::MethodNotAllowed => "Not possible here",
            ErrorKind::Changed => "Changed since",
            ErrorKind::TooLarge => "Too large",
            ErrorKind::OtherForm => "That can't be read",
            ErrorKind::NoSuchRange => "There is no such part",
            ErrorKind::Misdirected => "Another server's address",
            ErrorKind::TooMany => "Too many requests",
            ErrorKind::Internal => "Something went wrong",
            ErrorKind::Unavailable | ErrorKind::Unreachable => "Not available",
        }
    }
}

impl FromServerFnError for AppError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Request(_) => Self::new(
                ErrorKind::Unreachable,
                "The server can't be reached. Check the connection and try again.",
            ),
            ServerFnErrorErr::Args(cause) | ServerFnErrorErr::MissingArg(cause) => {
                Self::new(ErrorKind::Invalid, format!("The request can't be read: {cause}"))
            }
            // On the server this is a body that is no text; in the browser, an answer that is none of ours.
            ServerFnErrorErr::Deserialization(cause) if cfg!(feature = "ssr") => {
                Self::new(ErrorKind::Invalid, format!("The request can't be read: {cause}"))
            }
            ServerFnErrorErr::UnsupportedRequestMethod(_) => {
                Self::new(ErrorKind::MethodNotAllowed, "This address takes another method.")
            }
            _ => Self::internal(),
        }
    }
}
