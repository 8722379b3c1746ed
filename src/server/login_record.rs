//! Who is logged in with a session, as the session keeps it: the one place that knows how axum-login writes it.

use super::accounts::Account;
use axum_login::AuthUser;
use serde::Deserialize;
use serde_json::Value;
use std::collections::HashMap;

/// The key under which a session keeps it. `router.rs` gives it to the login's layer.
pub const LOGIN_KEY: &str = "axum-login.data";

/// The data that axum-login keeps about a login.
#[derive(Deserialize)]
pub struct LoginRecord {
    user_id: Option<i64>,
    auth_hash: Option<Vec<u8>>,
}

impl LoginRecord {
    /// The login in the data of a session, if there is one that can be read.
    pub fn of(data: &HashMap<String, Value>) -> Option<Self> {
        Self::deserialize(data.get(LOGIN_KEY)?).ok()
    }

    /// Who is logged in.
    pub fn user(&self) -> Option<i64> {
        self.user_id
    }

    /// Whether the login still counts for `account`: its password is the one with which it was begun.
    pub fn is_of(&self, account: &Account) -> bool {
        self.auth_hash.as_deref() == Some(account.session_auth_hash())
    }
}
