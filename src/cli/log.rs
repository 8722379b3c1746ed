//! The log, on the standard error: what it contains by default, and how it is written. It is for whoever runs the
//! program, and in English.

use clap::ValueEnum;
use std::{ffi::OsString, io::IsTerminal, panic};
use tracing_subscriber::EnvFilter;

/// The variable that says how the log is written.
pub const VARIABLE: &str = "CONTROL_MANIAC_LOG_FORMAT";

/// The option that does.
const OPTION: &str = "--log-format";

/// What is logged unless `RUST_LOG` says otherwise: faults, logins and logouts; not every invalid cookie.
const UNASKED: &str = "warn,tower_sessions::service=error,control_maniac::access=info";

/// How the log is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    #[default]
    Text,
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

/// Logs in JSON what `write` logs, whatever else is logged, and before the log begins as well.
pub fn in_json(write: impl FnOnce()) {
    let log = tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .json()
        .with_current_span(false);
    tracing::subscriber::with_default(log.finish(), write);
}

/// How `arguments` and the environment want the log, although the arguments can't be read.
#[expect(
    clippy::disallowed_methods,
    reason = "the option has this variable, and nobody has read it"
)]
pub fn wanted(arguments: &[OsString]) -> LogFormat {
    let texts: Vec<_> = arguments.iter().map(|argument| argument.to_string_lossy()).collect();
    let joined = texts
        .iter()
        .find_map(|text| text.strip_prefix(OPTION)?.strip_prefix('='));
    let following = texts
        .iter()
        .skip_while(|text| *text != OPTION)
        .nth(1)
        .map(|text| &**text);
    let variable = std::env::var(VARIABLE).ok();
    let wanted = joined.or(following).or(variable.as_deref());
    wanted
        .and_then(|wanted| LogFormat::from_str(wanted, false).ok())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_of_the_log_is_known_even_if_the_rest_is_wrong() {
        let wanted = |text: &str| wanted(&text.split(' ').map(OsString::from).collect::<Vec<_>>());
        for text in ["p --log-format json nonsense", "p serve --nope --log-format=json"] {
            assert_eq!(wanted(text), LogFormat::Json, "{text}");
        }
        for text in ["p", "p --log-format", "p --log-format xml", "p json"] {
            assert_eq!(wanted(text), LogFormat::Text, "{text}");
        }
    }
}
