//! A session of a browser, logged in or not.

use sea_orm::entity::prelude::*;

/// A row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sessions")]
pub struct Model {
    /// The digest of what its cookie says.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    /// Who is logged in.
    pub user_id: Option<i64>,
    /// What it holds, as JSON.
    pub record: String,
    /// When it ends, in seconds since 1970.
    pub expires_at: i64,
}

/// None: queries say themselves what they join.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
