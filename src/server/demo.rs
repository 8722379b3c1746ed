//! The demo studio: a made-up studio to try the program with, the same every time.
//!
//! It is a function of the current month and the scale alone; rows dated after today are left out. So what happened
//! before a day doesn't depend on which day of the month it is filled in.

mod calendar;
mod chance;
mod divisions;
mod invoicing;
mod names;
mod notes;
mod plan;
mod price_list;
mod pricing;
mod projects;
mod spending;
mod staff;
mod studio;
mod tables;
mod work;

use super::entities::{data_revision, division, user, user_division};
use chrono::NaiveDate;
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, EntityTrait, ExprTrait, PaginatorTrait,
    TransactionTrait, sea_query::Expr,
};
use studio::Studio;
use tables::insert;

/// The accounts of the demo studio: what each logs in with, and what it may see.
pub const ACCOUNTS: [(&str, &str); 3] = [
    ("controller@studio.test", "everything"),
    ("web.lead@studio.test", "the division Web"),
    (
        "viewer@studio.test",
        "every division, but nothing that contains labour cost",
    ),
];

/// The password of every account of the demo studio.
pub const PASSWORD: &str = "demo-password";

/// The ids are those the second account and the first division are given.
const WEB_LEAD_SEES_WEB: user_division::Model = user_division::Model {
    user_id: 2,
    division_id: 1,
};

/// What became of the attempt to fill a database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The demo studio is in it.
    Filled,
    /// There were users or divisions in it already; nothing was changed.
    NotEmpty,
}

/// Fills an empty database with the demo studio as it is `today`, `scale` times as large as usual.
///
/// All accounts are given `password_hash`.
///
/// # Errors
/// The database fails; it is as it was then.
pub async fn fill(
    db: &DatabaseConnection,
    today: NaiveDate,
    scale: u32,
    password_hash: &str,
) -> Result<Outcome, DbErr> {
    let transaction = db.begin().await?;
    // Written before anything is read: of two that fill at once, one waits here for the other and finds its rows.
    data_revision::Entity::update_many()
        .col_expr(
            data_revision::Column::Revision,
            Expr::col(data_revision::Column::Revision).add(1),
        )
        .exec(&transaction)
        .await?;
    let rows = user::Entity::find().count(&transaction).await? + division::Entity::find().count(&transaction).await?;
    if rows > 0 {
        transaction.rollback().await?;
        return Ok(Outcome::NotEmpty);
    }
    write(&transaction, &Studio::new(today, scale), password_hash).await?;
    if transaction.get_database_backend() == DbBackend::Postgres {
        move_sequences(&transaction).await?;
    }
    transaction.commit().await?;
    Ok(Outcome::Filled)
}

/// Writes the tables, each after those it refers to.
async fn write(db: &DatabaseTransaction, studio: &Studio, password_hash: &str) -> Result<(), DbErr> {
    insert(db, studio.divisions()).await?;
    insert(db, users(password_hash)).await?;
    insert(db, [WEB_LEAD_SEES_WEB]).await?;
    insert(db, studio.clients()).await?;
    insert(db, studio.people()).await?;
    insert(db, studio.cost_rates()).await?;
    insert(db, studio.capacities()).await?;
    insert(db, studio.overhead_keys()).await?;
    insert(db, studio.projects()).await?;
    insert(db, studio.time_entries()).await?;
    insert(db, studio.bookings()).await?;
    insert(db, studio.booking_parts()).await?;
    insert(db, studio.invoices()).await
}

fn users(password_hash: &str) -> [user::Model; 3] {
    let user = |id, email: &str, name: &str| user::Model {
        id,
        email: email.to_owned(),
        name: name.to_owned(),
        password_hash: password_hash.to_owned(),
        is_admin: false,
        sees_all_divisions: true,
        sees_cost_rates: true,
    };
    let [(controller, _), (web_lead, _), (viewer, _)] = ACCOUNTS;
    [
        user::Model {
            is_admin: true,
            ..user(1, controller, "Helena Kraus")
        },
        user::Model {
            sees_all_divisions: false,
            ..user(2, web_lead, &names::person(0))
        },
        user::Model {
            sees_cost_rates: false,
            ..user(3, viewer, "Tobias Engel")
        },
    ]
}

/// Rows that came with their ids left Postgres' sequences behind.
async fn move_sequences(db: &DatabaseTransaction) -> Result<(), DbErr> {
    for table in [
        "divisions",
        "users",
        "clients",
        "people",
        "cost_rates",
        "overhead_keys",
        "projects",
        "time_entries",
        "bookings",
        "booking_parts",
        "invoices",
    ] {
        let sql = format!("SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}");
        db.execute_unprepared(&sql).await?;
    }
    Ok(())
}
