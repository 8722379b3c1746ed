//! What the command line says: German where the environment asks for it, and otherwise English, and never both.

use crate::{
    accounts::said,
    app::{CONTROLLER, TestApp},
    bad_input::Program,
    built,
    database::TestDatabase,
    languages::only,
    on_both_databases,
    past_limits::as_the_books,
};
use serde_json::Value;
use std::{
    io::Write,
    process::{Command, Output, Stdio},
};

on_both_databases!(
    accounts_are_spoken_of_in_the_language_of_the_environment,
    the_check_speaks_it,
    backup_and_restore_speak_it,
    a_start_speaks_it,
    with_a_log_in_json_there_is_nothing_else_beside_it,
);

/// Variables of an environment, with their values.
type Variables = &'static [(&'static str, &'static str)];

/// Environments, the code of the language they ask for, and that of the other one.
const ENVIRONMENTS: [(Variables, &str, &str); 3] = [
    (&[("LANG", "de_DE.UTF-8")], "de", "en"),
    (&[("LANG", "en_GB.UTF-8")], "en", "de"),
    (&[("LC_ALL", "C"), ("LANG", "de_DE.UTF-8")], "en", "de"),
];

/// Words that clap has for its own help and errors, and that we have others for.
const OF_CLAP: [&str; 9] = [
    "Usage",
    "Options:",
    "Commands:",
    "Arguments:",
    "default:",
    "env:",
    "possible values",
    "error:",
    "For more information",
];

