//! What is wrong with the arguments, in one line: clap finds it, and has words in English alone.

use super::values::BadValue;
use crate::{
    message::{Joint, Message, Told, Value},
    messages::cli,
};
use clap::{
    Command, Error,
    error::{ContextKind, ContextValue, ErrorKind},
};
use std::{error::Error as _, ffi::OsString};

/// What `error` says about the `arguments` of `command`.
pub fn message(error: &Error, command: &Command, arguments: &[OsString]) -> Message {
    let found = Found(error);
    let cause = found.cause(variable_at_fault(&found, command, arguments));
    let meant = [
        ContextKind::SuggestedArg,
        ContextKind::SuggestedSubcommand,
        ContextKind::SuggestedValue,
    ];
    match meant
        .into_iter()
        .find_map(|kind| found.several(kind).into_iter().next())
    {
        Some(meant) => cli::wrong_meant(cause, shown(&meant)),
        None => cli::wrong(cause),
    }
}

/// What clap has found.
struct Found<'a>(&'a Error);

impl Found<'_> {
    /// The texts of one kind.
    fn several(&self, kind: ContextKind) -> Vec<String> {
        match self.0.get(kind) {
            Some(ContextValue::String(text)) => vec![text.clone()],
            Some(ContextValue::Strings(texts)) => texts.clone(),
            _ => Vec::new(),
        }
    }

    /// The first text of one kind, as it may be shown.
    fn one(&self, kind: ContextKind) -> Value {
        shown(&self.several(kind).into_iter().next().unwrap_or_default())
    }

    /// All texts of one kind, as they may be shown.
    fn all(&self, kind: ContextKind) -> Value {
        let texts = self.several(kind);
        Value::Joined(texts.iter().map(|text| shown(text)).collect(), Joint::Comma)
    }

    fn cause(&self, variable: Option<Variable>) -> Message {
        let argument = || self.one(ContextKind::InvalidArg);
        let value = || self.one(ContextKind::InvalidValue);
        match self.0.kind() {
            ErrorKind::InvalidSubcommand => cli::wrong_command(self.one(ContextKind::InvalidSubcommand)),
            ErrorKind::MissingSubcommand => cli::wrong_no_command(
                self.one(ContextKind::InvalidSubcommand),
                self.all(ContextKind::ValidSubcommand),
            ),
            ErrorKind::UnknownArgument => cli::wrong_argument(argument()),
            ErrorKind::MissingRequiredArgument => cli::wrong_lacks(self.all(ContextKind::InvalidArg)),
            ErrorKind::ArgumentConflict if self.is_twice() => cli::wrong_twice(argument()),
            ErrorKind::ArgumentConflict => cli::wrong_together(argument(), self.all(ContextKind::PriorArg)),
            ErrorKind::InvalidValue | ErrorKind::ValueValidation => self.of_value(variable),
            ErrorKind::TooManyValues => cli::wrong_too_many(argument(), value()),
            ErrorKind::InvalidUtf8 => cli::wrong_no_text(),
            _ => cli::wrong_otherwise(),
        }
    }

    fn is_twice(&self) -> bool {
        self.several(ContextKind::PriorArg) == self.several(ContextKind::InvalidArg)
    }

    /// What is wrong with a value, which may be that of a variable.
    fn of_value(&self, variable: Option<Variable>) -> Message {
        let (argument, value) = (self.one(ContextKind::InvalidArg), self.one(ContextKind::InvalidValue));
        let said = self.0.source().and_then(|source| source.downcast_ref::<BadValue>());
        let values = self.several(ContextKind::ValidValue);
        let cause = match said {
            Some(said) => Some(said.message()),
            None if values.is_empty() => None,
            None => Some(cli::wrong_possible(self.all(ContextKind::ValidValue))),
        };
        let has_no_value = value == Value::text("") && said.is_none();
        match (variable, cause) {
            (Some(Variable { name, is_empty: true }), cause) => {
                let empty = cli::wrong_empty_variable(argument, Value::text(name));
                cause.map_or(empty.clone(), |cause| cli::wrong_because(cause, empty))
            }
            (Some(Variable { name, .. }), Some(cause)) => {
                cli::wrong_variable(argument, cause, value, Value::text(name))
            }
            (_, Some(cause)) if has_no_value => cli::wrong_because(cause, cli::wrong_no_value(argument)),
            (_, Some(cause)) => cli::wrong_value(argument, cause, value),
            (_, None) => cli::wrong_no_value(argument),
        }
    }
}

