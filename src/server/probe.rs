//! Lets tests and measurements observe a server: they hand in a probe. A server in production has none.

use sea_orm::DatabaseConnection;
use std::{fmt::Debug, sync::Arc};

/// Observes what the server does, as it happens. It must be quick, since the server waits for it.
pub trait Probe: Debug + Send + Sync {
    /// A query was run for a request.
    fn queried(&self);

    /// A request of this account is at work.
    fn began(&self, account: i64);

    /// It has ended.
    fn ended(&self, account: i64);
}

/// Tells `probe` of each query of this connection, and of those cloned from it afterwards.
pub fn observe_queries(db: &mut DatabaseConnection, probe: Arc<dyn Probe>) {
    db.set_metric_callback(move |_| probe.queried());
}

/// Tells a probe that a request of an account is at work, until this is dropped.
pub struct AtWork {
    account: i64,
    probe: Arc<dyn Probe>,
}

impl AtWork {
    /// A request that begins to work now.
    pub fn begin(account: i64, probe: Arc<dyn Probe>) -> Self {
        probe.began(account);
        Self { account, probe }
    }
}

impl Drop for AtWork {
    fn drop(&mut self) {
        self.probe.ended(self.account);
    }
}
