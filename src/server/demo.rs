//! The demo studio: a made-up studio to try the program with, the same every time.
//!
//! It depends only on the current month and the scale; rows dated after today are left out. So everything before a day
//! is the same, no matter on which day of the month it is filled in.

mod calendar;
mod chance;
mod divisions;
mod invoicing;
mod moves;
mod names;
mod notes;
mod plan;
mod price;
mod price_list;
mod pricing;
mod projects;
mod spending;
mod staff;
mod studio;
mod work;

use super::{
    accounts::accounts_sql::{self, NewRow},
    sql::sql,
};
use crate::{
    books::{BooksError, Change},
    message::Message,
    messages::cli,
};
use chrono::NaiveDate;
use sea_orm::{DatabaseConnection, DatabaseTransaction, DbErr};
use studio::Studio;

/// What is said of an account.
type Description = fn() -> Message;

/// The accounts of the demo studio: what each logs in with, and what it may see.
pub const ACCOUNTS: [(&str, Description); 3] = [
    ("controller@studio.test", cli::demo_sees_all),
    ("web.lead@studio.test", cli::demo_sees_web),
    ("viewer@studio.test", cli::demo_sees_no_labour_cost),
];

/// The password of every account of the demo studio.
pub const PASSWORD: &str = super::password::strength::PUBLISHED;

/// The division that its lead sees: the first that gets an id.
const WEB: i64 = 1;

/// The outcome of filling a database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The demo studio is in it.
    Filled,
    /// It had users or divisions already; nothing was changed.
    NotEmpty,
}

/// Fills an empty database with the demo studio as it is `today`, `scale` times as large as usual.
///
/// All accounts are given `password_hash`.
///
/// # Errors
/// The database failed; it is as it was.
pub async fn fill(
    db: &DatabaseConnection,
    today: NaiveDate,
    scale: u32,
    password_hash: &str,
) -> Result<Outcome, BooksError> {
    // If two fill it at once, one waits here for the other and finds its rows.
    let mut change = Change::begin(db).await?;
    if !is_empty(change.transaction()).await? {
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

/// Whether there are neither accounts nor divisions.
async fn is_empty(db: &DatabaseTransaction) -> Result<bool, DbErr> {
    let division = sql("SELECT id FROM divisions LIMIT 1").value::<i64>(db).await?;
    Ok(division.is_none() && !accounts_sql::are_there(db).await?)
}

/// Adds the accounts.
async fn add_users(db: &DatabaseTransaction, password_hash: &str) -> Result<(), DbErr> {
    let [(controller, _), (web_lead, _), (viewer, _)] = ACCOUNTS;
    let account = |email, name| NewRow {
        email,
        name,
        password_hash,
        is_admin: false,
        sees_all_divisions: true,
        sees_cost_rates: true,
    };
    let lead = names::person(0);
    let controller = NewRow {
        is_admin: true,
        ..account(controller, "Helena Kraus")
    };
    let web_lead = NewRow {
        sees_all_divisions: false,
        ..account(web_lead, &lead)
    };
    let viewer = NewRow {
        sees_cost_rates: false,
        ..account(viewer, "Tobias Engel")
    };
    accounts_sql::insert(db, controller).await?;
    let web_lead = accounts_sql::insert(db, web_lead)
        .await?
        .ok_or(DbErr::RecordNotInserted)?;
    accounts_sql::let_see(db, web_lead, WEB).await?;
    accounts_sql::insert(db, viewer).await?;
    Ok(())
}
