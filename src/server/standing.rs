//! Whether the running program may serve its database: a newer one may take that away at any time.

use super::{
    config::StartError,
    database_version::{Misfit, hold, oldest_program},
    program::Program,
};
use sea_orm::ConnectionTrait;
use tokio::sync::watch;

/// The running program's place on its database.
pub struct Standing {
    program: Program,
    misfit: watch::Sender<Option<Misfit>>,
}

impl Standing {
    /// The standing of a program that may serve its database.
    pub fn of(program: Program) -> Self {
        let (misfit, _) = watch::channel(None);
        Self { program, misfit }
    }

    /// Whether the program may serve `db` now: one query. If it may not, that is logged once, and ends the server.
    ///
    /// # Errors
    /// It may not ([`StartError::Version`]), or nobody knows, since the database failed ([`StartError::Read`]).
    pub async fn check(&self, db: &impl ConnectionTrait) -> Result<(), StartError> {
        let oldest = oldest_program(db).await.map_err(StartError::Read)?;
        let held = hold(Some(oldest), &self.program);
        if let Err(misfit) = &held {
            let is_news = |known: &mut Option<Misfit>| known.replace(misfit.clone()).is_none();
            if self.misfit.send_if_modified(is_news) {
                tracing::error!("this server stops: {misfit}");
            }
        }
        Ok(held?)
    }

    /// Waits until a check has found that the program may no longer serve its database.
    pub async fn lost(&self) {
        // The sender is kept here, so it can't be gone.
        drop(self.misfit.subscribe().wait_for(Option::is_some).await);
    }

    /// Why the program may no longer serve its database, if a check has found so.
    pub fn misfit(&self) -> Option<Misfit> {
        self.misfit.borrow().clone()
    }
}
