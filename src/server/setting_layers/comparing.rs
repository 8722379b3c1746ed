//! Comparing remembered settings with the rows: for changes that bypassed this server, and messages that were lost.

use super::{
    SettingLayers,
    setting_rows::{self, OfUsers},
};
use crate::{server::bus::Concerns, settings::SETTINGS};
use sea_orm::DbErr;

/// How many users' rows are read at once.
const USERS_AT_ONCE: usize = 500;

impl SettingLayers {
    /// Reads the rows of `users` again: the cache takes newer values, and the users' windows hear of them. A row that
    /// is older than what the cache held before proves that the database has gone back.
    ///
    /// # Errors
    /// The database failed.
    pub async fn compare(&self, users: &[i64]) -> Result<(), DbErr> {
        for users in users.chunks(USERS_AT_ONCE) {
            let epoch = self.known_age.newest().epoch;
            let cached = |user| SETTINGS.each_ref().map(|known| self.cache.get(&epoch, user, known.key));
            let before: Vec<_> = users.iter().map(|user| (*user, cached(*user))).collect();
            let OfUsers { there, mut rows } = setting_rows::of_users(self.unasked.reader(), users).await?;
            for (user, cached) in before {
                if !there.contains(&user) {
                    self.cache.forget(user);
                    continue;
                }
                for (known, cached) in SETTINGS.iter().zip(cached) {
                    let row = rows.remove(&(user, known.key.to_owned()));
                    let row = row.unwrap_or_else(|| setting_rows::nothing_chosen(known));
                    if cached.as_ref().is_some_and(|cached| cached.is_newer_than(&row)) {
                        self.known_age.gone_back(&self.unasked, &epoch).await?;
                        return Ok(());
                    }
                    if cached.is_none_or(|cached| row.is_newer_than(&cached)) {
                        self.cache.heal(&epoch, user, known.key, row);
                        self.bus.tell(Concerns::User(user));
                    }
                }
            }
        }
        Ok(())
    }
}
