//! Invoices.

use super::{Narrowing, Sought, conditions::Conditions};
use crate::{
    days::Days,
    money::Money,
    search::Contents,
    server::{ledger::owners::PROJECT_OWNERS, permission::PermittedScope, sql::Sql},
};
use chrono::NaiveDate;
use sea_orm::FromQueryResult;

/// Invoices of some days, for projects that somebody in a scope owned on the day.
#[derive(Clone, Debug)]
pub struct Invoices {
    /// Whose they are.
    pub scope: PermittedScope,
    /// Of which days.
    pub days: Days,
    /// What they are narrowed to.
    pub narrowing: Narrowing,
    /// The column in SQL that they are sorted by, and its direction; the latest come first otherwise.
    pub order: Option<String>,
}

/// How many invoices were found, and what they add up to.
#[derive(Clone, Copy, Debug, Default, FromQueryResult)]
pub struct InvoiceSum {
    /// How many there are.
    pub count: i64,
    /// In cents.
    pub amount: i64,
}

/// An invoice.
#[derive(Debug, FromQueryResult)]
pub struct InvoiceRow {
    /// Its day.
    pub invoiced_on: NaiveDate,
    /// Its number.
    pub number: String,
    /// The project that it is for.
    pub code: String,
    /// Its name.
    pub project: String,
    /// Its client.
    pub client: Option<String>,
    /// Who owned the project on the day.
    pub division_id: Option<i64>,
    /// In cents.
    pub amount: i64,
}

impl Invoices {
    fn select(&self, select: &str, rest: &str) -> Sql {
        let from = format!(
            "WITH {PROJECT_OWNERS} {select}
             FROM invoices JOIN projects ON projects.id = invoices.project_id
                  LEFT JOIN clients ON clients.id = projects.client_id
                  JOIN project_owners AS owners ON owners.project_id = projects.id
                       AND invoices.invoiced_on >= owners.valid_from AND invoices.invoiced_on < owners.valid_until"
        );
        let narrowing = &self.narrowing;
        Conditions::on("invoices.invoiced_on", self.days)
            .and(self.scope.sql("owners.division_id"))
            .is("projects.code", narrowing.project.as_deref())
            .is("clients.name", narrowing.client.as_deref())
            .of_kind("projects.kind", narrowing.project_kind)
            .holds("owners.division_id IS NOT NULL", narrowing.assigned)
            .select(&from, rest)
    }
}

impl Sought for Invoices {
    type Row = InvoiceRow;
    type Sum = InvoiceSum;

    fn sum(&self) -> Sql {
        let select = "SELECT COUNT(*) AS count, CAST(COALESCE(SUM(invoices.amount), 0) AS BIGINT) AS amount";
        self.select(select, "")
    }

    fn rows(&self, limit: &str) -> Sql {
        let order = self
            .order
            .as_ref()
            .map(|order| format!("{order}, "))
            .unwrap_or_default();
        self.select(
            "SELECT invoices.invoiced_on, invoices.number, projects.code, projects.name AS project,
                    clients.name AS client, owners.division_id, invoices.amount",
            &format!("ORDER BY {order}invoices.invoiced_on DESC, invoices.number DESC {limit}"),
        )
    }

    fn contents(row: &InvoiceRow) -> Contents<'_> {
        let texts = [&row.number, &row.code, &row.project].into_iter().chain(&row.client);
        Contents {
            texts: texts.map(String::as_str).collect(),
            amounts: vec![Money(row.amount)],
            hours: Vec::new(),
            day: Some(row.invoiced_on),
        }
    }

    fn with(sum: InvoiceSum, row: &InvoiceRow) -> Option<InvoiceSum> {
        Some(InvoiceSum {
            count: sum.count + 1,
            amount: sum.amount.checked_add(row.amount)?,
        })
    }

    fn count(sum: &InvoiceSum) -> u64 {
        sum.count.unsigned_abs()
    }
}
