//! A time entry, valued once when it is booked: no later change of a rate moves it.

use sea_orm::entity::prelude::*;

/// A row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "time_entries")]
pub struct Model {
    /// Its id.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Who worked.
    pub person_id: i64,
    /// For what.
    pub project_id: i64,
    /// When.
    pub worked_on: Date,
    /// How long; more than none.
    pub minutes: i64,
    /// Whether the client pays for it.
    pub billable: bool,
    /// What was done.
    pub note: String,
    /// In cents: billable minutes at the billing rate of a project on time and material, nothing on others.
    pub revenue: i64,
    /// In cents: minutes at the cost rate valid that day; none where the person had no rate that day.
    pub labour_cost: Option<i64>,
}

/// None: queries say themselves what they join.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
