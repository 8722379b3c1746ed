//! The server: puts its parts together, serves, and drains.

pub mod access_log;
pub mod accounts;
pub mod app_state;
pub mod assets;
pub mod backup;
pub mod bus;
pub mod cause;
pub mod check;
pub mod client_address;
pub mod clock;
pub mod config;
pub mod connections;
pub mod cookies;
pub mod current_user;
pub mod database_error;
mod database_file;
mod database_url;
pub mod database_version;
pub mod db;
pub mod demo;
pub mod device;
pub mod digest;
pub mod door;
pub mod epoch;
pub mod error_response;
mod exports;
pub mod fairness;
pub mod files;
pub mod health;
pub mod in_use;
pub mod lane;
pub mod ledger;
pub mod logged;
pub mod login_record;
pub mod migrate;
pub mod migrations;
pub mod mutation;
pub mod page;
pub mod password;
pub mod permission;
pub mod probe;
pub mod program;
pub mod public_url;
pub mod readiness;
pub mod request_id;
pub mod request_log;
pub mod router;
pub mod schema;
pub mod security;
pub mod session_store;
pub mod setting_forms;
pub mod setting_layers;
pub mod shell;
pub mod site;
pub mod sql;
pub mod standing;
pub mod stream;
pub mod studio_clock;
pub mod throttle;
pub mod time_zone;
pub mod timeline;
pub mod violation;
pub mod watch;

/// A page is some thousand small pieces of text: this allocator makes and frees them faster than the system's.
#[global_allocator]
static GLOBAL_ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

use app_state::AppState;
use config::{Config, StartError};
use connections::Limits;
use database_version::Misfit;
use logged::Logged;
use std::{future::Future, net::SocketAddr, time::Duration};
use tokio::net::TcpListener;

/// How long the database may take to be closed once the last request has ended.
const CLOSING: Duration = Duration::from_secs(5);

/// How often expired entries are swept out of the database and the cache.
const SWEEP: Duration = Duration::from_secs(60 * 60);

/// A server that is bound to its address and ready to answer.
pub struct Server {
    listener: TcpListener,
    limits: Limits,
    /// What its handlers share.
    pub state: AppState,
}

impl Server {
    /// Opens the database, brings it up to date and binds the address.
    ///
    /// # Errors
    /// The database can't be opened or brought up to date, or this program may not serve it; the address can't be bound.
    pub async fn start(config: Config) -> Result<Self, StartError> {
        let listener = TcpListener::bind(config.addr)
            .await
            .map_err(|cause| StartError::Address {
                addr: config.addr,
                cause,
            })?;
        let state = AppState::open(&config).await?;
        // Rendering spawns tasks. A second server of the same process finds it done already, which is fine.
        drop(any_spawner::Executor::init_tokio());
        Ok(Self {
            listener,
            limits: config.limits,
            state,
        })
    }

    /// Where it listens; with the actual port if the address asked for any.
    ///
    /// # Errors
    /// The operating system can't tell.
    pub fn addr(&self) -> std::io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Answers requests until `stop` is done, then lets those under way finish and closes the database.
    ///
    /// # Errors
    /// It stopped by itself, since a newer program has changed the database so that this one may no longer serve it:
    /// its writes might be wrong by now.
    pub async fn serve(self, stop: impl Future<Output = ()> + Send + 'static) -> Result<(), Misfit> {
        let sweeper = tokio::spawn(sweep(self.state.clone()));
        let (watching, is_watching) = tokio::sync::oneshot::channel();
        let (stop_watching, is_over) = tokio::sync::oneshot::channel();
        let watcher = tokio::spawn(watch::watch(self.state.clone(), watching, is_over));
        // No request may come before this: the watcher would drop its results as perhaps out of date. It also says so
        // if it fails.
        let _ = is_watching.await;
        let (bus, readiness) = (self.state.bus.clone(), self.state.readiness.clone());
        let notice = self.limits.notice;
        let (db, in_use) = (self.state.unasked.clone(), self.state.in_use.clone());
        let standing = self.state.standing.clone();
        let lost = standing.clone();
        let stop = async move {
            tokio::select! {
                () = stop => {}
                () = lost.lost() => {}
            }
            readiness.stop();
            #[expect(
                clippy::disallowed_methods,
                reason = "to go on serving for a while is what was asked for"
            )]
            tokio::time::sleep(notice).await;
            // Streams never end by themselves, and the server waits for every answer to end.
            bus.stop();
        };
        connections::serve(self.listener, router::router(self.state), self.limits, stop).await;
        // In this order, waiting for each: SQLite puts its log into the file, and removes the log, when the last
        // connection is closed properly.
        drop(stop_watching);
        sweeper.abort();
        let closing = async {
            drop(tokio::join!(watcher, sweeper));
            db.close().await
        };
        match tokio::time::timeout(CLOSING, closing).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => {
                tracing::warn!(error = %Logged(&error), "the database could not be closed; nothing that was stored is lost")
            }
            Err(_) => tracing::warn!("the database is still at work, so it is left; nothing that was stored is lost"),
        }
        in_use.release();
        standing.misfit().map_or(Ok(()), Err)
    }
}

/// Removes expired entries now and then; a failure is logged and the next round tries again.
async fn sweep(state: AppState) {
    let mut round = tokio::time::interval(SWEEP);
    loop {
        round.tick().await;
        state.settings_cache.sweep();
        let now = state.clock.wall();
        if let Err(error) = session_store::delete_expired(state.unasked.writer(), now).await {
            tracing::warn!(error = %Logged(&error), "expired sessions could not be removed; the next round tries again");
        }
        if let Err(error) = device::delete_forgotten(state.unasked.writer(), now).await {
            tracing::warn!(error = %Logged(&error), "forgotten devices could not be removed; the next round tries again");
        }
    }
}
