//! A user: an account that may log in.

use sea_orm::entity::prelude::*;

/// A row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "users")]
pub struct Model {
    /// Its id.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// What a person logs in with; unique, in lower case.
    #[sea_orm(unique)]
    pub email: String,
    /// What a person is called.
    pub name: String,
    /// The hash of the password, with its parameters.
    pub password_hash: String,
    /// Whether it may administer.
    pub is_admin: bool,
    /// Whether it sees every division, and what belongs to none.
    pub sees_all_divisions: bool,
    /// Whether it may see what a single person costs.
    pub sees_cost_rates: bool,
}

/// None: queries say themselves what they join.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
