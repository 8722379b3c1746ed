//! What the command line says to the person who typed it: in the language of their environment, or as a line of the log.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "the command line answers whoever typed it"
)]

use super::log::{self, LogFormat};
use crate::{
    locale::Locale,
    message::{Message, Told, Value},
};

/// How the command line speaks.
pub struct Speech {
    locale: Locale,
    log_format: LogFormat,
}

impl Speech {
    /// It speaks as in `locale`; what goes to the standard error, where the log is, has the form of the log.
    pub fn new(locale: Locale, log_format: LogFormat) -> Self {
        Self { locale, log_format }
    }

    /// `message` in words.
    pub fn say(&self, message: &Message) -> String {
        self.locale.say(message)
    }

    /// `value` in words.
    pub fn words(&self, value: &Value) -> String {
        self.locale.words(value)
    }

    /// Prints `message` as a line of the standard output.
    pub fn line(&self, message: Message) {
        println!("{}", self.say(&message));
    }

    /// Prints `text`, which is in words already.
    pub fn print(&self, text: &str) {
        print!("{text}");
    }

    /// Says in one line why the program ends.
    pub fn fail(&self, told: &impl Told) {
        match self.log_format {
            LogFormat::Text => eprintln!("control-maniac: {}", self.say(&told.message())),
            LogFormat::Json => {
                let said = Locale::default().say(&told.message());
                log::in_json(|| tracing::error!("{said}"));
            }
        }
    }

    /// Says where it can't be overlooked what is dangerous.
    pub fn warn(&self, message: &Message) {
        match self.log_format {
            LogFormat::Text => {
                let line = "*".repeat(78);
                eprintln!("{line}\n{}\n{line}", self.say(message));
            }
            LogFormat::Json => {
                let said = Locale::default().say(message).replace('\n', " ");
                log::in_json(|| tracing::warn!("{said}"));
            }
        }
    }
}

/// The locale that the environment asks for.
#[expect(
    clippy::disallowed_methods,
    reason = "every program is told its person's language by the environment"
)]
pub fn locale_of_environment() -> Locale {
    Locale::of_environment(|name| std::env::var(name).ok())
}
