//! Reads again whatever may have changed in the database, and tells those it concerns.

use crate::server::{
    app_state::AppState,
    bus::Concerns,
    config::StartError,
    epoch::Age,
    session_store,
    studio_clock::{self, Reading},
    time_zone::TimeZone,
};
use sea_orm::{DbErr, sqlx};
use tokio::sync::oneshot;

/// What open windows depend on, whoever they belong to.
#[derive(PartialEq)]
pub(super) struct Known {
    age: Age,
    zone: TimeZone,
    clock: Reading,
}

impl Known {
    /// Whether the studio's clock still shows the same: the day, and how far it is from UTC.
    pub(super) fn is_of_this_day(&self, state: &AppState) -> bool {
        self.clock == state.calendar.reading(self.zone)
    }
}

/// Reads again everything that is remembered of the database and sent to windows, and tells them if something is newer,
/// a day has begun, or their session is over. Afterwards the cache has everything that was committed before.
pub(super) async fn read_again(state: &AppState, known: &mut Option<Known>) -> Result<(), DbErr> {
    match state.standing.check(state.unasked.reader()).await {
        Ok(()) => {}
        Err(StartError::Read(error)) => return Err(error),
        // The server stops by itself, and may not understand anything that follows. This fails, so that nothing is
        // proved.
        Err(error) => return Err(DbErr::Custom(error.to_string())),
    }
    let age = state.known_age.settle(&state.unasked).await?;
    let zone = studio_clock::time_zone(state.unasked.reader()).await?;
    let clock = state.calendar.reading(zone);
    // Before windows are told; if it can't be written, they are told all the same.
    let kept = studio_clock::keep_right(&state.unasked, zone, clock).await;
    let read = Known { age, zone, clock };
    if known.as_ref() != Some(&read) {
        state.bus.tell(Concerns::Everyone);
        *known = Some(read);
    }
    let mut users = state.settings_cache.users();
    users.extend(state.bus.users());
    users.sort_unstable();
    users.dedup();
    state.setting_layers.compare(&users).await?;
    let sessions = state.bus.sessions();
    for ended in session_store::ended(state.unasked.reader(), &sessions, state.clock.wall()).await? {
        state.bus.tell(Concerns::Session(ended));
    }
    kept
}

/// Tells the one who waits, once.
pub(super) fn tell(ready: &mut Option<oneshot::Sender<()>>) {
    if let Some(ready) = ready.take() {
        // It fails if nobody waits any more.
        let _ = ready.send(());
    }
}

pub(super) fn failed(error: sqlx::Error) -> DbErr {
    DbErr::Conn(sea_orm::RuntimeErr::SqlxError(error.into()))
}
