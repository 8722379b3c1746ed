//! A setting's window: whose it is and at which address.

use super::epochs::Epochs;
use crate::{address::Address, user::User};
use leptos::prelude::*;

/// Where a setting lives: whose window it is, and at which address.
#[derive(Clone, Copy)]
pub struct WindowOf {
    /// The account that the page was made for.
    pub account: i64,
    /// Who that is, and what they may choose from now.
    pub user: RwSignal<User>,
    /// The address with its pins.
    pub address: Signal<Address>,
    /// The epochs of the database that it went through.
    pub epochs: StoredValue<Epochs>,
    /// Leads this window to another address of the same page.
    pub readdress: Callback<Address>,
}
