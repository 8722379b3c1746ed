//! The one row that counts the changes to the data of the figures.

use sea_orm::entity::prelude::*;

/// A row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "data_revision")]
pub struct Model {
    /// Always 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    /// Strictly increasing.
    pub revision: i64,
    /// Whether the books are writing: seen by nobody else, since they take it back before they commit.
    pub by_books: bool,
}

/// None: queries say themselves what they join.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
