//! What a person is told about a setting in a window.

use crate::{error::AppError, message::Message};

/// What a person should know about a setting in this window; its values are texts.
#[derive(Clone, PartialEq)]
pub enum News {
    /// A choice was not stored.
    Refused {
        /// The choice, if it could be read at all: then it can be tried again.
        value: Option<String>,
        /// Why it wasn't stored.
        error: AppError,
    },
    /// The browser is offline: the choice is kept here, and sent when it is online again.
    Unsaved,
    /// The setting was changed in another window or on another device, and this one followed.
    Followed {
        /// The value shown before.
        before: String,
    },
    /// The chosen value may no longer be chosen; a message that says so.
    Withdrawn(Message),
}

/// How far the shown choice has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// The database has it.
    Saved,
    /// It is on its way.
    Saving,
    /// It waits in this window.
    Unsaved,
}

impl Progress {
    /// Its name in the page.
    pub fn text(self) -> &'static str {
        match self {
            Self::Saved => "saved",
            Self::Saving => "saving",
            Self::Unsaved => "unsaved",
        }
    }
}
