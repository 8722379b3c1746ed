//! The one error that may cross the wire: what was wrong, where, and what to do about it.
//!
//! Within the server, errors have the types of their modules. On the way out each becomes an [`AppError`], which
//! reveals no internals. Its status code depends only on its kind.

use leptos::server_fn::{
    codec::JsonEncoding,
    error::{FromServerFnError, ServerFnErrorErr},
};
use serde::{Deserialize, Serialize};

/// What went wrong, insofar as the user can do something about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ErrorKind {
    /// Something in the request is invalid: 400.
    Invalid,
    /// Nobody is logged in: 401.
    NotLoggedIn,
    /// Logged in, and yet not allowed: 403.
    Forbidden,
    /// There is no such thing, or none that this user may know of: 404.
    NotFound,
    /// The address exists, but not with this method: 405.
    MethodNotAllowed,
    /// Somebody else has changed the same thing meanwhile, or it exists already: 409.
    Conflict,
    /// A precondition of the request doesn't hold: 412.
    Changed,
    /// More was sent than the server accepts: 413.
    TooLarge,
    /// The request has an unsupported content type: 415.
    OtherForm,
    /// The file has no such range: 416.
    NoSuchRange,
    /// The request was meant for another server: 421.
    Misdirected,
    /// Too many requests: 429. `Retry-After` says when to come back.
    TooMany,
    /// A fault of the server; its log has the cause: 500.
    Internal,
    /// The database can't be used at the moment: 503.
    Unavailable,
    /// It is not known whether a change was made: 503. The one who asked for it has to look.
    Unconfirmed,
    /// The server could not be reached at all; only a browser says this.
    Unreachable,
    /// A kind that only a newer server knows: the message says what it is.
    #[serde(other)]
    Other,
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
    /// The name of the request, if the server's log says more about it; a person can quote it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request: Option<String>,
}

impl AppError {
    /// An error of `kind` that says `message`.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
            field: None,
            request: None,
        }
    }

    /// The value sent for `field` can't be taken.
    pub fn invalid(field: &str, message: impl Into<String>) -> Self {
        Self {
            field: Some(field.to_owned()),
            ..Self::new(ErrorKind::Invalid, message)
        }
    }

    /// The same with the name of the request, if the log has something on it: everything that is the server's own fault
    /// is there.
    #[must_use]
    pub fn of_request(mut self, name: &str) -> Self {
        if self.status() >= 500 {
            self.request = Some(name.to_owned());
        }
        self
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

    /// A fault of the server; the cause isn't revealed.
    pub fn internal() -> Self {
        Self::new(
            ErrorKind::Internal,
            "Something went wrong on our side. Try again; if it stays, tell your administrator.",
        )
    }

    /// The database has an amount, a span or a day that can't be right, so there are no figures.
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

    /// The database failed just as it stored a change.
    pub fn unconfirmed() -> Self {
        Self::new(
            ErrorKind::Unconfirmed,
            "It is not known whether your choice was saved: the connection to the database was lost at that moment. Look \
             at what is shown after a reload, and choose again if it is something else.",
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
            ErrorKind::Conflict => 409,
            ErrorKind::Changed => 412,
            ErrorKind::TooLarge => 413,
            ErrorKind::OtherForm => 415,
            ErrorKind::NoSuchRange => 416,
            ErrorKind::Misdirected => 421,
            ErrorKind::TooMany => 429,
            ErrorKind::Internal | ErrorKind::Other => 500,
            ErrorKind::Unavailable | ErrorKind::Unconfirmed | ErrorKind::Unreachable => 503,
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
            ErrorKind::Conflict => "There already",
            ErrorKind::Changed => "Changed since",
            ErrorKind::TooLarge => "Too large",
            ErrorKind::OtherForm => "That can't be read",
            ErrorKind::NoSuchRange => "There is no such part",
            ErrorKind::Misdirected => "Another server's address",
            ErrorKind::TooMany => "Too many requests",
            ErrorKind::Internal | ErrorKind::Other => "Something went wrong",
            ErrorKind::Unavailable | ErrorKind::Unreachable => "Not available",
            ErrorKind::Unconfirmed => "Not known",
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
            // On the server this is a body that isn't text; in the browser, an answer that isn't one of ours.
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
