//! Which division owns each project and person, from a day on.

use crate::server::sql::sql;
use chrono::NaiveDate;
use sea_orm::{ConnectionTrait, DbErr};

/// The table that records who owns the rows of another, from a day on.
pub(in crate::books) struct Owners {
    table: &'static str,
    /// Its dated table, and the column there that names the row.
    pub(super) dated: &'static str,
    pub(super) owned: &'static str,
}

/// The owners of projects.
pub(in crate::books) const PROJECT_OWNERS: Owners = Owners {
    table: "projects",
    dated: "project_divisions",
    owned: "project_id",
};

/// The divisions that people belong to.
pub(in crate::books) const PERSON_OWNERS: Owners = Owners {
    table: "people",
    dated: "person_divisions",
    owned: "person_id",
};

/// Makes `division` the owner of the row `id` from `from` on, in place of an earlier entry for that day.
pub(in crate::books) async fn set_owner(
    db: &impl ConnectionTrait,
    Owners { dated, owned, .. }: &Owners,
    id: i64,
    from: NaiveDate,
    division: Option<i64>,
) -> Result<(), DbErr> {
    sql(format!(
        "INSERT INTO {dated} ({owned}, valid_from, division_id) VALUES ($1, $2, $3)
         ON CONFLICT ({owned}, valid_from) DO UPDATE SET division_id = excluded.division_id"
    ))
    .bind(id)
    .bind(from)
    .bind(division)
    .run(db)
    .await?;
    Ok(())
}

/// Stores the latest owner in the row `id`.
pub(in crate::books) async fn mirror_owner(
    db: &impl ConnectionTrait,
    Owners { table, dated, owned }: &Owners,
    id: i64,
) -> Result<(), DbErr> {
    sql(format!(
        "UPDATE {table} SET division_id = (SELECT division_id FROM {dated}
                                           WHERE {owned} = $1 ORDER BY valid_from DESC LIMIT 1)
         WHERE id = $1"
    ))
    .bind(id)
    .run(db)
    .await?;
    Ok(())
}
