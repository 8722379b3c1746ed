//! The user who is logged in, as far as their browser may know: what they may see and choose, and what day it is.

use crate::{message::Value, messages::setting};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A division that a person may see.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct DivisionOption {
    /// Its name in addresses, settings and exports; it never changes.
    pub slug: String,
    /// The name people see.
    pub name: String,
    /// The name of the accent colour, one of those in the style sheet.
    pub accent: String,
    /// Whether it is archived: it can't be chosen any more, but its history can be seen.
    #[serde(default)]
    pub archived: bool,
}

impl DivisionOption {
    /// Its name for display, which says if it is archived.
    pub fn label(&self) -> Value {
        let name = Value::text(&self.name);
        match self.archived {
            true => setting::archived(name).into(),
            false => name,
        }
    }
}

/// Who is logged in, and what the settings are checked against.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct User {
    /// The name, for the navigation bar.
    pub name: String,
    /// The divisions this person may choose, in the order in which they are offered.
    pub divisions: Vec<DivisionOption>,
    /// The archived ones, which an address still opens. They are separate, since pages of an earlier build offer every
    /// entry of `divisions`.
    #[serde(default)]
    pub archived_divisions: Vec<DivisionOption>,
    /// Whether these are all divisions, and the user also sees unassigned rows.
    #[serde(default)]
    pub sees_everything: bool,
    /// The studio's day according to the server: browsers' clocks differ, and hydration must render what the server
    /// rendered.
    #[serde(deserialize_with = "crate::days::deserialize")]
    pub today: NaiveDate,
}

impl User {
    /// The division with this slug, archived or not, if this person may see it.
    pub fn division(&self, slug: &str) -> Option<&DivisionOption> {
        let mut visible = self.divisions.iter().chain(&self.archived_divisions);
        visible.find(|division| division.slug == slug)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_server_of_an_earlier_build_says_is_understood() {
        let said = r#"{"name":"Ada","divisions":[{"slug":"web","name":"Web","accent":"blue"}],"today":"2026-11-24"}"#;
        let user: User = serde_json::from_str(said).unwrap();
        assert_eq!(
            user.division("web").map(DivisionOption::label),
            Some(Value::text("Web"))
        );
        assert_eq!(user.archived_divisions, []);
    }
}
