//! What the browser's program asks the server for: figures, and the current state.
//!
//! It calls [`crate::functions`] by their addresses. Leptos would make a client for each of them, with streams, formats
//! and errors that nobody here needs, and the browser would have to load them.

use crate::{
    call::get,
    error::AppError,
    figures::{Figures, Selection},
    live::Snapshot,
    routes::{FIGURES, SNAPSHOT},
};

/// Calls [`crate::functions::fetch`].
///
/// # Errors
/// Those of the server function; [`crate::error::ErrorKind::Unreachable`] if nobody answered.
pub async fn figures(selection: &Selection) -> Result<Figures, AppError> {
    let query = form_urlencoded::Serializer::new(String::new())
        .append_pair("address", &selection.address)
        .extend_pairs(&selection.settings.0)
        .finish();
    get(FIGURES.path, &query).await?.read()
}

/// Calls [`crate::functions::snapshot`].
///
/// # Errors
/// Those of the server function; [`crate::error::ErrorKind::Unreachable`] if nobody answered.
pub async fn snapshot() -> Result<Snapshot, AppError> {
    get(SNAPSHOT.path, "").await?.read()
}
