//! A booking: a cost that is not working time.

use sea_orm::entity::prelude::*;

/// A row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "bookings")]
pub struct Model {
    /// Its id.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Its date.
    pub booked_on: Date,
    /// What kind of cost: Licences, Travel, Rent…
    pub category: String,
    /// What for.
    pub text: String,
    /// From whom.
    pub supplier: String,
    /// In cents, net; negative for a credit.
    pub amount: i64,
    /// Whether the client of its project pays for it.
    pub billable: bool,
    /// The project it is for, if it is for one; a booking has a project, a division, is shared, or none of these.
    pub project_id: Option<i64>,
    /// The division it is for, if it is for one as a whole.
    pub division_id: Option<i64>,
    /// Whether the overhead key splits it over the divisions.
    pub shared: bool,
    /// What a search looks through, see [`search_text`].
    pub search: String,
}

/// None: queries say themselves what they join.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// What a search for a booking looks through, in lower case: databases differ in how they fold case beyond ASCII.
pub fn search_text(text: &str, supplier: &str, category: &str, project_code: Option<&str>) -> String {
    [text, supplier, category, project_code.unwrap_or_default()]
        .join(" ")
        .trim_end()
        .to_lowercase()
}
