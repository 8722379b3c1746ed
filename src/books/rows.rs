//! Rows as the books write them: many in each statement, with ids that count on.

use super::{BooksError, Change};
use sea_orm::{
    ConnectionTrait, DbErr, EntityTrait, FromQueryResult, InsertMany, IntoActiveModel, Iterable, ModelTrait, Statement,
};

/// How many values one statement carries; SQLite takes 32,766 and Postgres 65,535.
const VALUES: usize = 16_000;

#[derive(FromQueryResult)]
struct LastId {
    id: i64,
}

impl Change {
    /// The first of `count` new ids in `table`.
    pub(super) async fn ids(&mut self, table: &'static str, count: usize) -> Result<i64, DbErr> {
        let last = match self.last_ids.get(table) {
            Some(last) => *last,
            None => {
                let select = format!("SELECT COALESCE(MAX(id), 0) AS id FROM {table}");
                let select = Statement::from_string(self.transaction.get_database_backend(), select);
                let row = LastId::find_by_statement(select).one(&self.transaction).await?;
                row.map_or(0, |row| row.id)
            }
        };
        self.last_ids.insert(table, last + count as i64);
        Ok(last + 1)
    }

    /// Inserts rows with the ids they have.
    pub(super) async fn insert<M>(&self, rows: impl IntoIterator<Item = M>) -> Result<(), DbErr>
    where
        M: ModelTrait + IntoActiveModel<<M::Entity as EntityTrait>::ActiveModel>,
    {
        let columns = <M::Entity as EntityTrait>::Column::iter().count();
        let mut rows = rows.into_iter().peekable();
        while rows.peek().is_some() {
            InsertMany::many(rows.by_ref().take(VALUES / columns))
                .exec_without_returning(&self.transaction)
                .await?;
        }
        Ok(())
    }

    /// Executes `sql` with `values`.
    pub(super) async fn execute(
        &self,
        sql: &str,
        values: impl IntoIterator<Item = sea_orm::Value>,
    ) -> Result<(), BooksError> {
        let backend = self.transaction.get_database_backend();
        let statement = Statement::from_sql_and_values(backend, sql, values);
        self.transaction.execute_raw(statement).await?;
        Ok(())
    }
}
