//! What every handler shares.

use super::{
    accounts::Accounts,
    assets::Assets,
    config::{Config, StartError},
    db,
    epoch::{self, Epochs},
    events::Events,
    in_use::InUse,
    settings::{cache::SettingsCache, turns::Turns},
};
use crate::view::FiguresCache;
use chrono::NaiveDate;
use leptos::prelude::LeptosOptions;
use sea_orm::DatabaseConnection;
use std::sync::{Arc, atomic::AtomicU64};

/// What every handler shares; cloning it is cheap.
#[derive(Clone)]
pub struct AppState {
    /// The database's connections.
    pub db: DatabaseConnection,
    /// The same for what runs unasked in the background, which is not counted among the queries.
    pub unasked: DatabaseConnection,
    /// Who may log in, and who is logged in.
    pub accounts: Accounts,
    /// The settings of those who were here lately.
    pub settings_cache: Arc<SettingsCache>,
    /// The choices that are being stored.
    pub turns: Arc<Turns>,
    /// Tells open windows of changes.
    pub events: Arc<Events>,
    /// The epoch of the database, and the highest revisions that were seen in it.
    pub epochs: Arc<Epochs>,
    /// Says to other programs that the database is used, until it is closed.
    pub in_use: Arc<InUse>,
    /// Rendered figures, by scope and data revision.
    pub figures_cache: FiguresCache,
    /// The files a page asks for, under their hashed names.
    pub assets: Arc<Assets>,
    /// What Leptos was told.
    pub leptos: LeptosOptions,
    /// How many queries were run since the start; tests and measurements read it.
    pub queries: Arc<AtomicU64>,
    /// Whether people reach the server over HTTPS.
    pub https: bool,
    fixed_today: Option<NaiveDate>,
}

impl AppState {
    /// Opens the database, brings it up to date and gathers the rest.
    ///
    /// # Errors
    /// The database can't be opened or brought up to date.
    pub async fn open(config: &Config) -> Result<Self, StartError> {
        let in_use = InUse::share(&config.database_url).await?;
        let mut db = db::open(&config.database_url).await?;
        let unasked = db.clone();
        let queries = db::count_queries(&mut db);
        db::migrate(&db).await?;
        let (settings_cache, events) = (Arc::default(), Arc::default());
        let age = epoch::read(&unasked).await.map_err(StartError::Read)?;
        let epochs = Epochs::new(age, Arc::clone(&settings_cache), Arc::clone(&events));
        Ok(Self {
            unasked,
            accounts: Accounts::new(db.clone()),
            turns: Arc::default(),
            events,
            settings_cache,
            epochs: Arc::new(epochs),
            in_use: Arc::new(in_use),
            figures_cache: FiguresCache::default(),
            assets: Arc::new(Assets::find(&config.leptos)),
            leptos: config.leptos.clone(),
            queries,
            https: config.https,
            fixed_today: config.today,
            db,
        })
    }

    /// The day it is.
    pub fn today(&self) -> NaiveDate {
        self.fixed_today.unwrap_or_else(|| chrono::Local::now().date_naive())
    }
}
