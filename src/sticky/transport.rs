//! How a choice gets from the browser to the server in a way that outlives its page.

use super::{Stamped, request_number::RequestNumber};
use crate::{
    call::post,
    error::AppError,
    routes::{EPOCH, PERSIST},
};

/// How long an answer is waited for, in milliseconds. After that nobody knows whether the choice was stored.
const PATIENCE: u32 = 15_000;

/// The stored value, as the database stamped it.
pub struct Stored {
    /// The value and its stamp.
    pub stamped: Stamped<String>,
    /// The epoch in which that counts; empty if the server names none.
    pub epoch: String,
}

/// Calls [`crate::functions::persist`]; a choice made just as the page is left still arrives.
///
/// # Errors
/// Those of [`crate::functions::persist`]; [`crate::error::ErrorKind::Unreachable`] if it is not known whether the choice
/// was stored.
pub async fn send(account: i64, key: &str, value: &str, request: &RequestNumber) -> Result<Stored, AppError> {
    let body = form_urlencoded::Serializer::new(String::new())
        .append_pair("key", key)
        .append_pair("value", value)
        .append_pair("account", &account.to_string())
        .append_pair("window", &request.window)
        .append_pair("sequence", &request.sequence.to_string())
        .append_pair("void_through", &request.void_through.to_string())
        .finish();
    let answer = post(PERSIST.path, &body, PATIENCE).await?;
    Ok(Stored {
        stamped: answer.read()?,
        epoch: answer.header(EPOCH),
    })
}
