//! A project: what people work on, for a client or inside the studio.

use sea_orm::entity::prelude::*;

/// A row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "projects")]
pub struct Model {
    /// Its id.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// What stands in addresses and exports, such as `WEB-001`; unique.
    #[sea_orm(unique)]
    pub code: String,
    /// What a person reads.
    pub name: String,
    /// For whom; none for internal projects.
    pub client_id: Option<i64>,
    /// Whose it is in the end, as the latest row of `project_divisions` says; figures take the owner of the day.
    pub division_id: Option<i64>,
    /// How it earns.
    pub kind: Kind,
    /// In cents per hour; what a project on time and material bills. This and the next three are as the latest row of
    /// `project_terms` says.
    pub billing_rate: Option<i64>,
    /// In cents; what a project at a fixed price earns as a whole.
    pub fee: Option<i64>,
    /// Its first day.
    pub starts_on: Date,
    /// Its last day; none while it is open. A project at a fixed price has one.
    pub ends_on: Option<Date>,
    /// What it may cost, in cents: labour and bookings.
    pub budget: Option<i64>,
    /// How long it may take.
    pub budget_minutes: Option<i64>,
}

/// None: queries say themselves what they join.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// How a project earns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum Kind {
    /// Billable hours at the billing rate, and billable expenses.
    #[sea_orm(string_value = "time_and_material")]
    TimeAndMaterial,
    /// The fee, in proportion to the project's days.
    #[sea_orm(string_value = "fixed_price")]
    FixedPrice,
    /// Not at all.
    #[sea_orm(string_value = "internal")]
    Internal,
}
