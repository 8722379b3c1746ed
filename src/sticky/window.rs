//! A setting's window: whose it is and at which address, and what happens to all settings in it.

use super::{Settings, epochs::Epochs};
use crate::{address::Address, message::Value, user::User};
use leptos::prelude::*;
use std::{collections::BTreeMap, sync::Arc};

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

/// Every setting of a window.
pub type SettingsOfWindow = StoredValue<Vec<Arc<dyn InWindow + Send + Sync>>>;

/// What a window does to a setting without knowing which it is.
pub trait InWindow {
    /// Takes the server's values of `epoch` if they are newer. Older ones are taken too if the database went back since
    /// this window had the revisions in `proof`.
    fn take_snapshot(&self, settings: &Settings, epoch: &str, proof: Option<&BTreeMap<&'static str, i64>>);
    /// Its key, and the revision of what it has.
    fn stamp(&self) -> (&'static str, i64);
    /// Sends the choice that waits for the browser to be online.
    fn online(&self);
    /// The page is left: a waiting choice is sent now, in a way that outlives the page, and nothing sent before counts
    /// any more.
    fn leave(&self);
    /// The page was left: the next one of this window goes on counting its requests.
    fn left(&self);
    /// The page was put aside and is shown again: a request under way then was given up.
    fn restored(&self);
    /// Whether a choice is on its way.
    fn is_saving(&self) -> bool;
    /// Stores what the address pins, as the person's own choice.
    fn adopt(&self);
    /// Its key, and the text of the shown value, if figures depend on it.
    fn in_figures(&self) -> Option<(&'static str, String)>;
    /// The shown value, and whether the address pins it.
    fn described(&self) -> Described;
}

/// A setting as it stands in a window, for a person.
#[derive(Clone, PartialEq)]
pub struct Described {
    /// The shown value.
    pub label: Value,
    /// Whether an address can pin it at all.
    pub can_be_pinned: bool,
    /// Whether the address pins it; otherwise it follows the person's own choice.
    pub is_pinned: bool,
    /// Whether the person may choose it.
    pub is_choice: bool,
}
