//! What the address of Costs says: which bookings are searched for, and which page of them is shown.

use serde::{Deserialize, Serialize};
use std::num::NonZeroU32;

/// The query of `/costs`; what is not given is left out of the address.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CostsQuery {
    /// What a booking's text, supplier, category or project code must contain.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub q: String,
    /// The page, from 1; beyond the last one it is the last one.
    #[serde(default = "first", skip_serializing_if = "is_first")]
    pub page: NonZeroU32,
}

impl CostsQuery {
    /// The address of another page of the same bookings.
    pub fn on_page(&self, page: u64) -> String {
        let page = u32::try_from(page).ok().and_then(NonZeroU32::new).unwrap_or(first());
        let query = serde_urlencoded::to_string(Self { page, ..self.clone() }).unwrap_or_default();
        if query.is_empty() {
            "/costs".to_owned()
        } else {
            format!("/costs?{query}")
        }
    }
}

fn first() -> NonZeroU32 {
    NonZeroU32::MIN
}

fn is_first(page: &NonZeroU32) -> bool {
    *page == first()
}
