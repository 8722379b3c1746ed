//! The help of each command, in the language of the person who asks: clap knows which commands and options there are,
//! and has words in English alone.

use super::meanings::{self, ARGUMENTS, COMMANDS, VALUES, find};
use crate::{
    locale::Locale,
    message::{Joint, Message, Value},
    messages::cli,
};
use clap::{Arg, Command};
use std::fmt::Write as _;

/// A line is no longer, in characters, unless a word is.
const WIDTH: usize = 100;

/// Where the description of an option begins.
const INDENT: usize = 10;

/// The command of clap for printing help.
const HELP: &str = "help";

/// `command` with names of values and with help in the language of `locale`.
pub fn in_words(command: Command, locale: &Locale) -> Command {
    let mut command = with_names(command, locale);
    command.build();
    with_help(command, &[], locale)
}

/// Names the values. A command that is missing is an error like another one.
fn with_names(command: Command, locale: &Locale) -> Command {
    let name = |argument: Arg| match find(VALUES, argument.get_id().as_str()) {
        Some(name) => argument.value_name(locale.say(&name)),
        None => argument,
    };
    command
        .arg_required_else_help(false)
        .mut_args(name)
        .mut_subcommands(|command| with_names(command, locale))
}

fn with_help(command: Command, path: &[String], locale: &Locale) -> Command {
    let text = Help { path, locale }.text(&command);
    command.override_help(text).mut_subcommands(|command| {
        let mut path = path.to_vec();
        path.push(command.get_name().to_owned());
        with_help(command, &path, locale)
    })
}

/// The help of one command.
struct Help<'a> {
    /// The names of the commands that lead to it.
    path: &'a [String],
    locale: &'a Locale,
}

impl Help<'_> {
    fn say(&self, message: Option<Message>) -> String {
        message.map(|message| self.locale.say(&message)).unwrap_or_default()
    }

    /// What the subcommand `name` is for, or the command itself.
    fn meaning(&self, name: Option<&str>) -> String {
        let mut names: Vec<&str> = self.path.iter().map(String::as_str).chain(name).collect();
        // `help` has the other commands below it once more.
        match names.last() {
            Some(&HELP) => names = vec![HELP],
            _ => names.retain(|name| *name != HELP),
        }
        self.say(find(COMMANDS, &names.join(" ")))
    }

    fn text(&self, command: &Command) -> String {
        let mut text = wrapped(&self.meaning(None), 0);
        let usage = Value::text(self.usage(command));
        let _ = write!(text, "\n{}\n", self.say(Some(cli::help_usage(usage))));
        let commands = self.commands(command);
        let positionals: Vec<&Arg> = command.get_positionals().collect();
        let options: Vec<&Arg> = command
            .get_arguments()
            .filter(|argument| !argument.is_positional() && !argument.is_hide_set())
            .collect();
        let arguments = |arguments: &[&Arg]| arguments.iter().map(|argument| self.argument(argument)).collect();
        let sections: [(Message, String); 3] = [
            (cli::help_commands(), commands),
            (cli::help_arguments(), arguments(&positionals)),
            (cli::help_options(), arguments(&options)),
        ];
        for (heading, rows) in sections.into_iter().filter(|(_, rows)| !rows.is_empty()) {
            let _ = write!(text, "\n{}\n{rows}", self.say(Some(heading)));
        }
        text
    }

    /// How the command is called: `control-maniac user add [OPTIONS] --name <NAME> <EMAIL>`.
    fn usage(&self, command: &Command) -> String {
        let mut parts = vec![env!("CARGO_PKG_NAME").to_owned()];
        parts.extend(self.path.iter().cloned());
        if command.get_arguments().any(|argument| !argument.is_positional()) {
            parts.push(format!("[{}]", self.say(Some(cli::help_any_options()))));
        }
        let required = command
            .get_arguments()
            .filter(|argument| argument.is_required_set() && !argument.is_positional());
        parts.extend(required.map(ToString::to_string));
        parts.extend(command.get_positionals().map(ToString::to_string));
        if command.has_subcommands() {
            parts.push(format!("<{}>", self.say(Some(cli::help_a_command()))));
        }
        parts.join(" ")
    }

    fn commands(&self, command: &Command) -> String {
        let shown = || command.get_subcommands().filter(|command| !command.is_hide_set());
        let width = shown()
            .map(|command| command.get_name().len())
            .max()
            .unwrap_or_default();
        let mut rows = String::new();
        for command in shown() {
            let name = command.get_name();
            let meaning = wrapped(&self.meaning(Some(name)), width + 4);
            let _ = write!(rows, "  {name:width$}  {}", meaning.trim_start());
        }
        rows
    }

    /// An argument or an option: how it is written, and below that what it is for.
    fn argument(&self, argument: &Arg) -> String {
        let term = match argument.get_short() {
            Some(short) => format!("-{short}, {argument}"),
            None if argument.is_positional() => argument.to_string(),
            None => format!("    {argument}"),
        };
        let path = self.path.join(" ");
        let meaning = match argument.get_long() {
            Some(long) => meanings::option(&path, &format!("--{long}")).map(|(_, words)| words()),
            None => find(ARGUMENTS, &format!("{path} {}", argument.get_id())),
        };
        let mut parts = vec![self.say(meaning)];
        parts.extend(self.notes(argument));
        format!("  {term}\n{}", wrapped(&parts.join(" "), INDENT))
    }

    /// Its variable, what holds if it isn't given, and which values there are.
    fn notes(&self, argument: &Arg) -> Vec<String> {
        if !argument.get_action().takes_values() {
            return argument.get_env().map(|name| self.variable(name)).into_iter().collect();
        }
        let default = argument.get_default_values().first();
        let default = default.map(|value| cli::help_default(Value::text(value.to_string_lossy())));
        let values = argument.get_possible_values();
        let values = values.iter().map(|value| Value::text(value.get_name())).collect();
        let values = match argument.get_possible_values().is_empty() {
            true => None,
            false => Some(cli::help_possible(Value::Joined(values, Joint::Comma))),
        };
        let variable = argument.get_env().map(|name| self.variable(name));
        let notes = default.into_iter().chain(values).map(|note| self.say(Some(note)));
        variable.into_iter().chain(notes).collect()
    }

    fn variable(&self, name: &std::ffi::OsStr) -> String {
        self.say(Some(cli::help_variable(Value::text(name.to_string_lossy()))))
    }
}

