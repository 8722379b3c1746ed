//! Who may log in, who is logged in, and the accounts' SQL.

mod change;

pub use change::{ChangeError, NewAccount, add, list, remove, set_password};

use super::password;
use crate::{error::AppError, person::DivisionOption};
use axum_login::{AuthUser, AuthnBackend};
use sea_orm::{DatabaseConnection, DbErr, FromQueryResult, Statement, Value};
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
}

/// What a person types to log in.
pub struct Credentials {
    /// As typed; case doesn't matter.
    pub email: String,
    /// As typed.
    pub password: String,
}

/// A division an account may see.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct VisibleDivision {
    /// Its id in the database.
    pub id: i64,
    /// What the browser may know of it.
    pub option: DivisionOption,
}

/// An account, with what it may see at this moment and how new the data is.
#[derive(Clone)]
pub struct Account {
    /// Its id in the database.
    pub id: i64,
    /// What a person is called.
    pub name: String,
    /// Whether it sees every division, and what belongs to none.
    pub sees_all_divisions: bool,
    /// Whether it may see what a single person costs.
    pub sees_cost_rates: bool,
    /// The divisions it may see, without archived ones, in order.
    pub divisions: Vec<VisibleDivision>,
    /// The revision of the figures' data when this was read.
    pub data_revision: i64,
    /// How many changes of rights there had been then.
    pub rights_revision: i64,
    /// The epoch of the database that this was read from.
    pub epoch: String,
    password_hash: String,
}

impl Account {
    /// A fingerprint of what it may see, the names of the divisions included: figures made for one are those for
    /// another with the same.
    pub fn rights(&self) -> String {
        let mut hasher = DefaultHasher::new();
        (self.sees_all_divisions, self.sees_cost_rates, &self.divisions).hash(&mut hasher);
        format!("{:016x}", hasher.finish())
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
    /// The database failed.
    #[error(transparent)]
    Database(#[from] DbErr),
    /// The password could not be compared.
    #[error(transparent)]
    Password(#[from] password::HashError),
}

impl From<AccountError> for AppError {
    fn from(error: AccountError) -> Self {
        match error {
            AccountError::Database(error) => error.into(),
            AccountError::Password(error) => {
                tracing::error!(%error, "a password could not be compared");
                Self::internal()
            }
        }
    }
}

#[derive(FromQueryResult)]
struct AccountRow {
    id: i64,
    name: String,
    password_hash: String,
    sees_all_divisions: bool,
    sees_cost_rates: bool,
    data_revision: i64,
    rights_revision: i64,
    epoch: String,
    division_id: Option<i64>,
    slug: Option<String>,
    division_name: Option<String>,
    accent: Option<String>,
}

impl Accounts {
    /// The accounts in `db`.
    pub fn new(db: DatabaseConnection) -> Self {
        Self { db }
    }

    /// The one account for which `condition` holds; everything a request needs to know of it in one query.
    async fn find(&self, condition: &str, value: Value) -> Result<Option<Account>, DbErr> {
        let sql = format!(
            "SELECT u.id, u.name, u.password_hash, u.sees_all_divisions, u.sees_cost_rates,
                    (SELECT revision FROM data_revision) AS data_revision,
                    (SELECT revision FROM rights_revision) AS rights_revision,
                    (SELECT epoch FROM database_epoch) AS epoch,
                    d.id AS division_id, d.slug, d.name AS division_name, d.accent
             FROM users u
             LEFT JOIN divisions d ON d.archived_on IS NULL
                  AND (u.sees_all_divisions
                       OR EXISTS (SELECT 1 FROM user_divisions x WHERE x.user_id = u.id AND x.division_id = d.id))
             WHERE {condition}
             ORDER BY d.position, d.id"
        );
        let statement = Statement::from_sql_and_values(self.db.get_database_backend(), sql, [value]);
        let mut account = None;
        for row in AccountRow::find_by_statement(statement).all(&self.db).await? {
            let account = account.get_or_insert_with(|| Account {
                id: row.id,
                name: row.name,
                password_hash: row.password_hash,
                sees_all_divisions: row.sees_all_divisions,
                sees_cost_rates: row.sees_cost_rates,
                divisions: Vec::new(),
                data_revision: row.data_revision,
                rights_revision: row.rights_revision,
                epoch: row.epoch,
            });
            if let (Some(id), Some(slug), Some(name), Some(accent)) =
                (row.division_id, row.slug, row.division_name, row.accent)
            {
                account.divisions.push(VisibleDivision {
                    id,
                    option: DivisionOption { slug, name, accent },
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

    /// A changed password ends every session that was begun with the old one.
    fn session_auth_hash(&self) -> &[u8] {
        self.password_hash.as_bytes()
    }
}

impl AuthnBackend for Accounts {
    type User = Account;
    type Credentials = Credentials;
    type Error = AccountError;

    async fn authenticate(&self, typed: Credentials) -> Result<Option<Account>, AccountError> {
        let account = self
            .find("u.email = $1", typed.email.trim().to_lowercase().into())
            .await?;
        let hash = account.as_ref().map(|account| account.password_hash.clone());
        let matches = password::verify(typed.password, hash).await?;
        Ok(account.filter(|_| matches))
    }

    async fn get_user(&self, id: &i64) -> Result<Option<Account>, AccountError> {
        Ok(self.find("u.id = $1", (*id).into()).await?)
    }
}
