//! What a person may see: a scope that only the check in this file can make, and that every query takes.

use super::accounts::{Account, VisibleDivision};
use crate::{division::Division, error::AppError, message::Value, messages::error, sticky::Setting};

/// The rows that a user asked for and may see: some divisions, perhaps with unassigned rows, and with or without
/// their labour cost.
///
/// Only [`PermittedScope::check`] makes one, and every query for figures takes one. So a filter can narrow what a user
/// sees, and nothing can widen it. Labour cost is hours at cost rates, so a rate could be derived from any sum that
/// contains it. Users who may not see cost rates get no figure that contains it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PermittedScope {
    divisions: Vec<VisibleDivision>,
    unassigned: bool,
    labour_cost: bool,
}

impl PermittedScope {
    /// What `account` may see of `division`. All means everything that it may see, archived divisions included. Only
    /// users who may see every division see unassigned rows.
    ///
    /// # Errors
    /// [`crate::error::ErrorKind::Invalid`] if there is no such division, or none that this account may see.
    /// The answer is the same for both.
    pub fn check(account: &Account, division: &Division) -> Result<Self, AppError> {
        let unknown = || AppError::invalid(Division::KEY, error::no_division(Value::text(division.text())));
        match division {
            Division::All => Ok(Self {
                divisions: account.divisions.clone(),
                unassigned: account.sees_all_divisions,
                labour_cost: account.sees_cost_rates,
            }),
            Division::One(slug) => {
                let visible = account.divisions.iter().find(|visible| visible.option.slug == *slug);
                let visible = visible.ok_or_else(unknown)?;
                Ok(Self {
                    divisions: vec![visible.clone()],
                    unassigned: false,
                    labour_cost: account.sees_cost_rates,
                })
            }
            Division::Unassigned if account.sees_all_divisions => Ok(Self {
                divisions: Vec::new(),
                unassigned: true,
                labour_cost: account.sees_cost_rates,
            }),
            Division::Unassigned => Err(unknown()),
        }
    }

    /// Of this scope the part that belongs to one division, or to none; nothing if that isn't part of it.
    pub fn narrowed(&self, division: Option<i64>) -> Option<Self> {
        let divisions = self.division(division).cloned().into_iter().collect();
        self.includes(division).then(|| Self {
            divisions,
            unassigned: division.is_none(),
            labour_cost: self.labour_cost,
        })
    }

    /// The divisions, in the order in which they are shown.
    pub fn divisions(&self) -> &[VisibleDivision] {
        &self.divisions
    }

    /// The division with this id, if it is one of them.
    pub fn division(&self, key: Option<i64>) -> Option<&VisibleDivision> {
        self.divisions.iter().find(|division| Some(division.id) == key)
    }

    /// Whether rows that belong to no division are part of it.
    pub fn includes_unassigned(&self) -> bool {
        self.unassigned
    }

    /// Whether it is rows that belong to no division, and no others.
    pub fn is_unassigned_alone(&self) -> bool {
        self.unassigned && self.divisions.is_empty()
    }

    /// Whether labour cost is part of it.
    pub fn includes_labour_cost(&self) -> bool {
        self.labour_cost
    }

    /// Whether it includes the division with this id, or unassigned rows.
    pub fn includes(&self, division: Option<i64>) -> bool {
        match division {
            Some(id) => self.divisions.iter().any(|visible| visible.id == id),
            None => self.unassigned,
        }
    }

    /// An SQL condition for the rows whose `column`, a division's id, is in this scope.
    pub fn sql(&self, column: &str) -> String {
        let ids: Vec<String> = self.divisions.iter().map(|division| division.id.to_string()).collect();
        let among = if ids.is_empty() {
            "1 = 0".to_owned()
        } else {
            format!("{column} IN ({})", ids.join(", "))
        };
        if self.unassigned {
            format!("({among} OR {column} IS NULL)")
        } else {
            format!("({among})")
        }
    }

    /// `expression`, an integer in SQL that depends on labour cost. If that isn't part of this scope, it is replaced by
    /// `NULL`, so that the database never returns it.
    pub fn labour_cost_sql(&self, expression: &str) -> String {
        let read = if self.labour_cost { expression } else { "NULL" };
        format!("CAST({read} AS BIGINT)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::books::limits::NO_SLUGS;

    #[test]
    fn no_division_may_be_called_as_another_choice_is() {
        let choices = [Division::All, Division::Unassigned].map(|choice| choice.text());
        assert_eq!(choices, NO_SLUGS);
        for slug in NO_SLUGS {
            assert!(!matches!(Division::parse(slug), Ok(Division::One(_))), "{slug}");
        }
    }
}
