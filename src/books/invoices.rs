//! Invoices and credit notes.

use super::{BooksError, Change, held};
use crate::{money::Money, server::entities::invoice};
use chrono::NaiveDate;

/// An invoice, or a credit note where its amount is negative.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewInvoice {
    /// What it is filed under; unique.
    pub number: String,
    /// The project's id.
    pub project: i64,
    /// Its date.
    pub day: NaiveDate,
    /// Net.
    pub amount: Money,
}

impl Change {
    /// Enters invoices.
    ///
    /// # Errors
    /// There is no such project; the database failed or refused a row.
    pub async fn add_invoices(&mut self, invoices: impl IntoIterator<Item = NewInvoice>) -> Result<(), BooksError> {
        let invoices: Vec<NewInvoice> = invoices.into_iter().collect();
        held::all(&invoices)?;
        let first = self.ids("invoices", invoices.len()).await?;
        let row = |(id, new): (i64, NewInvoice)| invoice::Model {
            id,
            number: new.number,
            project_id: new.project,
            invoiced_on: new.day,
            amount: new.amount.0,
        };
        Ok(self.insert((first..).zip(invoices).map(row)).await?)
    }
}
