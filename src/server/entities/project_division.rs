//! Whose a project is, from a day on until the next row's.

use sea_orm::entity::prelude::*;

/// A row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "project_divisions")]
pub struct Model {
    /// The project.
    #[sea_orm(primary_key, auto_increment = false)]
    pub project_id: i64,
    /// The first day; the first row of each begins with the first day there is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub valid_from: Date,
    /// In whose result it counts; none where it is unassigned.
    pub division_id: Option<i64>,
}

/// None: queries say themselves what they join.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
