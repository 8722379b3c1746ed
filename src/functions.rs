//! The server functions: the only ways from the browser's program into the server. It calls them in `asking.rs` and
//! `sticky/transport.rs`.
//!
//! Each has a fixed address, authorises in its body, and ignores arguments that it doesn't know: pages of another build
//! call it.

#![allow(
    missing_docs,
    reason = "the server macro makes a struct of the arguments, which the function's docs explain"
)]

use crate::{
    error::AppError,
    figures::{Figures, Texts},
    live::Snapshot,
    sticky::Stamped,
};
use leptos::{prelude::*, server_fn::codec::GetUrl};

/// Stores `value` as the setting `key` of the account that is logged in, and answers with it as the database stamped
/// it; or with the stored value, if the same window has said that this request no longer counts.
///
/// `account` is who the page was made for: if somebody else is logged in by now, nothing is stored. The last four may
/// be left out; anything else that a newer page sends is ignored.
///
/// # Errors
/// Nobody logged in, no such setting, or no such value among those this person may have: then nothing is stored.
#[server(prefix = "/api", endpoint = "setting")]
pub async fn persist(
    key: String,
    value: String,
    #[server(default)] account: Option<i64>,
    #[server(default)] window: String,
    #[server(default)] sequence: i64,
    #[server(default)] void_through: i64,
) -> Result<Stamped<String>, AppError> {
    use crate::{
        routes::EPOCH,
        server::{current_user::CurrentUser, setting_layers::setting_rows::Writer},
    };
    let current_user = CurrentUser::of_request()?;
    if account.is_some_and(|account| account != current_user.account.id) {
        return Err(AppError::not_logged_in());
    }
    let writer = Writer::new(window, sequence, void_through)?;
    let (stamped, epoch) = current_user.store(&key, &value, writer).await?;
    if let (Some(response), Ok(epoch)) = (use_context::<leptos_axum::ResponseOptions>(), epoch.parse()) {
        response.insert_header(axum::http::HeaderName::from_static(EPOCH), epoch);
    }
    Ok(stamped)
}

/// The figures of the view at `address` for the settings that `settings` names by their keys, whatever is stored for
/// this person: `division=web&period=ytd`. One that isn't named has the value that the address pins, else the person's
/// own value, which is stored or the default.
///
/// # Errors
/// Nobody logged in; an address or a value that doesn't exist or that this person may not see.
#[server(prefix = "/api", endpoint = "figures", input = GetUrl)]
pub async fn fetch(address: String, #[server(flatten)] settings: Texts) -> Result<Figures, AppError> {
    use crate::{figures::Selection, server::current_user::CurrentUser, views};
    let current_user = CurrentUser::of_request()?;
    views::figures(&current_user, Selection { address, settings }).await
}

/// The current state for the account that is logged in; the settings as their rows have them.
///
/// # Errors
/// Nobody logged in, or the database failed.
#[server(name = AskSnapshot, prefix = "/api", endpoint = "newest", input = GetUrl)]
pub async fn snapshot() -> Result<Snapshot, AppError> {
    use crate::server::current_user::CurrentUser;
    let current_user = CurrentUser::of_request()?.afresh().await?;
    current_user.mend();
    Ok(current_user.snapshot())
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use crate::routes::{API, FIGURES, PERSIST, SNAPSHOT};
    use leptos::server_fn::{ServerFn, axum::server_fn_paths};
    use std::collections::BTreeSet;

    #[test]
    fn each_is_a_line_in_the_table_of_routes() {
        assert_eq!(PERSIST.path, <Persist as ServerFn>::PATH);
        assert_eq!(FIGURES.path, <Fetch as ServerFn>::PATH);
        assert_eq!(SNAPSHOT.path, <AskSnapshot as ServerFn>::PATH);
        let there: BTreeSet<_> = server_fn_paths().map(|(path, _)| path).collect();
        let listed = [PERSIST, FIGURES, SNAPSHOT].map(|route| route.path);
        assert!(listed.iter().all(|path| path.starts_with(API)));
        assert_eq!(
            there,
            BTreeSet::from(listed),
            "a server function is a line in src/routes.rs"
        );
    }
}
