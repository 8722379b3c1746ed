//! Who may log in, and who is logged in.

pub(super) mod accounts_sql;
mod change;

pub use change::{ChangeError, Listed, NewAccount, add, list, remove, set_password};

use super::{
    digest::Digest,
    door::Attempt,
    logged::Logged,
    password,
    studio_clock::{self, Calendar},
};
use crate::{
    error::{AppError, ErrorKind},
    locale::logged_in_english,
    message::{Message, Told, Value},
    messages::system,
    user::{DivisionOption, User},
};
use accounts_sql::SeenRow;
use axum_login::{AuthUser, AuthnBackend};
use chrono::NaiveDate;
use sea_orm::{DatabaseConnection, DbErr};
use std::{
    fmt,
    hash::{DefaultHasher, Hash, Hasher},
};

/// The session of the request, as axum-login sees it.
pub type AuthSession = axum_login::AuthSession<Accounts>;

/// The accounts in the database.
#[derive(Clone)]
pub struct Accounts {
    db: DatabaseConnection,
    calendar: Calendar,
}

/// What a person typed to log in, once its turn has come.
pub struct Credentials {
    /// The e-mail as it is stored, see [`stored_email`].
    pub email: String,
    /// As typed.
    pub password: String,
    /// The turn. It learns how the try ends, even if the browser has gone away meanwhile.
    pub attempt: Attempt,
}

/// The spelling under which an e-mail that was typed is stored; case doesn't matter.
pub fn stored_email(typed: &str) -> String {
    typed.trim().to_lowercase()
}

/// A division an account may see.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct VisibleDivision {
    /// Its id in the database.
    pub id: i64,
    /// The day from which it can no longer be chosen, which may be in the future.
    pub archived_on: Option<NaiveDate>,
    /// What the browser may know about it, and whether that day has come.
    pub option: DivisionOption,
}

/// An account, with what it may see at this moment and how new the data is.
#[derive(Clone)]
pub struct Account {
    /// Its id in the database.
    pub id: i64,
    /// The person's name.
    pub name: String,
    /// Whether it sees every division, and what belongs to none.
    pub sees_all_divisions: bool,
    /// Whether it may see what people cost, and figures that contain it.
    pub sees_cost_rates: bool,
    /// The divisions it may see, archived ones as well, in order.
    pub divisions: Vec<VisibleDivision>,
    /// The day it was for the studio when this was read.
    pub today: NaiveDate,
    /// The first day of which the studio has time or a booking, if it has any. It is the same for every account, and says
    /// nothing of a division.
    pub first_entry: Option<NaiveDate>,
    /// The revision of the figures' data when this was read.
    pub data_revision: i64,
    /// How many changes of rights there had been then.
    pub rights_revision: i64,
    /// The epoch of the database that this was read from.
    pub epoch: String,
    password_hash: String,
    /// The digest of the password's hash that a session keeps.
    session_hash: Digest,
}

impl Account {
    /// A fingerprint of what it may see, including the names of the divisions and which of them are archived: figures
    /// made for one account serve any other with the same fingerprint.
    pub fn rights(&self) -> String {
        let mut hasher = DefaultHasher::new();
        (self.sees_all_divisions, self.sees_cost_rates, &self.divisions).hash(&mut hasher);
        format!("{:016x}", hasher.finish())
    }

    /// What the browser may know about it.
    pub fn user(&self) -> User {
        let options = self.divisions.iter().map(|division| division.option.clone());
        let (archived_divisions, divisions) = options.partition(|option| option.archived);
        User {
            name: self.name.clone(),
            divisions,
            archived_divisions,
            sees_everything: self.sees_all_divisions,
            today: self.today,
        }
    }
}

impl fmt::Debug for Account {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Account")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

/// Why the accounts can't be read.
#[derive(Debug, thiserror::Error)]
pub enum AccountError {
    /// The database failed. It is logged by the layers of the login as well.
    Database(#[from] DbErr),
    /// The password could not be compared.
    Password(#[from] password::HashError),
}

impl Told for AccountError {
    fn message(&self) -> Message {
        match self {
            Self::Database(error) => system::failed(Value::text(Logged(error).to_string())),
            Self::Password(error) => error.message(),
        }
    }
}

logged_in_english!(AccountError);

impl From<AccountError> for AppError {
    fn from(error: AccountError) -> Self {
        match error {
            AccountError::Database(error) => error.into(),
            AccountError::Password(error) => {
                tracing::error!(%error, "a password could not be compared");
                Self::new(ErrorKind::Unavailable, crate::messages::error::password_unchecked())
            }
        }
    }
}

impl Accounts {
    /// The accounts in `db`, with days by `calendar`.
    pub fn new(db: DatabaseConnection, calendar: Calendar) -> Self {
        Self { db, calendar }
    }

    /// The account with this e-mail, as a person may write it.
    ///
    /// # Errors
    /// The database failed.
    pub async fn with_email(&self, email: &str) -> Result<Option<Account>, AccountError> {
        Ok(self.of(accounts_sql::seen_by_email(&self.db, &stored_email(email)).await?)?)
    }

    /// The account that these rows describe.
    fn of(&self, rows: Vec<SeenRow>) -> Result<Option<Account>, DbErr> {
        let mut account = None;
        for row in rows {
            let today = self.calendar.today(studio_clock::named(&row.time_zone)?);
            let account = account.get_or_insert_with(|| Account {
                id: row.id,
                name: row.name,
                session_hash: Digest::of(&row.password_hash),
                password_hash: row.password_hash,
                sees_all_divisions: row.sees_all_divisions,
                sees_cost_rates: row.sees_cost_rates,
                divisions: Vec::new(),
                today,
                first_entry: row.first_time.into_iter().chain(row.first_booking).min(),
                data_revision: row.data_revision,
                rights_revision: row.rights_revision,
                epoch: row.epoch,
            });
            if let (Some(id), Some(slug), Some(name), Some(accent)) =
                (row.division_id, row.slug, row.division_name, row.accent)
            {
                let archived = row.archived_on.is_some_and(|day| day <= account.today);
                account.divisions.push(VisibleDivision {
                    id,
                    archived_on: row.archived_on,
                    option: DivisionOption {
                        slug,
                        name,
                        accent,
                        archived,
                    },
                });
            }
        }
        Ok(account)
    }
}

impl AuthUser for Account {
    type Id = i64;

    fn id(&self) -> i64 {
        self.id
    }

    /// A changed password ends every session that was begun with the old one. The session keeps this, so it is not the
    /// hash itself.
    fn session_auth_hash(&self) -> &[u8] {
        self.session_hash.bytes()
    }
}

impl AuthnBackend for Accounts {
    type User = Account;
    type Credentials = Credentials;
    type Error = AccountError;

    async fn authenticate(&self, typed: Credentials) -> Result<Option<Account>, AccountError> {
        let account = self.of(accounts_sql::seen_by_email(&self.db, &typed.email).await?)?;
        let hash = account.as_ref().map(|account| account.password_hash.clone());
        let attempt = typed.attempt;
        let matches = password::verify(typed.password, hash, move |matches| attempt.end(matches)).await?;
        Ok(account.filter(|_| matches))
    }

    async fn get_user(&self, id: &i64) -> Result<Option<Account>, AccountError> {
        Ok(self.of(accounts_sql::seen_by_id(&self.db, *id).await?)?)
    }
}
