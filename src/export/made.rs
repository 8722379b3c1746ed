//! When a file is made.

use crate::server::time_zone::TimeZone;
use chrono::{DateTime, Utc};

/// When a file is made.
#[derive(Clone, Copy, Debug)]
pub struct Made {
    /// The moment.
    pub at: DateTime<Utc>,
    /// Where the studio is.
    pub zone: TimeZone,
}
