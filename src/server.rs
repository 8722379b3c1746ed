//! The server: composes what it is made of, serves, and drains.

pub mod access_log;
pub mod accounts;
pub mod assets;
pub mod backup;
pub mod check;
pub mod client_address;
pub mod clock;
pub mod config;
pub mod connections;
pub mod cookies;
mod database_file;
mod database_url;
pub mod db;
pub mod demo;
pub mod device;
pub mod digest;
pub mod door;
pub mod entities;
pub mod epoch;
pub mod events;
pub mod fairness;
pub mod files;
pub mod form;
pub mod in_use;
pub mod lane;
pub mod ledger;
pub mod migrations;
pub mod mutation;
pub mod page;
pub mod password;
pub mod permission;
pub mod problem;
pub mod public_url;
pub mod router;
pub mod security;
pub mod session_store;
pub mod settings;
pub mod shell;
pub mod state;
pub mod studio_clock;
pub mod throttle;
pub mod time_zone;
pub mod timeline;
pub mod visitor;
pub mod watch;

/// A page is some thousand small pieces of text: this allocator makes and frees them faster than the system's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

use config::{Config, StartError};
use connections::Limits;
use state::AppState;
use std::{future::Future, net::SocketAddr, time::Duration};
use tokio::net::TcpListener;

/// How long the database may take to be closed once the last request has ended.
const CLOSING: Duration = Duration::from_secs(5);

/// How often what has expired is swept out of the database and the cache.
const SWEEP: Duration = Duration::from_secs(60 * 60);

/// A server that is bound to its address and ready to answer.
pub struct Server {
    listener: TcpListener,
    /// How long a connection may take for what.
    pub limits: Limits,
    /// What its handlers share.
    pub state: AppState,
}

impl Server {
    /// Opens the database, brings it up to date and binds the address.
    ///
    /// # Errors
    /// The database can't be opened or brought up to date; the address can't be bound.
    pub async fn start(config: Config) -> Result<Self, StartError> {
        let listener = TcpListener::bind(config.addr)
            .await
            .map_err(|cause| StartError::Address {
                addr: config.addr,
                cause,
            })?;
        let state = AppState::open(&config).await?;
        // Rendering spawns tasks. A second server of the same process finds it done already, which is as well.
        drop(any_spawner::Executor::init_tokio());
        Ok(Self {
            listener,
            limits: Limits::default(),
            state,
        })
    }

    /// Where it listens; the port is the true one where the address asked for any.
    ///
    /// # Errors
    /// The operating system can't tell.
    pub fn addr(&self) -> std::io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Answers requests until `stop` is done, then lets those under way finish and closes the database.
    pub async fn serve(self, stop: impl Future<Output = ()> + Send + 'static) {
        let sweeper = tokio::spawn(sweep(self.state.clone()));
        let (watching, is_watching) = tokio::sync::oneshot::channel();
        let (stop_watching, is_over) = tokio::sync::oneshot::channel();
        let watcher = tokio::spawn(watch::watch(self.state.clone(), watching, is_over));
        // What it would drop as perhaps missed must not have been asked for yet. It says so also where it fails.
        let _ = is_watching.await;
        let events = self.state.events.clone();
        let (db, in_use) = (self.state.unasked.clone(), self.state.in_use.clone());
        let stop = async move {
            stop.await;
            // Streams never end by themselves, and the server waits for every answer to end.
            events.stop();
        };
        connections::serve(self.listener, router::router(self.state), self.limits, stop).await;
        // In this order, and each waited for: SQLite puts its log into the file, and takes the log away, when the last
        // connection is closed as it should be.
        drop(stop_watching);
        sweeper.abort();
        let closing = async {
            drop(tokio::join!(watcher, sweeper));
            db.close_by_ref().await
        };
        match tokio::time::timeout(CLOSING, closing).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => {
                tracing::warn!(%error, "the database could not be closed; nothing that was stored is lost")
            }
            Err(_) => tracing::warn!("the database is still at work, so it is left; nothing that was stored is lost"),
        }
        in_use.release();
    }
}

/// Removes what has expired, now and then; a failure is logged and the next round tries again.
async fn sweep(state: AppState) {
    let mut round = tokio::time::interval(SWEEP);
    loop {
        round.tick().await;
        state.settings_cache.sweep();
        if let Err(error) = session_store::delete_expired(&state.unasked).await {
            tracing::warn!(%error, "expired sessions could not be removed; the next round tries again");
        }
        if let Err(error) = device::delete_forgotten(&state.unasked).await {
            tracing::warn!(%error, "forgotten devices could not be removed; the next round tries again");
        }
    }
}
