//! How a project earns.

use sea_orm::{DeriveActiveEnum, EnumIter};

/// How a project earns, as the database writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum ProjectKind {
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
