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
    studio_clock::{self, Calendar},
    time_zone::TimeZone,
};
use crate::view::FiguresCache;
use chrono::NaiveDate;
use ipnet::IpNet;
use leptos::prelude::LeptosOptions;
use sea_orm::{DatabaseConnection, DbErr};
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
    /// Says which day it is.
    pub calendar: Calendar,
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
        let calendar = Calendar::of(config);
        start_clock(&unasked, &calendar, config.time_zone)
            .await
            .map_err(StartError::Read)?;
        let (settings_cache, events) = (Arc::default(), Arc::default());
        let age = epoch::read(&unasked).await.map_err(StartError::Read)?;
        let epochs = Epochs::new(age, Arc::clone(&settings_cache), Arc::clone(&events));
        Ok(Self {
            unasked,
            accounts: Accounts::new(db.clone(), calendar.clone()),
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
            calendar,
            db,
        })
    }

    /// The studio's time zone, and the day it is there.
    ///
    /// # Errors
    /// The database failed.
    pub async fn today(&self) -> Result<(TimeZone, NaiveDate), DbErr> {
        let zone = studio_clock::time_zone(&self.unasked).await?;
        Ok((zone, self.calendar.today(zone)))
    }
}

/// Sets the studio's time zone, if one is `wanted`, and what depends on it.
async fn start_clock(db: &DatabaseConnection, calendar: &Calendar, wanted: Option<TimeZone>) -> Result<(), DbErr> {
    if let Some(zone) = wanted {
        studio_clock::set(db, zone).await?;
    }
    let zone = studio_clock::time_zone(db).await?;
    studio_clock::keep_right(db, zone, calendar.reading(zone)).await
}
