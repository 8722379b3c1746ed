//! The state that every handler shares.

use super::{
    access_log::AccessLog,
    accounts::Accounts,
    assets::Assets,
    bus::{Bus, Concerns},
    clock::Clock,
    config::{Config, StartError},
    db::Database,
    door::Door,
    epoch::{self, KnownAge},
    fairness::Fairness,
    in_use::InUse,
    migrate, probe,
    public_url::PublicUrl,
    readiness::Readiness,
    session_store::DatabaseStore,
    setting_layers::{SettingLayers, cache::SettingsCache},
    site::Site,
    standing::Standing,
    studio_clock::{self, Calendar},
    time_zone::TimeZone,
};
use crate::view::FiguresCache;
use chrono::NaiveDate;
use ipnet::IpNet;
use sea_orm::DbErr;
use std::{sync::Arc, time::Duration};

/// The state that every handler shares; cloning it is cheap.
#[derive(Clone)]
pub struct AppState {
    /// The database's connections.
    pub db: Database,
    /// The same for work that runs unasked in the background, which is not counted among the queries.
    pub unasked: Database,
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// The sessions.
    pub sessions: DatabaseStore,
    /// Who may log in, and who is logged in.
    pub accounts: Accounts,
    /// Writes logins and logouts to the log.
    pub access_log: AccessLog,
    /// Who may try a password now.
    pub door: Arc<Door>,
    /// The proxies that are believed about where a request comes from.
    pub trusted_proxies: Arc<[IpNet]>,
    /// The settings of those who were here lately.
    pub settings_cache: Arc<SettingsCache>,
    /// The settings, in all their layers.
    pub setting_layers: Arc<SettingLayers>,
    /// Tells open windows of changes.
    pub bus: Arc<Bus>,
    /// How often a window's stream says that the server is still there.
    pub heartbeat: Duration,
    /// Who is how busy.
    pub fairness: Arc<Fairness>,
    /// The epoch of the database, and the highest revisions that were seen in it.
    pub known_age: Arc<KnownAge>,
    /// Whether the server can serve.
    pub readiness: Arc<Readiness>,
    /// Says to other programs that the database is used, until it is closed.
    pub in_use: Arc<InUse>,
    /// Whether this program may serve the database.
    pub standing: Arc<Standing>,
    /// Rendered figures, by scope and data revision.
    pub figures_cache: FiguresCache,
    /// The files a page asks for, under their hashed names.
    pub assets: Arc<Assets>,
    /// All files that were built for the browser.
    pub site: Site,
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
    /// The database can't be opened or brought up to date, or this program may not serve it.
    pub async fn open(config: &Config) -> Result<Self, StartError> {
        let in_use = InUse::share(&config.database_url).await?;
        let mut db = Database::open(&config.database_url).await?;
        let unasked = db.clone();
        if let Some(probe) = &config.probe {
            for connection in db.connections_mut() {
                probe::observe_queries(connection, probe.clone());
            }
        }
        if migrate::migrate(db.writer(), &config.program).await? == migrate::Outcome::IsNewer {
            tracing::info!("a newer program has brought the database further; this one may serve it");
        }
        let calendar = Calendar::new(config.clock.clone());
        migrate::beside_a_migration(async || start_clock(&unasked, &calendar, config.time_zone).await)
            .await
            .map_err(StartError::Read)?;
        let settings_cache = Arc::new(SettingsCache::new(config.clock.clone()));
        let bus = Arc::new(Bus::default());
        let age = migrate::beside_a_migration(async || epoch::read(unasked.reader()).await)
            .await
            .map_err(StartError::Read)?;
        let known_age = Arc::new(KnownAge::new(age, {
            let (settings_cache, bus) = (settings_cache.clone(), bus.clone());
            move |epoch| {
                settings_cache.enter(epoch);
                bus.tell(Concerns::Everyone);
            }
        }));
        let setting_layers = SettingLayers::new(
            db.clone(),
            unasked.clone(),
            settings_cache.clone(),
            known_age.clone(),
            bus.clone(),
        );
        Ok(Self {
            unasked,
            clock: config.clock.clone(),
            sessions: DatabaseStore::new(db.clone(), config.clock.clone()),
            accounts: Accounts::new(db.reader().clone(), calendar.clone()),
            access_log: AccessLog {
                names_addresses: config.log_addresses,
            },
            door: Arc::new(Door::new(config.clock.clone())),
            trusted_proxies: config.trusted_proxies.as_slice().into(),
            setting_layers: Arc::new(setting_layers),
            bus,
            heartbeat: config.heartbeat,
            fairness: Arc::new(Fairness::new(config.probe.clone())),
            settings_cache,
            known_age,
            readiness: Arc::default(),
            in_use: Arc::new(in_use),
            standing: Arc::new(Standing::of(config.program)),
            figures_cache: FiguresCache::default(),
            assets: config.site.assets.clone(),
            site: config.site.clone(),
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
        let zone = studio_clock::time_zone(self.unasked.reader()).await?;
        Ok((zone, self.calendar.today(zone)))
    }
}

/// Sets the studio's time zone, if one is `wanted`, and what depends on it.
async fn start_clock(db: &Database, calendar: &Calendar, wanted: Option<TimeZone>) -> Result<(), DbErr> {
    if let Some(zone) = wanted {
        studio_clock::set(db.writer(), zone).await?;
    }
    let zone = studio_clock::time_zone(db.reader()).await?;
    studio_clock::keep_right(db, zone, calendar.reading(zone)).await
}
