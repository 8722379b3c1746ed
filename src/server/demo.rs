//! The demo studio: a made-up studio to try the program with, the same every time.
//!
//! It is a function of the current month and the scale alone; rows dated after today are left out. So what happened
//! before a day doesn't depend on which day of the month it is filled in.

mod calendar;
mod chance;
mod divisions;
mod invoicing;
mod moves;
mod names;
mod notes;
mod plan;
mod price_list;
mod pricing;
mod projects;
mod spending;
mod staff;
mod studio;
mod work;

use super::entities::{division, user, user_division};
use crate::books::{BooksError, Change};
use chrono::NaiveDate;
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, EntityTrait, IntoActiveModel,
    PaginatorTrait,
};
use studio::Studio;

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
) -> Result<Outcome, BooksError> {
    // Of two that fill at once, one waits here for the other and finds its rows.
    let mut change = Change::begin(db).await?;
    let rows = user::Entity::find().count(change.transaction()).await?
        + division::Entity::find().count(change.transaction()).await?;
    if rows > 0 {
        change.roll_back().await?;
        return Ok(Outcome::NotEmpty);
    }
    enter(&mut change, &Studio::new(today, scale)).await?;
    add_users(change.transaction(), password_hash).await?;
    change.commit().await?;
    Ok(Outcome::Filled)
}

/// Enters the studio into the books, each thing after those it refers to.
async fn enter(change: &mut Change, studio: &Studio) -> Result<(), BooksError> {
    change.add_divisions(studio.divisions()).await?;
    change.add_clients(studio.clients()).await?;
    change.add_people(studio.people()).await?;
    for (person, from, rate) in studio.cost_rates() {
        change.set_cost_rate(person, from, rate).await?;
    }
    change.set_capacities(studio.capacities()).await?;
    for (from, key) in studio.overhead_keys() {
        change.set_key(from, key).await?;
    }
    change.add_projects(studio.projects()).await?;
    change.book_time(studio.time()).await?;
    change.book_costs(studio.bookings()).await?;
    change.add_invoices(studio.invoices()).await?;
    for (project, from, division) in studio.moved_projects() {
        change.move_project(project, from, division).await?;
    }
    for (person, from, division) in studio.moved_people() {
        change.move_person(person, from, division).await?;
    }
    for (division, from) in studio.archived() {
        change.archive_division(division, from).await?;
    }
    Ok(())
}

/// Adds the accounts.
async fn add_users(db: &DatabaseTransaction, password_hash: &str) -> Result<(), DbErr> {
    user::Entity::insert_many(users(password_hash).map(IntoActiveModel::into_active_model))
        .exec_without_returning(db)
        .await?;
    user_division::Entity::insert_many([WEB_LEAD_SEES_WEB.into_active_model()])
        .exec_without_returning(db)
        .await?;
    if db.get_database_backend() == DbBackend::Postgres {
        // Rows that came with their ids left the sequence behind.
        db.execute_unprepared("SELECT setval(pg_get_serial_sequence('users', 'id'), max(id)) FROM users")
            .await?;
    }
    Ok(())
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
