//! Which of a window's requests a choice comes with, so that the database can tell a late one from the last.

/// Which of a window's requests this is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RequestNumber {
    /// A name that only this window has.
    pub window: String,
    /// Its number among the window's requests, from 1.
    pub sequence: i64,
    /// The window's requests up to this one are to be ignored if they still arrive: the window was left, or gave them
    /// up, before they were answered. 0 if every earlier one was answered.
    pub void_through: i64,
}
