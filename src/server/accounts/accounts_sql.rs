//! The accounts' SQL.

use crate::server::sql::sql;
use chrono::NaiveDate;
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult};

/// An account with one of the divisions it sees, if it sees any, the revisions of the data and of the rights, and where the
/// studio's data begins.
#[derive(FromQueryResult)]
pub(super) struct SeenRow {
    pub(super) id: i64,
    pub(super) name: String,
    pub(super) password_hash: String,
    pub(super) sees_all_divisions: bool,
    pub(super) sees_cost_rates: bool,
    pub(super) data_revision: i64,
    pub(super) rights_revision: i64,
    pub(super) epoch: String,
    pub(super) time_zone: String,
    pub(super) first_time: Option<NaiveDate>,
    pub(super) first_booking: Option<NaiveDate>,
    pub(super) division_id: Option<i64>,
    pub(super) slug: Option<String>,
    pub(super) division_name: Option<String>,
    pub(super) accent: Option<String>,
    pub(super) archived_on: Option<NaiveDate>,
}

/// Everything a request needs to know about the account with this id, in one query: a row for each division it sees.
pub(super) async fn seen_by_id(db: &impl ConnectionTrait, id: i64) -> Result<Vec<SeenRow>, DbErr> {
    sql(seen("users.id = $1")).bind(id).all(db).await
}

/// The same for the account with this e-mail.
pub(super) async fn seen_by_email(db: &impl ConnectionTrait, email: &str) -> Result<Vec<SeenRow>, DbErr> {
    sql(seen("users.email = $1")).bind(email).all(db).await
}

/// SQLite takes any text for a day: one that is no day, or has a time as well, must not lock everybody out.
fn seen(condition: &str) -> String {
    format!(
        "SELECT users.id, users.name, users.password_hash, users.sees_all_divisions, users.sees_cost_rates,
                (SELECT revision FROM data_revision) AS data_revision,
                (SELECT revision FROM rights_revision) AS rights_revision,
                (SELECT epoch FROM database_epoch) AS epoch,
                (SELECT time_zone FROM studio_clock) AS time_zone,
                (SELECT date(worked_on) FROM time_entries ORDER BY worked_on LIMIT 1) AS first_time,
                (SELECT date(booked_on) FROM bookings ORDER BY booked_on LIMIT 1) AS first_booking,
                divisions.id AS division_id, divisions.slug, divisions.name AS division_name, divisions.accent,
                date(divisions.archived_on) AS archived_on
         FROM users
         LEFT JOIN divisions ON users.sees_all_divisions
              OR EXISTS (SELECT 1 FROM user_divisions
                         WHERE user_divisions.user_id = users.id AND user_divisions.division_id = divisions.id)
         WHERE {condition}
         ORDER BY divisions.position, divisions.id"
    )
}

/// Whether there are accounts.
pub(in crate::server) async fn are_there(db: &impl ConnectionTrait) -> Result<bool, DbErr> {
    Ok(sql("SELECT id FROM users LIMIT 1").value::<i64>(db).await?.is_some())
}

/// The values that are stored for a new account.
pub(in crate::server) struct NewRow<'a> {
    /// In lower case.
    pub(in crate::server) email: &'a str,
    pub(in crate::server) name: &'a str,
    pub(in crate::server) password_hash: &'a str,
    pub(in crate::server) is_admin: bool,
    pub(in crate::server) sees_all_divisions: bool,
    pub(in crate::server) sees_cost_rates: bool,
}

/// Adds an account and gives its id, if it was added.
pub(in crate::server) async fn insert(db: &impl ConnectionTrait, new: NewRow<'_>) -> Result<Option<i64>, DbErr> {
    sql(
        "INSERT INTO users (email, name, password_hash, is_admin, sees_all_divisions, sees_cost_rates)
         VALUES ($1, $2, $3, $4, $5, $6) RETURNING id",
    )
    .bind(new.email)
    .bind(new.name)
    .bind(new.password_hash)
    .bind(new.is_admin)
    .bind(new.sees_all_divisions)
    .bind(new.sees_cost_rates)
    .value(db)
    .await
}

/// Lets an account see a division.
pub(in crate::server) async fn let_see(db: &impl ConnectionTrait, account: i64, division: i64) -> Result<(), DbErr> {
    sql("INSERT INTO user_divisions (user_id, division_id) VALUES ($1, $2)")
        .bind(account)
        .bind(division)
        .run(db)
        .await?;
    Ok(())
}

/// The parts of a division that accounts need.
#[derive(FromQueryResult)]
pub(super) struct DivisionRow {
    pub(super) id: i64,
    pub(super) slug: String,
    pub(super) archived_on: Option<NaiveDate>,
}

/// All divisions in their order.
pub(super) async fn divisions(db: &impl ConnectionTrait) -> Result<Vec<DivisionRow>, DbErr> {
    sql("SELECT id, slug, archived_on FROM divisions ORDER BY position, id")
        .all(db)
        .await
}

/// An account, as it is listed.
#[derive(FromQueryResult)]
pub(super) struct AccountRow {
    pub(super) id: i64,
    pub(super) email: String,
    pub(super) name: String,
    pub(super) sees_all_divisions: bool,
    pub(super) sees_cost_rates: bool,
}

/// All accounts, by e-mail.
pub(super) async fn all(db: &impl ConnectionTrait) -> Result<Vec<AccountRow>, DbErr> {
    sql("SELECT id, email, name, sees_all_divisions, sees_cost_rates FROM users ORDER BY email")
        .all(db)
        .await
}

/// That an account sees a division.
#[derive(FromQueryResult)]
pub(super) struct SightRow {
    pub(super) user_id: i64,
    pub(super) division_id: i64,
}

/// The divisions that each account sees.
pub(super) async fn sights(db: &impl ConnectionTrait) -> Result<Vec<SightRow>, DbErr> {
    sql("SELECT user_id, division_id FROM user_divisions").all(db).await
}

/// The account with this e-mail, as it is listed.
pub(super) async fn by_email(db: &impl ConnectionTrait, email: &str) -> Result<Option<AccountRow>, DbErr> {
    sql("SELECT id, email, name, sees_all_divisions, sees_cost_rates FROM users WHERE email = $1")
        .bind(email)
        .one(db)
        .await
}

/// Gives an account the hash of another password.
pub(super) async fn set_password_hash(db: &impl ConnectionTrait, account: i64, hash: &str) -> Result<(), DbErr> {
    sql("UPDATE users SET password_hash = $1 WHERE id = $2")
        .bind(hash)
        .bind(account)
        .run(db)
        .await?;
    Ok(())
}

/// Removes an account with what belongs to it.
pub(super) async fn delete(db: &impl ConnectionTrait, account: i64) -> Result<(), DbErr> {
    sql("DELETE FROM users WHERE id = $1").bind(account).run(db).await?;
    Ok(())
}

/// The hash of the password of the account with this e-mail, if there is one.
pub(in crate::server) async fn password_hash(db: &impl ConnectionTrait, email: &str) -> Result<Option<String>, DbErr> {
    sql("SELECT password_hash FROM users WHERE email = $1")
        .bind(email)
        .value(db)
        .await
}
