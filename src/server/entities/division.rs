//! A division: a part of the studio with its own result.

use sea_orm::entity::prelude::*;

/// A row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "divisions")]
pub struct Model {
    /// Its id.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// What stands in addresses, settings and exports; unique, and it never changes.
    #[sea_orm(unique)]
    pub slug: String,
    /// What a person reads.
    pub name: String,
    /// Its place among the divisions, from 0.
    pub position: i32,
    /// The name of its accent colour.
    pub accent: String,
    /// The day from which on it can be chosen no more; its history stays where it is.
    pub archived_on: Option<Date>,
}

/// None: queries say themselves what they join.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
