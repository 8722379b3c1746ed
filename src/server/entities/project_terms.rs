//! On which terms a project is worked on, from a day on until the next row's.

use sea_orm::entity::prelude::*;

/// A row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "project_terms")]
pub struct Model {
    /// The project.
    #[sea_orm(primary_key, auto_increment = false)]
    pub project_id: i64,
    /// The first day; the first row of each begins with the first day there is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub valid_from: Date,
    /// In cents per hour; what a project on time and material bills.
    pub billing_rate: Option<i64>,
    /// In cents; what a project at a fixed price earns as a whole.
    pub fee: Option<i64>,
    /// The project's first day.
    pub starts_on: Date,
    /// Its last day; none while it is open. A project at a fixed price has one.
    pub ends_on: Option<Date>,
}

/// None: queries say themselves what they join.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
