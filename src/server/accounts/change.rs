//! Adding, listing and removing accounts, and setting passwords, from the command line.

use super::{
    accounts_sql::{self, AccountRow, DivisionRow, NewRow},
    stored_email,
};
use crate::{
    locale::logged_in_english,
    message::{Joint, Message, Told, Value},
    messages::{account, system},
    server::{
        cause, password,
        password::strength::{self, Weakness},
        studio_clock::{self, Calendar},
        violation::Violation,
    },
};
use chrono::NaiveDate;
use sea_orm::{DatabaseConnection, DbErr, TransactionTrait};

/// An account that is to be added.
pub struct NewAccount {
    /// The e-mail that the person logs in with.
    pub email: String,
    /// The person's name.
    pub name: String,
    /// Whether it sees every division, and what belongs to none.
    pub sees_all_divisions: bool,
    /// Whether it sees what a single person costs.
    pub sees_cost_rates: bool,
    /// Otherwise the divisions it sees, by slug.
    pub divisions: Vec<String>,
}

/// Why an account stays as it was.
#[derive(Debug, thiserror::Error)]
pub enum ChangeError {
    /// The text that was typed is no e-mail address.
    NoEmail(String),
    /// The name is empty.
    NoName,
    /// The password is too short or too long.
    Length,
    /// The password is easy to guess.
    Weak(#[from] Weakness),
    /// There is one already.
    Exists(String),
    /// There is none.
    Unknown(String),
    /// There is no such division, but perhaps others.
    UnknownDivision(String, Vec<Value>),
    /// It would see nothing.
    SeesNothing,
    /// The database failed.
    Database(DbErr),
    /// The database refuses the account: a division was removed meanwhile.
    Refused(#[from] Violation),
    /// The password could not be hashed.
    Password(#[from] password::HashError),
}

impl Told for ChangeError {
    fn message(&self) -> Message {
        match self {
            Self::NoEmail(typed) => account::no_email(Value::text(typed)),
            Self::NoName => account::no_name(),
            Self::Length => account::length(password::SHORTEST as u64, password::LONGEST as u64),
            Self::Weak(weakness) => weakness.message(),
            Self::Exists(email) => account::exists(Value::text(email)),
            Self::Unknown(email) => account::unknown(Value::text(email)),
            Self::UnknownDivision(slug, others) if others.is_empty() => account::no_divisions(Value::text(slug)),
            Self::UnknownDivision(slug, others) => {
                account::no_division(Value::Joined(others.clone(), Joint::Comma), Value::text(slug))
            }
            Self::SeesNothing => account::sees_nothing(),
            Self::Database(error) => system::failed(cause::of_database(error)),
            Self::Refused(violation) => violation.message.clone(),
            Self::Password(error) => error.message(),
        }
    }
}

logged_in_english!(ChangeError);

/// An account, as a list shows it.
pub struct Listed {
    /// What it logs in with.
    pub email: String,
    /// What the person is called.
    pub name: String,
    /// What it may see.
    pub sees: Value,
}

impl From<DbErr> for ChangeError {
    fn from(error: DbErr) -> Self {
        Violation::of(&error).map_or(Self::Database(error), Self::Refused)
    }
}

/// Adds an account and gives back the e-mail it logs in with.
///
/// # Errors
/// What was given can't be an account; nothing is added.
pub async fn add(
    db: &DatabaseConnection,
    calendar: &Calendar,
    new: NewAccount,
    password: String,
) -> Result<String, ChangeError> {
    let email = normal(&new.email)?;
    if new.name.trim().is_empty() {
        return Err(ChangeError::NoName);
    }
    if new.divisions.is_empty() && !new.sees_all_divisions {
        return Err(ChangeError::SeesNothing);
    }
    check(&password, &email, &new.name)?;
    let known = accounts_sql::divisions(db).await?;
    let mut chosen = Vec::new();
    for slug in &new.divisions {
        match known.iter().find(|division| division.slug == *slug) {
            Some(division) if !chosen.contains(&division.id) => chosen.push(division.id),
            Some(_) => {}
            None => {
                let today = today(db, calendar).await?;
                let slugs: Vec<_> = known.iter().map(|division| in_words(division, today)).collect();
                return Err(ChangeError::UnknownDivision(slug.clone(), slugs));
            }
        }
    }
    let password_hash = password::hash(password).await?;
    let transaction = db.begin().await?;
    let row = NewRow {
        email: &email,
        name: new.name.trim(),
        password_hash: &password_hash,
        is_admin: false,
        sees_all_divisions: new.sees_all_divisions,
        sees_cost_rates: new.sees_cost_rates,
    };
    // Nothing is read first: if two add the same account, the database refuses the later one.
    let added = match accounts_sql::insert(&transaction, row).await {
        Ok(added) => added.ok_or(DbErr::RecordNotInserted)?,
        Err(error) if Violation::of(&error).is_some_and(|violation| violation.field.as_deref() == Some("email")) => {
            return Err(ChangeError::Exists(email));
        }
        Err(error) => return Err(error.into()),
    };
    for division in chosen {
        accounts_sql::let_see(&transaction, added, division).await?;
    }
    transaction.commit().await?;
    Ok(email)
}

/// All accounts.
///
/// # Errors
/// The database failed.
pub async fn list(db: &DatabaseConnection, calendar: &Calendar) -> Result<Vec<Listed>, ChangeError> {
    let today = today(db, calendar).await?;
    let known = accounts_sql::divisions(db).await?;
    let seen = accounts_sql::sights(db).await?;
    let listed = |row: AccountRow| {
        let mut rights = Vec::new();
        if row.sees_all_divisions {
            rights.push(account::sees_all().into());
        }
        let own = seen.iter().filter(|seen| seen.user_id == row.id);
        rights.extend(own.filter_map(|own| {
            let division = known.iter().find(|division| division.id == own.division_id)?;
            Some(in_words(division, today))
        }));
        if row.sees_cost_rates {
            rights.push(account::sees_cost_rates().into());
        }
        Listed {
            email: row.email,
            name: row.name,
            sees: Value::Joined(rights, Joint::Comma),
        }
    };
    Ok(accounts_sql::all(db).await?.into_iter().map(listed).collect())
}

/// The day it is for the studio.
async fn today(db: &DatabaseConnection, calendar: &Calendar) -> Result<NaiveDate, DbErr> {
    Ok(calendar.today(studio_clock::time_zone(db).await?))
}

/// A division's slug, which says if it is archived: accounts that may see it still see its history.
fn in_words(division: &DivisionRow, today: NaiveDate) -> Value {
    let slug = Value::text(&division.slug);
    match division.archived_on.is_some_and(|day| day <= today) {
        true => account::archived(slug).into(),
        false => slug,
    }
}

/// Sets an account's password; sessions begun with the old one end.
///
/// # Errors
/// There is no such account, or the password is too short, too long or too easy to guess; the old one holds.
pub async fn set_password(db: &DatabaseConnection, email: &str, password: String) -> Result<(), ChangeError> {
    let account = find(db, email).await?;
    check(&password, &account.email, &account.name)?;
    let hash = password::hash(password).await?;
    Ok(accounts_sql::set_password_hash(db, account.id, &hash).await?)
}

/// Removes an account with its settings and sessions.
///
/// # Errors
/// There is no such account.
pub async fn remove(db: &DatabaseConnection, email: &str) -> Result<(), ChangeError> {
    let account = find(db, email).await?;
    Ok(accounts_sql::delete(db, account.id).await?)
}

async fn find(db: &DatabaseConnection, email: &str) -> Result<AccountRow, ChangeError> {
    let email = normal(email)?;
    let account = accounts_sql::by_email(db, &email).await?;
    account.ok_or(ChangeError::Unknown(email))
}

/// The spelling under which an account is stored.
fn normal(email: &str) -> Result<String, ChangeError> {
    let email = stored_email(email);
    let is_address = email.len() <= 320
        && email
            .split_once('@')
            .is_some_and(|(name, host)| !name.is_empty() && !host.is_empty() && !host.contains('@'))
        && !email
            .chars()
            .any(|letter| letter.is_whitespace() || letter.is_control());
    if is_address {
        Ok(email)
    } else {
        Err(ChangeError::NoEmail(email))
    }
}

/// Whether `password` may be that of an account with this e-mail and name.
fn check(password: &str, email: &str, name: &str) -> Result<(), ChangeError> {
    if password.chars().count() < password::SHORTEST || password.len() > password::LONGEST {
        return Err(ChangeError::Length);
    }
    Ok(strength::check(password, email, name)?)
}
