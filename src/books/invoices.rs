//! Invoices and credit notes.

use super::{BooksError, Change, NewInvoice, books_sql, held};

impl Change {
    /// Enters invoices.
    ///
    /// # Errors
    /// There is no such project; the database failed or refused a row.
    pub async fn add_invoices(&mut self, invoices: impl IntoIterator<Item = NewInvoice>) -> Result<(), BooksError> {
        let invoices: Vec<NewInvoice> = invoices.into_iter().collect();
        held::all(&invoices)?;
        let first = self.ids("invoices", invoices.len()).await?;
        Ok(books_sql::insert_invoices(&self.transaction, (first..).zip(invoices)).await?)
    }
}
