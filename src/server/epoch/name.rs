//! The names of epochs.

use tower_sessions::session::Id;

/// A name that no other epoch has.
pub fn new_epoch() -> String {
    format!("{:032x}", Id::default().0)
}
