//! The log, on the standard error: what it contains by default, and how it is written.

use clap::ValueEnum;
use std::{io::IsTerminal, panic};
use tracing_subscriber::EnvFilter;

/// What is logged unless `RUST_LOG` says otherwise: faults, logins and logouts; not every invalid cookie.
const UNASKED: &str = "warn,tower_sessions::service=error,control_maniac::access=info";

/// How the log is written.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub enum LogFormat {
    /// Lines for a person.
    #[default]
    Text,
    /// An object in JSON a line.
    Json,
}

/// Begins the log.
pub fn begin(format: LogFormat) {
    let log = tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(UNASKED)))
        .with_writer(std::io::stderr);
    match format {
        // Colours are for a person; in a file they are unreadable.
        LogFormat::Text => log.with_ansi(std::io::stderr().is_terminal()).init(),
        LogFormat::Json => log.json().with_current_span(false).init(),
    }
    // A line like the others, with the request's name. A panic's message may quote a value, so only its place is
    // logged.
    panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string);
        tracing::error!(place, "panicked: a fault of the program's own");
    }));
}
