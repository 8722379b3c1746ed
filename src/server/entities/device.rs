//! A browser in which an account was logged in, known by a cookie of its own.

use sea_orm::entity::prelude::*;

/// A row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "devices")]
pub struct Model {
    /// The digest of what its cookie says.
    #[sea_orm(primary_key, auto_increment = false)]
    pub digest: String,
    /// Who was logged in.
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: i64,
    /// When they last logged in there, in seconds since 1970.
    pub seen_at: i64,
}

/// None: queries say themselves what they join.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
