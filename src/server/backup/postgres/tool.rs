//! The tools that come with Postgres. They get the address of the database and its password in variables, never on a
//! command line, which others could read.

use crate::{
    message::Value,
    server::{backup::error::BackupError, cause},
};
use sea_orm::{
    DbErr,
    sqlx::postgres::{PgConnectOptions, PgSslMode},
};
use std::{io, process::Command, str::FromStr};
use url::Url;

/// A tool that comes with Postgres.
#[derive(Clone, Copy)]
pub enum Tool {
    /// `pg_dump`
    Dump,
    /// `pg_restore`
    Restore,
}

impl Tool {
    fn name(self) -> &'static str {
        match self {
            Self::Dump => "pg_dump",
            Self::Restore => "pg_restore",
        }
    }

    /// A command that connects to the database at `url`.
    pub fn at(self, url: &str) -> Command {
        let mut command = Command::new(self.name());
        if let Ok(options) = options(url) {
            let host = options
                .get_socket()
                .cloned()
                .unwrap_or_else(|| options.get_host().into());
            command.env("PGHOST", host);
            command.env("PGPORT", options.get_port().to_string());
            command.env("PGUSER", options.get_username());
            command.env(
                "PGDATABASE",
                options.get_database().unwrap_or_else(|| options.get_username()),
            );
            command.env("PGSSLMODE", ssl_mode(options.get_ssl_mode()));
        }
        if let Some(password) = password(url) {
            command.env("PGPASSWORD", password);
        }
        if let Some(certificate) = parameter(url, "sslrootcert") {
            command.env("PGSSLROOTCERT", certificate);
        }
        command
    }
}

/// The variables that describe the connection to the database at `url`.
pub fn options(url: &str) -> Result<PgConnectOptions, DbErr> {
    PgConnectOptions::from_str(url).map_err(|error| DbErr::Custom(error.to_string()))
}

fn ssl_mode(mode: PgSslMode) -> &'static str {
    match mode {
        PgSslMode::Disable => "disable",
        PgSslMode::Allow => "allow",
        PgSslMode::Prefer => "prefer",
        PgSslMode::Require => "require",
        PgSslMode::VerifyCa => "verify-ca",
        PgSslMode::VerifyFull => "verify-full",
    }
}

/// The password in an address, which may be in two places.
fn password(url: &str) -> Option<String> {
    let parsed = Url::parse(url).ok()?;
    let before_the_host = parsed.password().map(|text| percent_encoding::percent_decode_str(text));
    let before_the_host = before_the_host.map(|text| text.decode_utf8_lossy().into_owned());
    parameter(url, "password").or(before_the_host)
}

fn parameter(url: &str, name: &str) -> Option<String> {
    let parsed = Url::parse(url).ok()?;
    let mut pairs = parsed.query_pairs();
    pairs.find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
}

/// Runs a tool to its end and gives its output.
pub async fn run(tool: Tool, mut command: Command) -> Result<String, BackupError> {
    // A missing password is an error; the programs don't ask for it.
    command.arg("--no-password");
    let failed = |said: Value| BackupError::Program {
        program: tool.name(),
        said,
    };
    let output = tokio::task::spawn_blocking(move || command.output()).await;
    let output = match output.map_err(|error| failed(Value::text(error.to_string())))? {
        Ok(output) => output,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(BackupError::NoProgram(tool.name())),
        Err(error) => return Err(failed(cause::of_system(&error))),
    };
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let lines: Vec<&str> = said.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    Err(failed(Value::text(lines.join("; "))))
}
