//! Why there is no file.

use crate::{
    error::{AppError, ErrorKind},
    messages::export,
};
use rust_xlsxwriter::XlsxError;
use sea_orm::DbErr;
use std::{io, time::Duration};
use zip::result::ZipError;

/// How long a file may take.
pub(super) const LONGEST: Duration = Duration::from_secs(120);

/// Why there is no file.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// There is nothing that it could be made of for this person.
    #[error("{0}")]
    Asked(#[from] AppError),
    /// The database failed.
    #[error("the database failed: {0}")]
    Database(#[from] DbErr),
    /// It can't be written.
    #[error("it can't be written: {0}")]
    File(#[from] io::Error),
    /// The workbook can't be written.
    #[error("the workbook can't be written: {0}")]
    Workbook(#[from] XlsxError),
    /// The archive can't be written.
    #[error("the archive can't be written: {0}")]
    Archive(#[from] ZipError),
    /// It took too long.
    #[error("it took too long")]
    TookTooLong,
    /// Nobody waits for it any longer.
    #[error("nobody waits for it any longer")]
    Unwanted,
}

impl From<ExportError> for AppError {
    fn from(error: ExportError) -> Self {
        match error {
            ExportError::Asked(error) => error,
            ExportError::Database(error) => error.into(),
            ExportError::TookTooLong => Self::new(ErrorKind::Unavailable, export::took_too_long(LONGEST.as_secs())),
            // Whoever is gone reads nothing.
            ExportError::Unwanted => Self::unavailable(),
            error @ (ExportError::File(_) | ExportError::Workbook(_) | ExportError::Archive(_)) => {
                tracing::error!(%error, "a file could not be made");
                Self::new(ErrorKind::Unavailable, export::not_written())
            }
        }
    }
}
