//! The part of a booking that a division bears. The parts of a booking add up to it exactly.

use sea_orm::entity::prelude::*;

/// A row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "booking_parts")]
pub struct Model {
    /// Its id.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// The whole.
    pub booking_id: i64,
    /// Who bears it; none where it is unassigned.
    pub division_id: Option<i64>,
    /// In cents.
    pub amount: i64,
}

/// None: queries say themselves what they join.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