/// The program in an environment that has no more than these variables for its language.
fn program(arguments: &[&str], environment: &[(&str, &str)]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_control-maniac"));
    for name in ["LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE", "RUST_LOG"] {
        command.env_remove(name);
    }
    command
        .args(arguments)
        .env("CONTROL_MANIAC_SITE", built::folder())
        .envs(environment.iter().copied())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// What it prints with `input` on its standard input.
fn run(mut command: Command, input: &str) -> Output {
    let mut child = command.spawn().unwrap();
    drop(child.stdin.take().unwrap().write_all(input.as_bytes()));
    child.wait_with_output().unwrap()
}

/// Checks that `text` has no words of the language `other`.
#[track_caller]
fn assert_without(other: &str, text: &str, place: &str) {
    // Lines are broken anywhere.
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let found: Vec<_> = only(other)
        .into_iter()
        .filter(|part| text.contains(part.as_str()))
        .collect();
    assert!(found.is_empty(), "{place} says {found:?}: {text}");
}

/// The names under the heading of a help's commands.
fn commands_in(help: &str) -> Vec<String> {
    let rows = help
        .lines()
        .skip_while(|line| !matches!(*line, "Befehle:" | "Commands:"));
    rows.skip(1)
        .take_while(|line| !line.is_empty())
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .map(|line| line.split_whitespace().next().unwrap().to_owned())
        .collect()
}

#[test]
fn the_help_of_every_command_is_in_one_language() {
    for (environment, language, other) in ENVIRONMENTS {
        let mut paths = vec![vec![], vec!["pack".to_owned()]];
        let mut seen = 0;
        while let Some(path) = paths.pop() {
            let arguments: Vec<&str> = path.iter().map(String::as_str).collect();
            let is_help = path.last().is_some_and(|name| name == "help");
            // `help` is asked for by itself, and has no option for it.
            let arguments = match is_help {
                true => [&["help"][..], &arguments].concat(),
                false => [&arguments[..], &["--help"]].concat(),
            };
            let output = run(program(&arguments, environment), "");
            assert!(
                output.status.success() && output.stderr.is_empty(),
                "{arguments:?}: {}",
                said(&output)
            );
            let help = String::from_utf8(output.stdout).unwrap();
            assert_without(other, &help, &format!("{arguments:?} in {language}"));
            if language == "de" {
                let clap = OF_CLAP.iter().find(|words| help.contains(**words));
                assert_eq!(clap, None, "{arguments:?}: {help}");
            }
            // Each argument and option has its description below it.
            let lines: Vec<&str> = help.lines().collect();
            for (place, line) in lines.iter().enumerate() {
                if line.trim_start().starts_with("--") && line.starts_with("      ") {
                    assert!(lines[place + 1].trim().len() > 8, "{arguments:?}: {line}");
                }
                assert!(line.chars().count() <= 100, "{line}");
            }
            seen += 1;
            if !is_help {
                paths.extend(commands_in(&help).into_iter().map(|name| [&path[..], &[name]].concat()));
            }
        }
        assert_eq!(seen, 15, "each command was asked for its help, and two more for `help`");
    }
}

#[test]
fn what_is_wrong_with_the_arguments_is_said_in_one_language() {
    let wrong: [(&[&str], Variables, &str, &str); 14] = [
        (
            &["serve", "--nonsense"],
            &[],
            "Das Argument „--nonsense“",
            "unexpected argument '--nonsense'",
        ),
        (
            &["serve", "--adr", "x"],
            &[],
            "meinten Sie „--addr“?",
            "did you mean '--addr'?",
        ),
        (
            &["nonsense"],
            &[],
            "Den Befehl „nonsense“",
            "unrecognized subcommand 'nonsense'",
        ),
        (&[], &[], "fehlt ein Befehl: serve", "requires a subcommand: serve"),
        (&["user"], &[], "fehlt ein Befehl: add", "requires a subcommand: add"),
        (&["backup"], &[], "Es fehlen: <DATEI>", "were not provided: <FILE>"),
        (
            &["serve", "--addr", "nowhere"],
            &[],
            "IP-Adresse mit Port",
            "an IP address and a port",
        ),
        (&["serve", "--addr"], &[], "braucht einen Wert", "a value is required"),
        (
            &["serve", "--scale", "0"],
            &[],
            "ganze Zahl von 1 bis 100",
            "a whole number from 1 to 100",
        ),
        (
            &["serve", "--trusted-proxy", "x"],
            &[],
            "weder eine Adresse",
            "no address and no network",
        ),
        (&["serve", "--public-url", "x"], &[], "ein Rechnername", "and a host"),
        (
            &["serve", "--time-zone", "Bonn"],
            &[],
            "Zeitzone `Bonn`",
            "no time zone `Bonn`",
        ),
        (
            &["check"],
            &[("CONTROL_MANIAC_DATABASE_URL", "")],
            "Die Variable CONTROL_MANIAC_DATABASE_URL, die für „--database-url <URL>“ steht, ist leer",
            "the variable CONTROL_MANIAC_DATABASE_URL, which stands in for '--database-url <URL>', is empty",
        ),
        (
            &["serve"],
            &[("CONTROL_MANIAC_ADDR", "here")],
            "in der Variable CONTROL_MANIAC_ADDR",
            "in the variable CONTROL_MANIAC_ADDR",
        ),
    ];
    for (environment, language, other) in ENVIRONMENTS {
        for (arguments, variables, german, english) in wrong {
            let mut command = program(arguments, environment);
            command.envs(variables.iter().copied());
            let output = run(command, "");
            let said = String::from_utf8(output.stderr).unwrap();
            assert_eq!(output.status.code(), Some(2), "{arguments:?}: {said}");
            assert_eq!(said.lines().count(), 1, "{said}");
            let expected = if language == "de" { german } else { english };
            assert!(
                said.contains(expected) && said.ends_with(" --help\n"),
                "{arguments:?} in {language}: {said}"
            );
            assert_without(other, &said, &format!("{arguments:?} in {language}"));
        }
    }
}

/// The program on a database.
fn on(database: &TestDatabase, arguments: &[&str], environment: &[(&str, &str)]) -> Command {
    let mut command = program(arguments, environment);
    command.env("CONTROL_MANIAC_DATABASE_URL", &database.url);
    command
}

async fn accounts_are_spoken_of_in_the_language_of_the_environment(app: TestApp) -> TestApp {
    let add = ["user", "add", "ada@engine.test", "--name", "Ada"];
    let all = [&add[..], &["--all-divisions"]].concat();
    let unknown = [&add[..], &["--division", "nowhere"]].concat();
    let nameless = ["user", "add", "ada@engine.test", "--name", " ", "--all-divisions"];
    let good = "tar violin copper meadow\n";
    let cases: [(&[&str], &str, &str, &str); 11] = [
        (
            &["user", "add", "nobody", "--name", "N", "--all-divisions"],
            good,
            "keine E-Mail-Adresse",
            "no e-mail address",
        ),
        (&nameless, good, "Der Name ist leer", "the name is empty"),
        (&add, good, "sähe nichts", "would see nothing"),
        (&all, "short\n", "mindestens 12 Zeichen", "at least 12 characters"),
        (&all, "passwordpassword\n", "leicht zu erraten", "easy to guess"),
        (
            &all,
            "ada@engine.test1\n",
            "ähnelt der E-Mail-Adresse",
            "too much like the e-mail",
        ),
        (
            &unknown,
            good,
            "Den Bereich `nowhere`",
            "there is no division `nowhere`",
        ),
        (
            &["user", "add", CONTROLLER, "--name", "N", "--all-divisions"],
            good,
            "gibt es schon",
            "already",
        ),
        (
            &["user", "password", "ada@engine.test"],
            good,
            "Das Konto ada@engine.test gibt es nicht",
            "there is no account",
        ),
        (
            &["user", "remove", "ada@engine.test"],
            "",
            "Das Konto ada@engine.test gibt es nicht",
            "there is no account",
        ),
        // Where the option stands makes no difference.
        (
            &["user", "list", "--database-url", &app.database.url],
            "",
            "alle Bereiche, Kostensätze",
            "all divisions, cost rates",
        ),
    ];
    for (environment, language, other) in ENVIRONMENTS {
        for (arguments, input, german, english) in cases {
            let said = said(&run(on(&app.database, arguments, environment), input));
            let expected = if language == "de" { german } else { english };
            assert!(said.contains(expected), "{arguments:?} in {language}: {said}");
            assert_without(other, &said, &format!("{arguments:?} in {language}"));
        }
        for (arguments, input, german, english) in [
            (&all[..], good, "kann sich jetzt anmelden", "may log in now"),
            (&["user", "password", "ada@engine.test"], good, "ist gesetzt", "is set"),
            (&["user", "remove", "ada@engine.test"], "", "ist entfernt", "is removed"),
        ] {
            let output = run(on(&app.database, arguments, environment), input);
            let expected = if language == "de" { german } else { english };
            assert!(
                output.status.success() && said(&output).contains(expected),
                "{}",
                said(&output)
            );
            assert_without(other, &said(&output), &format!("{arguments:?} in {language}"));
        }
    }
    app
}

async fn the_check_speaks_it(app: TestApp) -> TestApp {
    let wrong = "UPDATE booking_parts SET amount = amount + 1 WHERE id = 1;
        UPDATE projects SET starts_on = '2001-01-01' WHERE code = 'WEB-002';
        UPDATE people SET division_id = NULL WHERE id = 1;
        DELETE FROM project_divisions WHERE project_id = (SELECT id FROM projects WHERE code = 'WEB-002');
        UPDATE capacities SET month = '2026-05-02' WHERE person_id = 1 AND month = '2026-05-01'";
    as_the_books(app.state.db.writer(), wrong).await;
    for (environment, language, other) in ENVIRONMENTS {
        let output = run(on(&app.database, &["check"], environment), "");
        assert_eq!(output.status.code(), Some(1));
        let said = said(&output);
        assert_without(other, &said, &format!("the check in {language}"));
        let expected = match language {
            "de" => [
                "FEHLER Eine gemeinsame Buchung",
                ": 1 Verstoß: der Bereich von Projekt WEB-002",
                ": 2 Verstöße: Person 1 (",
                "im Monat 2026-05-02",
                "Hinweis: ",
                "4 Prüfungen sind fehlgeschlagen",
            ],
            _ => [
                "FAILED the parts of a shared booking",
                ": 1 breaks this: the division of project WEB-002",
                ": 2 break this: person 1 (",
                "in 2026-05-02",
                "note   ",
                "4 of the checks failed",
            ],
        };
        for part in expected {
            assert!(said.contains(part), "{part} in {language}: {said}");
        }
    }
    app
}

async fn backup_and_restore_speak_it(app: TestApp) -> TestApp {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (no_backup, missing) = (path("no-backup"), path("missing"));
    std::fs::write(&no_backup, "something else, for quite some time").unwrap();
    for (environment, language, other) in ENVIRONMENTS {
        let written = path(&format!("{}-{language}", environment.len()));
        let (first, is_no_backup) = match app.kind {
            crate::database::Kind::Sqlite => (
                ("wie sie jetzt ist", "as it is now"),
                ("keine SQLite-Datenbank", "not a SQLite database"),
            ),
            crate::database::Kind::Postgres => (
                ("wie sie jetzt ist", "as it is now"),
                ("nicht von pg_dump -Fc", "not written by pg_dump -Fc"),
            ),
        };
        for (arguments, (german, english)) in [
            (["backup", &written], first),
            (["backup", &written], ("gibt es schon", "is there already")),
            (["restore", &no_backup], is_no_backup),
            (
                ["restore", &missing],
                ("Diese Datei oder diesen Ordner gibt es nicht", "there is no such file"),
            ),
            (["restore", &written], ("wird benutzt: ", "is used by")),
        ] {
            let mut command = on(&app.database, &arguments, environment);
            command.env("PATH", std::env::join_paths(crate::backup::folders()).unwrap());
            let said = said(&run(command, ""));
            let expected = if language == "de" { german } else { english };
            assert!(said.contains(expected), "{arguments:?} in {language}: {said}");
            assert_without(other, &said, &format!("{arguments:?} in {language}"));
        }
    }
    app
}

async fn a_start_speaks_it(app: TestApp) -> TestApp {
    let taken = app.address.strip_prefix("http://").unwrap();
    let cases: [(&[&str], &str, &str); 5] = [
        (
            &["serve", "--addr", taken],
            "Die Adresse ist belegt",
            "the address is in use",
        ),
        (
            &["check", "--database-url", "sqlite:/nowhere/at/all.db"],
            "lässt sich nicht öffnen",
            "can't open the database",
        ),
        (
            &["check", "--database-url", "mysql://nowhere"],
            "Sie muss mit sqlite:",
            "it must begin with sqlite:",
        ),
        (
            &["check", "--database-url", "postgres://127.0.0.1:1/none"],
            "nicht erreichbar",
            "can't be reached",
        ),
        (
            &["serve", "--site", "/nowhere"],
            "Im Ordner /nowhere fehlt",
            "the folder /nowhere has no",
        ),
    ];
    for (environment, language, other) in ENVIRONMENTS {
        for (arguments, german, english) in cases {
            let output = run(on(&app.database, arguments, environment), "");
            let said = said(&output);
            assert_eq!((output.status.code(), said.lines().count()), (Some(1), 1), "{said}");
            let expected = if language == "de" { german } else { english };
            assert!(said.contains(expected), "{arguments:?} in {language}: {said}");
            assert_without(other, &said, &format!("{arguments:?} in {language}"));
        }
        let mut command = Program::command(&app.database, "127.0.0.1:0", &["--demo", "--https"]);
        for name in ["LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE"] {
            command.env_remove(name);
        }
        let program = Program::begin(command.envs(environment.iter().copied()));
        let said = program.said.clone();
        let (log, _) = program.stop();
        let expected = if language == "de" {
            ("läuft unter http", "WARNUNG: --demo")
        } else {
            ("is at http", "WARNING: --demo")
        };
        assert!(said.contains(expected.0) && log.contains(expected.1), "{said}{log}");
        assert_without(other, &format!("{said}{log}"), &format!("the start in {language}"));
    }
    app
}

async fn with_a_log_in_json_there_is_nothing_else_beside_it(app: TestApp) -> TestApp {
    let taken = app.address.strip_prefix("http://").unwrap();
    let german = &[("LANG", "de_DE.UTF-8")];
    let cases: [(&[&str], Variables, i32, &str); 5] = [
        (
            &["serve", "--addr", taken, "--log-format", "json"],
            &[],
            1,
            "can't listen on",
        ),
        (
            &["serve", "--addr", taken],
            &[("CONTROL_MANIAC_LOG_FORMAT", "json"), ("RUST_LOG", "off")],
            1,
            "can't listen on",
        ),
        (
            &["serve", "--nonsense", "--log-format=json"],
            &[],
            2,
            "unexpected argument '--nonsense'",
        ),
        (
            &["user", "remove", "no@body.test", "--log-format", "json"],
            &[],
            1,
            "there is no account",
        ),
        (
            &["check", "--database-url", ""],
            &[("CONTROL_MANIAC_LOG_FORMAT", "json")],
            2,
            "--database-url",
        ),
    ];
    for (arguments, variables, code, part) in cases {
        let mut command = on(&app.database, arguments, german);
        command.envs(variables.iter().copied());
        let output = run(command, "");
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {}", said(&output));
        let log = String::from_utf8(output.stderr).unwrap();
        let lines: Vec<Value> = log.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(lines.len(), 1, "{arguments:?}: {log}");
        assert_eq!(lines[0]["level"], "ERROR", "{log}");
        // The log is in English.
        assert!(lines[0]["fields"]["message"].as_str().unwrap().contains(part), "{log}");
    }
    let arguments = ["--log-format", "json", "--demo", "--https"];
    let mut command = Program::command(&app.database, "127.0.0.1:0", &arguments);
    let (log, _) = Program::begin(command.env("LC_ALL", "de_DE.UTF-8")).stop();
    let lines: Vec<Value> = log.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let warned = |line: &&Value| line["fields"]["message"].as_str().unwrap().contains("WARNING: --demo");
    assert_eq!(lines.iter().filter(warned).count(), 1, "{log}");
    app
}