/// A variable whose value stands in for that of an option.
struct Variable {
    name: String,
    is_empty: bool,
}

/// The variable that the value at fault is from, if it is from one: the option itself is not among `arguments`.
#[expect(
    clippy::disallowed_methods,
    reason = "what is said about a variable is said about the one that was read"
)]
fn variable_at_fault(found: &Found, command: &Command, arguments: &[OsString]) -> Option<Variable> {
    let argument = found.several(ContextKind::InvalidArg).into_iter().next()?;
    let option = argument.split([' ', '=']).next()?;
    let is_given = arguments.iter().any(|given| {
        let given = given.to_string_lossy();
        given == option || given.strip_prefix(option).is_some_and(|rest| rest.starts_with('='))
    });
    let name = variable(command, option.strip_prefix("--")?).filter(|_| !is_given)?;
    let value = std::env::var(&name).ok()?;
    let is_empty = value.trim().is_empty();
    Some(Variable { name, is_empty })
}

/// The variable of the option `long`, wherever it belongs.
fn variable(command: &Command, long: &str) -> Option<String> {
    let option = command.get_arguments().find(|option| option.get_long() == Some(long));
    let variable = option.and_then(|option| Some(option.get_env()?.to_string_lossy().into_owned()));
    variable.or_else(|| {
        command
            .get_subcommands()
            .find_map(|command| self::variable(command, long))
    })
}

/// What was typed, as it may be shown: a database's address in the wrong place may contain a password.
fn shown(typed: &str) -> Value {
    let is_web = |address: &str| address.starts_with("https://") || address.starts_with("http://");
    // The address of a web server contains neither an account nor parameters.
    let is_plain = |word: &str| is_web(word) && !word.contains(['@', '?']);
    let words = typed
        .split(' ')
        .map(|word| match word.contains("://") && !is_plain(word) {
            true => "…",
            false => word,
        });
    Value::text(words.collect::<Vec<_>>().join(" ").replace(char::is_control, " "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        cli::{Cli, help},
        locale::Locale,
    };
    use clap::CommandFactory;

    fn said(arguments: &[&str]) -> String {
        let locale = Locale::default();
        let mut command = help::in_words(Cli::command(), &locale);
        let error = command.try_get_matches_from_mut(arguments).unwrap_err();
        let arguments: Vec<OsString> = arguments.iter().map(OsString::from).collect();
        locale.say(&message(&error, &command, &arguments))
    }

    #[test]
    fn an_address_in_the_wrong_place_is_not_printed() {
        let cause = said(&["control-maniac", "check", "postgres://me:secret@db/studio"]);
        assert_eq!(cause, "unexpected argument '…' found; see --help");
        let cause = said(&["control-maniac", "serve", "--public-url", "https://c.example/sub"]);
        assert!(cause.contains("'https://c.example/sub'"), "{cause}");
        let cause = said(&["control-maniac", "serve", "--addr", "postgres://me:secret@db/studio"]);
        assert!(!cause.contains("secret") && cause.contains("'…'"), "{cause}");
    }

    #[test]
    fn what_is_wrong_is_said_with_its_place() {
        for (arguments, part) in [
            (&["serve", "--adr", "x"][..], "did you mean '--addr'"),
            (&["serv"], "unrecognized subcommand 'serv'"),
            (
                &["user"],
                "'control-maniac user' requires a subcommand: add, list, password, remove",
            ),
            (&[], "'control-maniac' requires a subcommand: serve, user"),
            (&["serve", "--addr", "nowhere"], "like 127.0.0.1:3000"),
            (&["serve", "--scale", "101"], "a whole number from 1 to 100"),
            (&["serve", "--scale"], "a value is required for '--scale <NUMBER>'"),
            (&["serve", "--demo=x", "--demo"], "'--demo'"),
            (&["--log-format", "xml", "check"], "text, json"),
            (&["backup"], "were not provided: <FILE>"),
            (&["user", "add", "a@b.test"], "were not provided: --name <NAME>"),
            (
                &[
                    "user",
                    "add",
                    "a@b.test",
                    "--name",
                    "A",
                    "--all-divisions",
                    "--division",
                    "web",
                ],
                "cannot be used with",
            ),
        ] {
            let arguments: Vec<&str> = ["control-maniac"].iter().chain(arguments).copied().collect();
            let said = said(&arguments);
            assert!(
                said.contains(part) && said.to_lowercase().ends_with("see --help"),
                "{arguments:?}: {said}"
            );
        }
    }
}
