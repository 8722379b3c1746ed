//! The databases that tests run on, each its own copy of the demo studio.

use chrono::NaiveDate;
use control_maniac::server::{db, demo, password};
use sea_orm::{ConnectionTrait, DatabaseConnection};
use std::{
    net::SocketAddr,
    path::PathBuf,
    sync::atomic::{AtomicU32, Ordering},
};
use tempfile::TempDir;
use tokio::sync::OnceCell;

/// Today, in every test.
pub fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 24).unwrap()
}

/// Which database a test runs on.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    Sqlite,
    Postgres,
}

/// A database of one test's own; it is gone when the test is over.
pub struct TestDatabase {
    pub url: String,
    postgres_name: Option<String>,
    _folder: Option<TempDir>,
}

impl TestDatabase {
    /// A copy of the demo studio.
    pub async fn demo(kind: Kind) -> Self {
        Self::copy(kind, &DEMO).await
    }

    /// A database with all tables, but without rows.
    pub async fn bare(kind: Kind) -> Self {
        Self::copy(kind, &BARE).await
    }

    async fn copy(kind: Kind, template: &Template) -> Self {
        match kind {
            Kind::Sqlite => {
                let folder = tempfile::tempdir().unwrap();
                let file = folder.path().join("studio.db");
                std::fs::copy(template.on_sqlite().await, &file).unwrap();
                Self {
                    url: format!("sqlite:{}", file.display()),
                    postgres_name: None,
                    _folder: Some(folder),
                }
            }
            Kind::Postgres => Self::on_postgres(template.on_postgres().await).await,
        }
    }

    /// An empty database, without tables.
    pub async fn empty(kind: Kind) -> Self {
        match kind {
            Kind::Sqlite => {
                let folder = tempfile::tempdir().unwrap();
                let url = format!("sqlite:{}", folder.path().join("empty.db").display());
                Self {
                    url,
                    postgres_name: None,
                    _folder: Some(folder),
                }
            }
            Kind::Postgres => Self::on_postgres("template0").await,
        }
    }

    async fn on_postgres(template: &str) -> Self {
        let name = new_name();
        admin()
            .await
            .execute_unprepared(&format!("CREATE DATABASE {name} TEMPLATE {template}"))
            .await
            .unwrap();
        Self {
            url: postgres_url(&name),
            postgres_name: Some(name),
            _folder: None,
        }
    }

    /// The same database for another node, which doesn't remove it at its end.
    pub fn shared(&self) -> Self {
        Self {
            url: self.url.clone(),
            postgres_name: None,
            _folder: None,
        }
    }

    /// The same database of a Postgres server as if that were at another address.
    pub fn through(&self, proxy: SocketAddr) -> Self {
        let (_, name) = self.url.rsplit_once('/').unwrap();
        Self {
            url: format!("postgres://{}@{proxy}/{name}", self.postgres().0),
            postgres_name: None,
            _folder: None,
        }
    }

    /// Who connects to the Postgres server, and where that is.
    pub fn postgres(&self) -> (&str, SocketAddr) {
        let server = self.url.strip_prefix("postgres://").unwrap();
        let (user, place) = server.split_once('@').unwrap();
        (user, place.split_once('/').unwrap().0.parse().unwrap())
    }

    /// A connection of its own.
    pub async fn connect(&self) -> DatabaseConnection {
        db::open(&self.url).await.unwrap()
    }

    /// Adds this many accounts with the controller's rights and password, and gives their addresses.
    pub async fn more_accounts(&self, count: usize) -> Vec<String> {
        let db = self.connect().await;
        let mut emails = Vec::new();
        for number in 0..count {
            let email = format!("controller.{number}@studio.test");
            let insert = format!(
                "INSERT INTO users (email, name, password_hash, is_admin, sees_all_divisions, sees_cost_rates)
                 SELECT '{email}', name, password_hash, is_admin, sees_all_divisions, sees_cost_rates
                 FROM users WHERE email = 'controller@studio.test'"
            );
            db.execute_unprepared(&insert).await.unwrap();
            emails.push(email);
        }
        emails
    }

    /// Drops the database of a Postgres server, even if somebody is still connected.
    pub async fn drop(self) {
        if let Some(name) = self.postgres_name {
            admin()
                .await
                .execute_unprepared(&format!("DROP DATABASE {name} WITH (FORCE)"))
                .await
                .unwrap();
        }
    }
}

fn new_name() -> String {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    format!("test_{}_{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed))
}

/// The address of a database on the server that `.ci/with-postgres` started.
#[expect(clippy::disallowed_methods, reason = ".ci/with-postgres says where its Postgres is")]
fn postgres_url(name: &str) -> String {
    let server = std::env::var("CONTROL_MANIAC_TEST_POSTGRES").expect(
        "the tests need a Postgres: run them with `make test`, or `.ci/with-postgres cargo test --features ssr`",
    );
    format!("{server}/{name}")
}

async fn admin() -> DatabaseConnection {
    db::open(&postgres_url("postgres")).await.unwrap()
}

/// A database that tests copy; it is made for the first of them.
struct Template {
    has_demo: bool,
    sqlite: OnceCell<TempDir>,
    postgres: OnceCell<String>,
}

static DEMO: Template = Template::new(true);
static BARE: Template = Template::new(false);

impl Template {
    const fn new(has_demo: bool) -> Self {
        Self {
            has_demo,
            sqlite: OnceCell::const_new(),
            postgres: OnceCell::const_new(),
        }
    }

    async fn on_sqlite(&self) -> PathBuf {
        let make = async || {
            let folder = tempfile::tempdir().unwrap();
            self.make(&format!("sqlite:{}", file_in(&folder).display())).await;
            folder
        };
        file_in(self.sqlite.get_or_init(make).await)
    }

    async fn on_postgres(&self) -> &str {
        let make = async || {
            let name = new_name();
            let create = format!("CREATE DATABASE {name}");
            admin().await.execute_unprepared(&create).await.unwrap();
            self.make(&postgres_url(&name)).await;
            name
        };
        self.postgres.get_or_init(make).await
    }

    async fn make(&self, url: &str) {
        let db = db::open(url).await.unwrap();
        db::migrate(&db).await.unwrap();
        if self.has_demo {
            let hash = password::hash(demo::PASSWORD.to_owned()).await.unwrap();
            assert_eq!(demo::fill(&db, today(), 1, &hash).await.unwrap(), demo::Outcome::Filled);
        }
        db.close().await.unwrap();
    }
}

fn file_in(folder: &TempDir) -> PathBuf {
    folder.path().join("template.db")
}
