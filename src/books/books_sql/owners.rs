//! Whose projects and people are, from a day on.

use crate::server::sql::sql;
use chrono::NaiveDate;
use sea_orm::{ConnectionTrait, DbErr};

/// Where it is kept whose the rows of a table are, from a day on.
pub(in crate::books) struct Owners {
    table: &'static str,
    /// Its dated table, and the column there that names the row.
    pub(super) dated: &'static str,
    pub(super) owned: &'static str,
}

/// Whose each project is.
pub(in crate::books) const PROJECT_OWNERS: Owners = Owners {
    table: "projects",
    dated: "project_divisions",
    owned: "project_id",
};

/// Where each person belongs.
pub(in crate::books) const PERSON_OWNERS: Owners = Owners {
    table: "people",
    dated: "person_divisions",
    owned: "person_id",
};

/// Whose the row `id` is from `from` on, whoever owned it from that day on before.
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

/// The row `id` says whose it is in the end.
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