/// `text` in lines that begin at `indent`, each with its end.
fn wrapped(text: &str, indent: usize) -> String {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let length = |text: &str| text.chars().count();
        let fits = |line: &String| line.is_empty() || indent + length(line) + 1 + length(word) <= WIDTH;
        match lines.last_mut() {
            Some(line) if fits(line) => {
                if !line.is_empty() {
                    line.push(' ');
                }
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines.iter().map(|line| format!("{:indent$}{line}\n", "")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::Cli;
    use clap::CommandFactory;
    use std::collections::BTreeSet;

    /// The keys that the tables must have for `command` and what is below it.
    fn keys(command: &Command, path: &[&str], commands: &mut BTreeSet<String>, arguments: &mut BTreeSet<String>) {
        commands.insert(path.join(" "));
        for argument in command.get_arguments() {
            arguments.insert(match argument.get_long() {
                Some(long) => {
                    let name = format!("--{long}");
                    meanings::option(&path.join(" "), &name).map_or(name, |(key, _)| key.to_owned())
                }
                None => format!("{} {}", path.join(" "), argument.get_id()),
            });
        }
        for command in command.get_subcommands() {
            match (command.get_name(), path) {
                (HELP, []) => drop(commands.insert(HELP.to_owned())),
                (HELP, _) => {}
                (name, _) => keys(command, &[path, &[name]].concat(), commands, arguments),
            }
        }
    }

    #[test]
    fn each_command_argument_and_option_has_its_words_and_no_other_has() {
        let mut command = Cli::command();
        command.build();
        let (mut commands, mut arguments) = (BTreeSet::new(), BTreeSet::new());
        keys(&command, &[], &mut commands, &mut arguments);
        let known = |table: &[(&str, super::super::meanings::Words)]| -> BTreeSet<String> {
            table.iter().map(|(key, _)| (*key).to_owned()).collect()
        };
        assert_eq!(known(COMMANDS), commands);
        assert_eq!(known(ARGUMENTS), arguments);
        let mut values = BTreeSet::new();
        let mut with_values = vec![&command];
        while let Some(command) = with_values.pop() {
            let taking = command
                .get_arguments()
                .filter(|argument| argument.get_action().takes_values());
            values.extend(taking.map(|argument| argument.get_id().to_string()));
            with_values.extend(command.get_subcommands().filter(|command| command.get_name() != HELP));
        }
        assert_eq!(known(VALUES), values);
    }

    #[test]
    fn long_words_are_broken_between_words_only() {
        let text = wrapped(&"word ".repeat(40), 10);
        assert!(
            text.lines().count() == 3 && text.lines().all(|line| line.len() <= WIDTH),
            "{text}"
        );
        assert_eq!(wrapped("a", 2), "  a\n");
        assert_eq!(wrapped(&"x".repeat(200), 0).lines().count(), 1);
    }
}
