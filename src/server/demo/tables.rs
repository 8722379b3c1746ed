//! Writes whole tables into the database.

use sea_orm::{ConnectionTrait, DbErr, EntityTrait, InsertMany, IntoActiveModel, Iterable, ModelTrait};

/// How many values one statement carries; SQLite takes 32,766 and Postgres 65,535.
const VALUES: usize = 16_000;

/// Inserts rows with the ids they have, many in each statement.
///
/// # Errors
/// The database fails or refuses a row.
pub async fn insert<M>(db: &impl ConnectionTrait, rows: impl IntoIterator<Item = M>) -> Result<(), DbErr>
where
    M: ModelTrait + IntoActiveModel<<M::Entity as EntityTrait>::ActiveModel>,
{
    let columns = <M::Entity as EntityTrait>::Column::iter().count();
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        InsertMany::many(rows.by_ref().take(VALUES / columns))
            .exec_without_returning(db)
            .await?;
    }
    Ok(())
}
