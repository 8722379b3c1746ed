//! Postgres notifies at commit (`migrations/m0002_live.rs`), and its notifications are taken at once. Nobody relies on
//! that: a connection may be dead without anyone noticing, and a notification may be lost. So the listener has to hear
//! a message of this node's own again and again, and besides, everything is read again at a steady rate.

use super::reading::{failed, read_again, tell};
use crate::{
    pause::Pause,
    server::{app_state::AppState, bus::Concerns, sql::sql},
    settings::SETTINGS,
    sticky::Stamped,
};
use parking_lot::Mutex;
use sea_orm::{
    DbErr,
    sqlx::{
        PgPool,
        postgres::{PgListener, PgPoolOptions},
    },
};
use std::{convert::Infallible, time::Duration};
use tokio::{
    sync::{Notify, oneshot, watch},
    time::{Instant, MissedTickBehavior, interval, sleep_until, timeout},
};
use tower_sessions::session::Id;

/// The channel that the triggers notify.
const CHANNEL: &str = "control_maniac";

/// How often everything is read again, and how often the listener has to hear something. Even with the usual time for a
/// round it stays below [`crate::server::setting_layers::freshness::BOUND`], so that a node at work always has a proof.
const ROUND: Duration = Duration::from_secs(2);

/// How long the rows are left alone after they were read, no matter what is notified.
const REST: Duration = Duration::from_millis(500);

/// How long a message of this node's own may take from its commit to the listener.
const ECHO: Duration = Duration::from_secs(2);

/// How long the database may take for anything else.
const PATIENCE: Duration = Duration::from_secs(5);

/// How long the listener's connection may take to be closed.
const CLOSING: Duration = Duration::from_secs(1);

/// How long to wait before another listener is tried, at first and at most.
const FIRST_TRY: Duration = Duration::from_millis(250);
const LAST_TRY: Duration = Duration::from_secs(5);

/// Listens and reads until the database fails or it is asked to stop.
pub async fn listen(
    state: &AppState,
    ready: &mut Option<oneshot::Sender<()>>,
    stop: &mut oneshot::Receiver<()>,
) -> Result<(), DbErr> {
    let watcher = Watcher {
        state,
        doubt: Notify::new(),
        listener: watch::Sender::new(Listener::Untried),
        pool: Mutex::default(),
    };
    // Side by side: notifications must not wait for the reading, and the reading must not wait for a listener.
    let outcome = tokio::select! {
        failure = watcher.read_in_rounds(ready) => Err(failure),
        never = watcher.keep_listening() => match never {},
        _ = stop => Ok(()),
    };
    let pool = watcher.pool.lock().take();
    if let Some(pool) = pool
        && outcome.is_ok()
    {
        // A restore checks who is connected. A connection that died silently can't be closed, and the process ends
        // without that.
        drop(timeout(CLOSING, pool.close()).await);
    }
    outcome
}

/// The listener's state.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Listener {
    /// It was not tried yet.
    Untried,
    /// It heard the last message.
    Hears,
    /// It is lost or silent, or there is none.
    Deaf,
}

/// The state that listening and reading share.
struct Watcher<'a> {
    state: &'a AppState,
    /// Something was notified, or may have been, that only the rows can settle.
    doubt: Notify,
    listener: watch::Sender<Listener>,
    /// The connection of the listener that is tried now.
    pool: Mutex<Option<PgPool>>,
}

