//! A choice that a form sent, without the program, and that could not be taken: its form shows it again.

use super::FormFields;
use serde::{Deserialize, Serialize};

/// What was sent, and why it wasn't stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused {
    /// The key of the setting.
    pub key: String,
    /// The fields of the form, as they were filled in.
    pub fields: FormFields,
    /// Why it can't be taken, in words for the person.
    pub why: String,
}
