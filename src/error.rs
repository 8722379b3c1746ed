//! The one error that may cross the wire: what was wrong, where, and what to do about it.
//!
//! Within the server, errors have the types of their modules. On the way out each becomes an [`AppError`], which
//! reveals no internals. Its status code depends only on its kind.

#[cfg(feature = "ssr")]
use crate::{message::Speaker, messages::error};
use crate::{
    message::{Message, Value, Words},
    messages::window,
};
#[cfg(feature = "ssr")]
use leptos::server_fn::Encodes;
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
    pub message: Words,
    /// The parameter or form field at fault.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// The name of the request, if the server's log says more about it; a person can quote it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request: Option<String>,
}

impl AppError {
    /// An error of `kind` that says `message`.
    pub fn new(kind: ErrorKind, message: impl Into<Words>) -> Self {
        Self {
            kind,
            message: message.into(),
            field: None,
            request: None,
        }
    }

    /// The value sent for `field` can't be taken.
    pub fn invalid(field: &str, message: impl Into<Words>) -> Self {
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
        Self::new(ErrorKind::NotLoggedIn, window::not_logged_in())
    }

    /// There is nothing to show here.
    pub fn not_found(message: impl Into<Words>) -> Self {
        Self::new(ErrorKind::NotFound, message)
    }

    /// A fault of the server; the cause isn't revealed.
    pub fn internal() -> Self {
        Self::new(ErrorKind::Internal, window::internal())
    }

    /// The database has an amount, a span or a day that can't be right, so there are no figures.
    #[cfg(feature = "ssr")]
    pub fn beyond_limits() -> Self {
        Self::new(ErrorKind::Internal, error::beyond_limits())
    }

    /// The database has no time for this at the moment, or can't be reached: [`crate::server::db::Database`] knows which.
    #[cfg(feature = "ssr")]
    pub fn busy() -> Self {
        Self::new(ErrorKind::Unavailable, error::busy())
    }

    /// The database can't be used at the moment.
    #[cfg(feature = "ssr")]
    pub fn unavailable() -> Self {
        Self::new(ErrorKind::Unavailable, error::unavailable())
    }

    /// The database failed just as it stored a change.
    #[cfg(feature = "ssr")]
    pub fn unconfirmed() -> Self {
        Self::new(ErrorKind::Unconfirmed, error::unconfirmed())
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
    pub fn title(&self) -> Message {
        match self.kind {
            ErrorKind::Invalid => window::title_invalid(),
            ErrorKind::NotLoggedIn => window::title_not_logged_in(),
            ErrorKind::Forbidden => window::title_forbidden(),
            ErrorKind::NotFound => window::title_not_found(),
            ErrorKind::MethodNotAllowed => window::title_method(),
            ErrorKind::Conflict => window::title_conflict(),
            ErrorKind::Changed => window::title_changed(),
            ErrorKind::TooLarge => window::title_too_large(),
            ErrorKind::OtherForm => window::title_other_form(),
            ErrorKind::NoSuchRange => window::title_no_range(),
            ErrorKind::Misdirected => window::title_misdirected(),
            ErrorKind::TooMany => window::title_too_many(),
            ErrorKind::Internal | ErrorKind::Other => window::title_internal(),
            ErrorKind::Unavailable | ErrorKind::Unreachable => window::title_unavailable(),
            ErrorKind::Unconfirmed => window::title_unconfirmed(),
        }
    }

    /// The same in words, as `say` says them: nothing leaves the server before it is said.
    #[must_use]
    pub fn said(self, say: impl FnOnce(&Message) -> String) -> Self {
        Self {
            message: Words::Said(self.message.said(say)),
            ..self
        }
    }
}

impl FromServerFnError for AppError {
    type Encoder = JsonEncoding;

    /// The error as it leaves a server function: in words.
    #[cfg(feature = "ssr")]
    fn ser(&self) -> leptos::server_fn::Bytes {
        let error = match leptos::prelude::use_context::<Speaker>() {
            Some(speaker) => self.clone().said(|message| speaker.say(message)),
            None => self.clone(),
        };
        <JsonEncoding as Encodes<Self>>::encode(&error).unwrap_or_default()
    }

    /// Only the server makes one of these: the browser's program calls by itself (`call.rs`).
    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            // The last is a body that isn't text.
            ServerFnErrorErr::Args(cause)
            | ServerFnErrorErr::MissingArg(cause)
            | ServerFnErrorErr::Deserialization(cause) => {
                Self::new(ErrorKind::Invalid, window::unreadable(Value::Text(cause)))
            }
            ServerFnErrorErr::UnsupportedRequestMethod(_) => {
                Self::new(ErrorKind::MethodNotAllowed, window::other_method())
            }
            _ => Self::internal(),
        }
    }
}
