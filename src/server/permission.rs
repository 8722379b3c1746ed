//! What a person may see: a scope that only the check in this file can make, and that every query takes.

use super::accounts::{Account, VisibleDivision};
use crate::{division::Division, error::AppError, sticky::Setting};

/// The rows that a person asked for and may see: some divisions, and perhaps what belongs to none; with what those rows
/// cost in labour, or without.
///
/// There is no way to make one but [`PermittedScope::check`], and no query for figures without one. So a filter can
/// narrow what a person sees, and nothing can widen it. Labour cost is hours at cost rates, so from any sum that holds it
/// a rate can be told: who may not see cost rates is given nothing that was made of it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PermittedScope {
    divisions: Vec<VisibleDivision>,
    unassigned: bool,
    labour_cost: bool,
    name: String,
}

impl PermittedScope {
    /// What `account` sees of `division`. All is everything it may see, with what is archived; what belongs to no division is seen only by
    /// those who see every division.
    ///
    /// # Errors
    /// [`crate::error::ErrorKind::Invalid`] where there is no such division, or none this account may see: the two
    /// are answered alike.
    pub fn check(account: &Account, division: &Division) -> Result<Self, AppError> {
        match division {
            Division::All => Ok(Self {
                divisions: account.divisions.clone(),
                unassigned: account.sees_all_divisions,
                labour_cost: account.sees_cost_rates,
                name: Division::all_in_full(
                    account.sees_all_divisions,
                    account.divisions.iter().map(|division| division.option.label()),
                ),
            }),
            Division::One(slug) => {
                let visible = account.divisions.iter().find(|visible| visible.option.slug == *slug);
                let visible = visible.ok_or_else(|| {
                    AppError::invalid(
                        Division::KEY,
                        format!("There is no division “{slug}” among those you may see."),
                    )
                })?;
                Ok(Self {
                    divisions: vec![visible.clone()],
                    unassigned: false,
                    labour_cost: account.sees_cost_rates,
                    name: visible.option.label(),
                })
            }
        }
    }

    /// The divisions, in the order in which they are shown.
    pub fn divisions(&self) -> &[VisibleDivision] {
        &self.divisions
    }

    /// The division with this id, if it is one of them.
    pub fn division(&self, key: Option<i64>) -> Option<&VisibleDivision> {
        self.divisions.iter().find(|division| Some(division.id) == key)
    }

    /// Whether what belongs to no division is part of it.
    pub fn includes_unassigned(&self) -> bool {
        self.unassigned
    }

    /// Whether what the hours cost is part of it.
    pub fn includes_labour_cost(&self) -> bool {
        self.labour_cost
    }

    /// Whether what belongs to the division with this id, or to none, lies in it.
    pub fn includes(&self, division: Option<i64>) -> bool {
        match division {
            Some(id) => self.divisions.iter().any(|visible| visible.id == id),
            None => self.unassigned,
        }
    }

    /// What a person reads for it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// A condition in SQL that holds for the rows in which `column`, a division's id, lies in this scope.
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

    /// `expression`, a whole number in SQL that rests on what the hours cost; where that is no part of this scope, the
    /// database isn't asked for it, and gives nothing.
    pub fn labour_cost_sql(&self, expression: &str) -> String {
        let read = if self.labour_cost { expression } else { "NULL" };
        format!("CAST({read} AS BIGINT)")
    }
}
