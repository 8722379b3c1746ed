//! The conditions of a query, with the values in them.

use crate::{
    books::ProjectKind,
    days::Days,
    server::sql::{Sql, sql},
};
use sea_orm::{ActiveEnum, Value};

/// Conditions that all must hold.
pub(super) struct Conditions {
    texts: Vec<String>,
    values: Vec<Value>,
}

impl Conditions {
    /// `column` is one of `days`.
    pub(super) fn on(column: &str, days: Days) -> Self {
        Self {
            texts: vec![format!("{column} >= $1"), format!("{column} <= $2")],
            values: vec![days.from.into(), days.to.into()],
        }
    }

    /// And `text`, which has no values.
    pub(super) fn and(mut self, text: impl Into<String>) -> Self {
        self.texts.push(text.into());
        self
    }

    /// And `column` is `value`, if there is one.
    pub(super) fn is(mut self, column: &str, value: Option<impl Into<Value>>) -> Self {
        if let Some(value) = value {
            self.values.push(value.into());
            self.texts.push(format!("{column} = ${}", self.values.len()));
        }
        self
    }

    /// And `condition` holds, or does not.
    pub(super) fn holds(self, condition: &str, wanted: Option<bool>) -> Self {
        match wanted {
            Some(true) => self.and(condition),
            Some(false) => self.and(format!("NOT ({condition})")),
            None => self,
        }
    }

    /// And `column`, a kind of project, is `kind`, if there is one.
    pub(super) fn of_kind(self, column: &str, kind: Option<ProjectKind>) -> Self {
        self.is(column, kind.map(|kind| kind.to_value()))
    }

    /// The statement `before` `WHERE` they hold `after`.
    pub(super) fn select(self, before: &str, after: &str) -> Sql {
        let text = format!("{before} WHERE {} {after}", self.texts.join(" AND "));
        self.values.into_iter().fold(sql(text), Sql::bind)
    }
}
