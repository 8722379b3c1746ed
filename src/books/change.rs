//! A change of the studio's data, from its beginning to its commit.

use super::{books_sql, error::BooksError, known::Known};
use sea_orm::{DatabaseConnection, DatabaseTransaction, DbErr, TransactionTrait};
use std::collections::BTreeMap;

/// A change of the studio's data; none of it takes effect until [`Change::commit`].
pub struct Change {
    pub(super) transaction: DatabaseTransaction,
    pub(super) known: Known,
    /// The last id that each table has given.
    last_ids: BTreeMap<&'static str, i64>,
}

impl Change {
    /// Begins one. Any other one waits until this one is over.
    ///
    /// # Errors
    /// The database failed.
    pub async fn begin(db: &DatabaseConnection) -> Result<Self, BooksError> {
        let transaction = db.begin().await?;
        // Written before anything is read: it is what others wait for.
        books_sql::begin_change(&transaction).await?;
        let known = Known::load(&transaction).await?;
        Ok(Self {
            transaction,
            known,
            last_ids: BTreeMap::new(),
        })
    }

    /// Commits it and raises the data's revision by one.
    ///
    /// # Errors
    /// The database failed; nothing is changed, unless the failure came after its commit.
    pub async fn commit(self) -> Result<(), BooksError> {
        for table in self.last_ids.keys() {
            books_sql::catch_up(&self.transaction, table).await?;
        }
        books_sql::count_change(&self.transaction).await?;
        Ok(self.transaction.commit().await?)
    }

    /// Rolls it back.
    ///
    /// # Errors
    /// The database failed.
    pub async fn roll_back(self) -> Result<(), BooksError> {
        Ok(self.transaction.rollback().await?)
    }

    /// The transaction, for what belongs to the same commit but isn't the studio's data, such as accounts.
    pub fn transaction(&self) -> &DatabaseTransaction {
        &self.transaction
    }

    /// The first of `count` new ids in `table`.
    pub(super) async fn ids(&mut self, table: &'static str, count: usize) -> Result<i64, DbErr> {
        let last = match self.last_ids.get(table) {
            Some(last) => *last,
            None => books_sql::last_id(&self.transaction, table).await?,
        };
        self.last_ids.insert(table, last + count as i64);
        Ok(last + 1)
    }
}
