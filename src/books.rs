//! The books: the only writer of the studio's data.
//!
//! A [`Change`] takes commands. It values what they touch by what holds on the day (rate, price, owner, key), and commits
//! once: the rows, and one rise of the data's revision. Triggers stand aside meanwhile (`data_revision.by_books`).
//! Whoever writes past the books by SQL is noticed by them, see `migrations/m0007_dated/bare_updates.rs`.

mod costs;
mod dated;
mod fit;
mod held;
mod invoices;
mod keys;
mod known;
pub mod limits;
mod master;
mod ownership;
mod prices;
mod rows;
pub mod split;
mod time;

pub use costs::{Bearer, NewBooking};
pub use dated::{BEGINNING, Dated};
pub use fit::Unfit;
pub use invoices::NewInvoice;
pub use keys::Key;
pub use master::{NewCapacity, NewDivision, NewPerson, NewProject};
pub use prices::Terms;
pub use time::NewTime;

use crate::server::entities::data_revision;
use known::Known;
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, EntityTrait, ExprTrait,
    TransactionTrait, sea_query::Expr,
};
use std::collections::BTreeMap;

/// A change of the studio's data; nothing of it is there until [`Change::commit`].
pub struct Change {
    transaction: DatabaseTransaction,
    known: Known,
    /// The last id that each table has given.
    last_ids: BTreeMap<&'static str, i64>,
}

/// Why the books refuse something, or can't be written.
#[derive(Debug, thiserror::Error)]
pub enum BooksError {
    /// The database failed, or refused a row.
    #[error(transparent)]
    Database(#[from] DbErr),
    /// A value is larger or smaller than any the books take.
    #[error(transparent)]
    BeyondLimit(#[from] limits::BeyondLimit),
    /// What is entered doesn't fit together.
    #[error(transparent)]
    Unfit(#[from] Unfit),
    /// Something is booked on what isn't there.
    #[error("There is no {what} with the id {id}. Enter it first.")]
    Unknown {
        /// What it should be.
        what: &'static str,
        /// The id.
        id: i64,
    },
}

impl Change {
    /// Begins one. Whoever else begins one waits until this one is over.
    ///
    /// # Errors
    /// The database failed.
    pub async fn begin(db: &DatabaseConnection) -> Result<Self, BooksError> {
        let transaction = db.begin().await?;
        // Written before anything is read: it is what others wait for.
        data_revision::Entity::update_many()
            .col_expr(data_revision::Column::ByBooks, Expr::value(true))
            .exec(&transaction)
            .await?;
        let known = Known::load(&transaction).await?;
        Ok(Self {
            transaction,
            known,
            last_ids: BTreeMap::new(),
        })
    }

    /// Makes it true, with the data's revision one higher.
    ///
    /// # Errors
    /// The database failed; nothing is changed, unless the failure came after its commit.
    pub async fn commit(self) -> Result<(), BooksError> {
        if self.transaction.get_database_backend() == DbBackend::Postgres {
            // Rows that came with their ids left the sequences behind.
            for table in self.last_ids.keys() {
                let sql = format!("SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}");
                self.transaction.execute_unprepared(&sql).await?;
            }
        }
        data_revision::Entity::update_many()
            .col_expr(data_revision::Column::ByBooks, Expr::value(false))
            .col_expr(
                data_revision::Column::Revision,
                Expr::col(data_revision::Column::Revision).add(1),
            )
            .exec(&self.transaction)
            .await?;
        Ok(self.transaction.commit().await?)
    }

    /// Takes it back.
    ///
    /// # Errors
    /// The database failed.
    pub async fn roll_back(self) -> Result<(), BooksError> {
        Ok(self.transaction.rollback().await?)
    }

    /// The transaction, for what belongs to the same commit and is no data of the studio, such as accounts.
    pub fn transaction(&self) -> &DatabaseTransaction {
        &self.transaction
    }
}
