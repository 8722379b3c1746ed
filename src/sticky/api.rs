//! The way of a choice from the browser to the server: one server function for every setting.

#![allow(
    missing_docs,
    reason = "the server macro makes a struct of the arguments, which the function's docs explain"
)]

use super::Stamped;
use crate::error::AppError;
use leptos::prelude::*;

/// Stores `value` as the setting `key` of whoever is logged in, and answers with it as the database stamped it.
///
/// # Errors
/// Nobody logged in, no such setting, or no such value among those this person may have: then nothing is stored.
#[server(prefix = "/api", endpoint = "setting")]
pub async fn persist(key: String, value: String) -> Result<Stamped<String>, AppError> {
    use crate::server::{settings, visitor::Visitor};
    settings::store(&Visitor::of_request()?, &key, &value).await
}
