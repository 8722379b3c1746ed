//! The configuration of the server, and the errors that can keep it from starting.

use super::{
    cause, clock::Clock, connections::Limits, database_version::Misfit, probe::Probe, program::Program,
    public_url::PublicUrl, site::Site, time_zone::TimeZone,
};
use crate::{
    locale::logged_in_english,
    message::{Message, Told, Value},
    messages::start,
};
use ipnet::IpNet;
use std::{net::SocketAddr, sync::Arc, time::Duration};

/// How a server is to run.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where it listens; port 0 takes any free one.
    pub addr: SocketAddr,
    /// The database: `sqlite:PATH`, `sqlite::memory:` or `postgres://…`.
    pub database_url: String,
    /// Whether people reach it over HTTPS (through a proxy): cookies are `Secure` then.
    pub https: bool,
    /// Where people reach it, if that is known: requests for any other host are refused.
    pub public_url: Option<PublicUrl>,
    /// The proxies that are believed about where a request comes from.
    pub trusted_proxies: Vec<IpNet>,
    /// How often a window's stream says that the server is still there; at least as often as windows expect
    /// ([`crate::live::BEAT`]).
    pub heartbeat: Duration,
    /// Whether the log names the addresses from which logins fail.
    pub log_addresses: bool,
    /// The clock that decides how long to wait after failed logins, whether settings are current, and when a day
    /// begins.
    pub clock: Arc<dyn Clock>,
    /// Observes the server, if given.
    pub probe: Option<Arc<dyn Probe>>,
    /// How long a connection may take for each step.
    pub limits: Limits,
    /// The studio's time zone from now on; the database's own if none is given.
    pub time_zone: Option<TimeZone>,
    /// Which program it is for the database.
    pub program: Program,
    /// The files that were built for the browser.
    pub site: Site,
}

/// Why a server can't start: one line for the person who started it.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The address can't be bound.
    Address {
        /// The address that was asked for.
        addr: SocketAddr,
        /// What the operating system said.
        cause: std::io::Error,
    },
    /// The database can't be opened.
    Database {
        /// Where it was looked for, without a password.
        url: String,
        /// What is wrong, or what the database said.
        cause: Value,
    },
    /// The database's form can't be brought up to date; it is as it was.
    Migration(sea_orm::DbErr),
    /// This program may not serve the database; nothing was changed.
    Version(#[from] Misfit),
    /// The database can't be read.
    Read(sea_orm::DbErr),
    /// The demo studio can't be written; nothing of it is in the database.
    Demo(Message),
}

impl Told for StartError {
    fn message(&self) -> Message {
        match self {
            Self::Address { addr, cause } => start::no_address(Value::text(addr.to_string()), cause::of_system(cause)),
            Self::Database { url, cause } => start::no_database(cause.clone(), Value::text(url)),
            Self::Migration(error) => start::no_migration(cause::of_database(error)),
            Self::Version(misfit) => start::misfit(misfit.message()),
            Self::Read(error) => start::unreadable(cause::of_database(error)),
            Self::Demo(error) => start::no_demo(error.clone()),
        }
    }
}

logged_in_english!(StartError);
