//! Where a person belongs, from a day on until the next row's.

use sea_orm::entity::prelude::*;

/// A row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "person_divisions")]
pub struct Model {
    /// The person.
    #[sea_orm(primary_key, auto_increment = false)]
    pub person_id: i64,
    /// The first day; the first row of each begins with the first day there is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub valid_from: Date,
    /// None where they belong to no division.
    pub division_id: Option<i64>,
}

/// None: queries say themselves what they join.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
