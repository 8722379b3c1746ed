//! The formats of a file, by the names that addresses and the command line have for them.

use crate::{
    error::AppError,
    message::{Joint, Message, Value},
    messages::export,
};

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// A workbook.
    Xlsx,
    /// CSV with `;` and decimal comma.
    CsvSemicolon,
    /// CSV with `,` and decimal point.
    CsvComma,
}

impl Format {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Xlsx, Self::CsvSemicolon, Self::CsvComma];

    /// Its name in an address.
    pub fn key(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::CsvSemicolon => "csv-semicolon",
            Self::CsvComma => "csv-comma",
        }
    }

    /// What a person calls it.
    pub fn name(self) -> Message {
        match self {
            Self::Xlsx => export::excel(),
            Self::CsvSemicolon => export::csv_semicolon(),
            Self::CsvComma => export::csv_comma(),
        }
    }

    /// The format with this key.
    ///
    /// # Errors
    /// [`crate::error::ErrorKind::Invalid`] with the keys there are.
    pub fn with_key(key: &str) -> Result<Self, AppError> {
        let found = Self::ALL.into_iter().find(|format| format.key() == key);
        found.ok_or_else(|| {
            let keys = Self::ALL.map(|format| Value::text(format.key())).into();
            let message = export::no_format(Value::text(key), Value::Joined(keys, Joint::Comma));
            AppError::invalid("format", message)
        })
    }
}
