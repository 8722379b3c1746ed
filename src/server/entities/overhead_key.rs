//! A division's weight in the key that splits shared costs.
//!
//! All rows of one day are one key; the newest that is valid on the day of a booking splits it.

use sea_orm::entity::prelude::*;

/// A row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "overhead_keys")]
pub struct Model {
    /// Its id.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// The first day of the key; unique with the division.
    pub valid_from: Date,
    /// Whose weight.
    pub division_id: i64,
    /// A part of the sum of the key's weights.
    pub weight: i64,
}

/// None: queries say themselves what they join.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
