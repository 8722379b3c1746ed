//! What every handler shares.

use super::{
    accounts::Accounts,
    assets::Assets,
    config::{Config, StartError},
    db,
    door::Door,
    epoch::{self, Epochs},
    events::Events,
    fairness::Fairness,
    in_use::InUse,
    public_url::PublicUrl,
    settings::{cache::SettingsCache, turns::Turns},
};
use crate::view::FiguresCache;
use chrono::NaiveDate;
use ipnet::IpNet;
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
    /// Who may try a password now.
    pub door: Arc<Door>,
    /// The proxies whose word on where a request comes from is taken.
    pub trusted_proxies: Arc<[IpNet]>,
    /// The settings of those who were here lately.
    pub settings_cache: Arc<SettingsCache>,
    /// The choices that are being stored.
    pub turns: Arc<Turns>,
    /// Tells open windows of changes.
    pub events: Arc<Events>,
    /// Who is how busy.
    pub fairness: Arc<Fairness>,
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
    /// Where they reach it, if that is known.
    pub public_url: Option<Arc<PublicUrl>>,
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
            door: Arc::new(Door::new(config.clock.clone())),
            trusted_proxies: config.trusted_proxies.as_slice().into(),
            turns: Arc::default(),
            events,
            fairness: Arc::default(),
            settings_cache,
            epochs: Arc::new(epochs),
            in_use: Arc::new(in_use),
            figures_cache: FiguresCache::default(),
            assets: Arc::new(Assets::find(&config.leptos)),
            leptos: config.leptos.clone(),
            queries,
            https: config.https,
            public_url: config.public_url.clone().map(Arc::new),
            fixed_today: config.today,
            db,
        })
    }

    /// The day it is.
    pub fn today(&self) -> NaiveDate {
        self.fixed_today.unwrap_or_else(|| chrono::Local::now().date_naive())
    }
}
