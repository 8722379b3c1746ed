//! The users of a history with their browsers and windows, and the database's values for them.

use super::{
    chance::Chance,
    record::{Owned, Record, Rows},
    window::{Habits, Window},
    wire::{Browser, epoch, keys},
};
use crate::app::CONTROLLER;
use control_maniac::{server::db, sticky::Stamped};
use sea_orm::{ConnectionTrait, DatabaseConnection, QueryResult, Statement};
use std::{
    collections::HashMap,
    net::SocketAddr,
    sync::{Arc, Mutex},
};

/// The sizes of a run.
#[derive(Clone, Copy)]
pub struct Size {
    pub users: usize,
    /// Browsers of each user.
    pub sessions: usize,
    /// Windows of each browser.
    pub windows: usize,
}

pub struct Studio {
    pub size: Size,
    pub windows: Vec<Arc<Window>>,
    /// Of each user, of each of their browsers.
    pub browsers: Vec<Vec<Arc<Browser>>>,
    accounts: Vec<i64>,
    database_url: String,
    /// `None` while a backup is put back.
    db: Mutex<Option<DatabaseConnection>>,
}

/// A session's copy of a setting, if it has one: of whom and which, the session, and the value with its epoch.
pub type Copied = (Owned, usize, Option<(String, Stamped<String>)>);

impl Studio {
    pub async fn open(
        database_url: &str,
        size: Size,
        nodes: &[SocketAddr],
        record: &Arc<Record>,
        seed: u64,
        habits: Habits,
    ) -> Self {
        let mut studio = Self {
            size,
            windows: Vec::new(),
            browsers: Vec::new(),
            accounts: Vec::new(),
            database_url: database_url.to_owned(),
            db: Mutex::default(),
        };
        studio.connect().await;
        let db = studio.db();
        for user in 0..size.users {
            let email = format!("user{user}@history.test");
            let account = add_user(&db, &email).await;
            let mut browsers = Vec::new();
            for session in 0..size.sessions {
                let number = (user * size.sessions + session) as u64;
                let browser = Arc::new(Browser::log_in(nodes, &email, Chance::of(seed, 1_000 + number)).await);
                for window in 0..size.windows {
                    let place = (user, session, window);
                    studio
                        .windows
                        .push(Arc::new(Window::new(place, account, &browser, record, habits)));
                }
                browsers.push(browser);
            }
            studio.accounts.push(account);
            studio.browsers.push(browsers);
        }
        studio
    }

    /// The windows of a user's browser.
    pub fn windows_of(&self, user: usize, session: usize) -> &[Arc<Window>] {
        let first = (user * self.size.sessions + session) * self.size.windows;
        &self.windows[first..first + self.size.windows]
    }

    /// A connection of its own to the database.
    pub fn db(&self) -> DatabaseConnection {
        self.db.lock().unwrap().clone().unwrap()
    }

    pub async fn connect(&self) {
        let db = db::open(&self.database_url).await.unwrap();
        *self.db.lock().unwrap() = Some(db);
    }

    pub async fn disconnect(&self) {
        let db = self.db.lock().unwrap().take().unwrap();
        db.close().await.unwrap();
    }

    async fn query(&self, sql: &str) -> Vec<QueryResult> {
        let db = self.db();
        let select = Statement::from_string(db.get_database_backend(), sql);
        db.query_all_raw(select).await.unwrap()
    }

    /// The epoch in which the database is.
    pub async fn epoch(&self) -> String {
        let rows = self.query("SELECT epoch FROM database_epoch").await;
        rows[0].try_get("", "epoch").unwrap()
    }

    /// The values of the rows, which are the authority.
    pub async fn rows(&self) -> Rows {
        let rows = self.query("SELECT user_id, key, value, revision FROM settings").await;
        let of_history = rows.iter().filter_map(|row| {
            let account: i64 = row.try_get("", "user_id").unwrap();
            let key: String = row.try_get("", "key").unwrap();
            let user = self.accounts.iter().position(|one| *one == account)?;
            let setting = keys().iter().position(|one| *one == key)?;
            let stamped = Stamped {
                value: row.try_get("", "value").unwrap(),
                revision: row.try_get("", "revision").unwrap(),
            };
            Some(((user, setting), stamped))
        });
        of_history.collect()
    }

    /// The copies in the sessions.
    pub async fn copies(&self) -> Vec<Copied> {
        let rows = self.query("SELECT id, record FROM sessions").await;
        let records: HashMap<String, String> = rows
            .iter()
            .map(|row| (row.try_get("", "id").unwrap(), row.try_get("", "record").unwrap()))
            .collect();
        let mut copies = Vec::new();
        for (user, browsers) in self.browsers.iter().enumerate() {
            for (session, browser) in browsers.iter().enumerate() {
                let record: serde_json::Value = serde_json::from_str(&records[&browser.session()]).unwrap();
                let settings = &record["settings"];
                for (setting, key) in keys().iter().enumerate() {
                    let copy = serde_json::from_value(settings["values"][key].clone()).ok();
                    let copy = copy.map(|stamped| (epoch(settings), stamped));
                    copies.push(((user, setting), session, copy));
                }
            }
        }
        copies
    }
}

/// Adds a user who may see every division, with the password of the demo studio's accounts; returns the id.
#[expect(
    clippy::disallowed_methods,
    reason = "rows are written behind the back of the program"
)]
async fn add_user(db: &DatabaseConnection, email: &str) -> i64 {
    let insert = Statement::from_sql_and_values(
        db.get_database_backend(),
        "INSERT INTO users (email, name, password_hash, is_admin, sees_all_divisions, sees_cost_rates)
         SELECT $1, $1, password_hash, is_admin, sees_all_divisions, sees_cost_rates FROM users WHERE email = $2
         RETURNING id",
        [email.into(), CONTROLLER.into()],
    );
    db.query_all_raw(insert).await.unwrap()[0].try_get("", "id").unwrap()
}