impl Watcher<'_> {
    /// Reads everything again, round by round and sooner if there is doubt, until that fails. It is a proof only while
    /// the listener hears: if it doesn't, the settings are read from their rows, and windows hear of changes by the
    /// round.
    async fn read_in_rounds(&self, ready: &mut Option<oneshot::Sender<()>>) -> DbErr {
        let cache = &self.state.settings_cache;
        let mut known = None;
        let mut listener = self.listener.subscribe();
        // It fails only when there is no sender any more, and this holds one.
        drop(listener.wait_for(|listener| *listener != Listener::Untried).await);
        let mut rest = interval(REST);
        loop {
            let moment = cache.now();
            if let Err(error) = in_time(read_again(self.state, &mut known)).await {
                return error;
            }
            match *self.listener.borrow() {
                Listener::Hears => cache.prove(moment),
                Listener::Untried | Listener::Deaf => cache.doubt(),
            }
            tell(ready);
            rest.reset();
            rest.tick().await;
            // The next round begins on time, or sooner.
            drop(timeout(ROUND - REST, self.doubt.notified()).await);
        }
    }

    /// Listens for ever: a listener that is lost or silent is replaced.
    async fn keep_listening(&self) -> Infallible {
        let mut pause = Pause::between(FIRST_TRY, LAST_TRY);
        loop {
            let failure = self.listen_once().await;
            if self.listener.send_replace(Listener::Deaf) == Listener::Hears {
                pause.reset();
            }
            tracing::warn!(%failure, "what is notified is not heard at the moment; it is tried again");
            sleep_until(Instant::now() + pause.grow()).await;
        }
    }

    /// Listens until that fails.
    async fn listen_once(&self) -> DbErr {
        // A pool of its own: a connection that died silently can't be given back, and would be missing in the other one.
        let options = self.state.db.reader().get_postgres_connection_pool().connect_options();
        let pool = PgPoolOptions::new()
            .max_connections(1)
            .max_lifetime(None)
            .idle_timeout(None)
            .acquire_timeout(PATIENCE)
            .connect_lazy_with((*options).clone());
        *self.pool.lock() = Some(pool.clone());
        let own = format!("{CHANNEL}_{:032x}", Id::default().0);
        let begin = async {
            let mut listener = PgListener::connect_with(&pool).await.map_err(failed)?;
            listener.eager_reconnect(false);
            listener.listen_all([CHANNEL, &own]).await.map_err(failed)?;
            // After LISTEN: what is heard from now on is of this epoch or says which.
            let epoch = self.state.known_age.settle(&self.state.unasked).await?.epoch;
            Ok((listener, epoch))
        };
        let (mut listener, epoch) = match in_time(begin).await {
            Ok(begun) => begun,
            Err(error) => return error,
        };
        // Earlier notifications are not heard any more.
        self.doubt.notify_one();
        let echo = watch::Sender::new(0);
        tokio::select! {
            failure = self.hear(&mut listener, epoch, &own, &echo) => failure,
            failure = self.speak(&own, &echo) => failure,
        }
    }

    /// Takes notifications, in the order in which they were committed, until the connection is lost; the first ones are
    /// of `epoch`. A message on the channel `own` becomes the `echo`.
    async fn hear(&self, listener: &mut PgListener, mut epoch: String, own: &str, echo: &watch::Sender<u64>) -> DbErr {
        loop {
            match listener.try_recv().await {
                Ok(Some(word)) if word.channel() == own => {
                    if let Ok(number) = word.payload().parse() {
                        echo.send_replace(number);
                    }
                }
                Ok(Some(word)) => self.take(word.payload(), &mut epoch),
                Ok(None) => return DbErr::Custom("the connection that listens was lost".to_owned()),
                Err(error) => return failed(error),
            }
        }
    }

    /// Sends a number on the channel `own` over another connection, and waits for its `echo`, again and again until
    /// there is none.
    async fn speak(&self, own: &str, echo: &watch::Sender<u64>) -> DbErr {
        let mut echo = echo.subscribe();
        let mut number = 0;
        let mut rounds = interval(ROUND);
        rounds.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            rounds.tick().await;
            number += 1;
            let say = sql("SELECT pg_notify($1, $2)").bind(own).bind(number.to_string());
            if let Err(error) = in_time(say.run(self.state.unasked.reader())).await {
                return error;
            }
            if timeout(ECHO, echo.wait_for(|heard| *heard >= number)).await.is_err() {
                return DbErr::Custom("the connection that listens is silent, so it is given up".to_owned());
            }
            self.listener.send_replace(Listener::Hears);
        }
    }

    /// Takes a trigger's message; `epoch` is the one in which it was written.
    fn take(&self, text: &str, epoch: &mut String) {
        let mut words = text.splitn(5, ' ');
        match words.next() {
            Some("setting") => {
                let user = words.next().and_then(|word| word.parse().ok());
                let key = words.next();
                let revision = words.next().and_then(|word| word.parse().ok());
                if let (Some(user), Some(key), Some(revision), Some(value)) = (user, key, revision, words.next()) {
                    let value = value.to_owned();
                    self.take_setting(epoch, user, key, Stamped { value, revision });
                }
            }
            Some("session") => {
                if let Some(digest) = words.next().and_then(|word| word.parse().ok()) {
                    self.state.bus.tell(Concerns::Session(digest));
                }
            }
            word => {
                if let (Some("epoch"), Some(new)) = (word, words.next()) {
                    new.clone_into(epoch);
                }
                self.state.bus.tell(Concerns::Everyone);
                self.doubt.notify_one();
            }
        }
    }

    /// Gives the cache a value that was written in `epoch`, and tells the user's windows if that is news.
    fn take_setting(&self, epoch: &str, user: i64, key: &str, stamped: Stamped<String>) {
        let Some(known) = SETTINGS.iter().find(|known| known.key == key) else {
            return;
        };
        let cache = &self.state.settings_cache;
        match cache.get(epoch, user, known.key) {
            // A write that was overtaken, or one to a row that went back: the rows tell.
            Some(cached) if cached.is_newer_than(&stamped) => self.doubt.notify_one(),
            Some(cached) if cached.revision == stamped.revision => {}
            _ => {
                cache.put(epoch, user, known.key, stamped);
                self.state.bus.tell(Concerns::User(user));
            }
        }
    }
}

/// The result of `work`, unless the database takes too long for it.
async fn in_time<T>(work: impl Future<Output = Result<T, DbErr>>) -> Result<T, DbErr> {
    match timeout(PATIENCE, work).await {
        Ok(outcome) => outcome,
        Err(_) => Err(DbErr::Custom("the database did not answer in time".to_owned())),
    }
}
