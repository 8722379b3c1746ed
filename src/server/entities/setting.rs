//! A sticky setting of a user, with the revision that its last write was given.

use sea_orm::entity::prelude::*;

/// A row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "settings")]
pub struct Model {
    /// Whose.
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: i64,
    /// Which setting.
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    /// Its value, as the setting writes it.
    pub value: String,
    /// Strictly increasing per user and setting.
    pub revision: i64,
}

/// None: queries say themselves what they join.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
