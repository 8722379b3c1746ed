//! The person who is logged in, as far as their own browser may know: what they may choose from, and what day it is.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A division that a person may choose, in the order in which it is offered.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct DivisionOption {
    /// What stands in addresses, settings and exports; it never changes.
    pub slug: String,
    /// What a person reads.
    pub name: String,
    /// The name of the accent colour, one of those in the style sheet.
    pub accent: String,
}

/// Who is logged in, and what the settings are checked against.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// The name, for the navigation bar.
    pub name: String,
    /// The divisions this person may see, without archived ones.
    pub divisions: Vec<DivisionOption>,
    /// Whether these are all there are, and what belongs to none is seen as well.
    #[serde(default)]
    pub sees_everything: bool,
    /// The server's day: browsers' clocks differ, and hydration must say what the server said.
    pub today: NaiveDate,
}

impl Person {
    /// The division with this slug, if this person may see it.
    pub fn division(&self, slug: &str) -> Option<&DivisionOption> {
        self.divisions.iter().find(|division| division.slug == slug)
    }
}
