//! On a terminal a password is typed unseen, and twice.
#![cfg(target_os = "linux")]

use crate::database::{Kind, TestDatabase};
use std::{
    io::{Read, Write},
    process::{Child, ChildStdout, Command, Stdio},
};

/// A command on a terminal of its own, which `script` makes.
struct Terminal {
    child: Child,
    output: ChildStdout,
    shown: String,
}

impl Terminal {
    fn run(database: &TestDatabase, command: &str) -> Self {
        let program = env!("CARGO_BIN_EXE_control-maniac");
        let mut child = Command::new("script")
            .args(["--quiet", "--return", "--command"])
            .arg(format!("tty; '{program}' {command}"))
            .arg("/dev/null")
            .env("CONTROL_MANIAC_DATABASE_URL", &database.url)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        Self {
            output: child.stdout.take().unwrap(),
            child,
            shown: String::new(),
        }
    }

    /// Types a line once the prompt is there and the terminal doesn't show what is typed.
    fn answer(&mut self, prompt: &str, line: &str) {
        while !self.shown.ends_with(prompt) {
            let mut byte = [0];
            assert_eq!(self.output.read(&mut byte).unwrap(), 1, "{}", self.shown);
            self.shown.push(char::from(byte[0]));
        }
        let device = self.shown.lines().next().unwrap().to_owned();
        let is_unseen = || {
            let modes = Command::new("stty").args(["-a", "-F", &device]).output().unwrap();
            String::from_utf8_lossy(&modes.stdout)
                .split_whitespace()
                .any(|mode| mode == "-echo")
        };
        assert!((0..1000).any(|_| is_unseen()), "{}", self.shown);
        writeln!(self.child.stdin.as_ref().unwrap(), "{line}").unwrap();
    }

    /// Everything that was on the terminal, and whether the command succeeded.
    fn end(mut self) -> (String, bool) {
        self.output.read_to_string(&mut self.shown).unwrap();
        (self.shown, self.child.wait().unwrap().success())
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_password_is_typed_unseen_and_twice() {
    let database = TestDatabase::demo(Kind::Sqlite).await;
    let add = "user add ada@engine.test --name Ada --all-divisions";
    let mut terminal = Terminal::run(&database, add);
    terminal.answer("Password: ", "violin copper meadow");
    terminal.answer("The same again: ", "violin copper meadows");
    let (shown, is_done) = terminal.end();
    assert!(
        !is_done && shown.contains("the two passwords are not the same"),
        "{shown}"
    );
    assert!(!shown.contains("violin"), "{shown}");
    let mut terminal = Terminal::run(&database, add);
    terminal.answer("Password: ", "violin copper meadow");
    terminal.answer("The same again: ", "violin copper meadow");
    let (shown, is_done) = terminal.end();
    assert!(is_done && shown.contains("ada@engine.test may log in now"), "{shown}");
    assert!(!shown.contains("violin"), "{shown}");
}
