//! Backups of a Postgres database, by the programs that come with it: `pg_dump` and `pg_restore`. They are told where the
//! database is, and its password, in variables, never on a command line that others can read.

use super::{BackupError, Part, Restored, aside, check_steps, folder_of, unusable};
use crate::server::{db, epoch};
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DbErr, Statement, TransactionTrait,
    sqlx::postgres::{PgConnectOptions, PgSslMode},
};
use std::{
    collections::HashSet,
    io,
    path::{Path, PathBuf},
    process::Command,
    str::FromStr,
};
use url::Url;

/// Tables without which a dump is none of this program.
const OURS: [&str; 3] = ["users", "settings", STEPS];

/// Where a database keeps the steps that it went through.
const STEPS: &str = "seaql_migrations";

/// Writes a copy of the database as it is at one moment to `file`.
pub async fn backup(url: &str, file: &Path) -> Result<u64, BackupError> {
    let db = db::open_existing(url).await?;
    let there = tables(&db).await;
    db.close().await?;
    if OURS
        .iter()
        .any(|table| !matches!(&there, Ok(there) if there.contains(*table)))
    {
        return Err(BackupError::Foreign(db::without_password(url)));
    }
    dump(url, file).await
}

async fn dump(url: &str, file: &Path) -> Result<u64, BackupError> {
    let part = Part::beside(file)?;
    let mut command = Program::Dump.at(url);
    command.arg("--format=custom").arg("--file").arg(&part.0);
    run(Program::Dump, command).await?;
    part.name(file)
}

/// Puts the dump in `file` in the place of what the database holds, all or nothing.
pub async fn restore(url: &str, file: &Path) -> Result<Restored, BackupError> {
    let dumped = check(url, file).await?;
    let db = db::open_existing(url).await?;
    let restored = replace(&db, url, file, &dumped).await;
    db.close().await?;
    restored
}

async fn replace(
    db: &DatabaseConnection,
    url: &str,
    file: &Path,
    dumped: &HashSet<String>,
) -> Result<Restored, BackupError> {
    // A server that starts meanwhile waits here before it does anything.
    let alone = db.begin().await?;
    let lock = format!("SELECT pg_advisory_xact_lock({})", db::MIGRATION_LOCK);
    alone.execute_unprepared(&lock).await?;
    let others = sessions(&alone).await?;
    if !others.is_empty() {
        return Err(BackupError::Used {
            database: db::without_password(url),
            by: others.join(", "),
        });
    }
    let there = tables(&alone).await?;
    let is_ours = OURS.iter().all(|table| there.contains(*table));
    let aside = if is_ours {
        Some(dump_aside(url, file).await?)
    } else {
        None
    };
    // What a later version added is in no older dump, so it would stay, and stand in the way of the step that adds it.
    let ours = tables_of_this_version().await?;
    let later: Vec<&String> = there
        .iter()
        .filter(|table| ours.contains(*table) && !dumped.contains(*table))
        .collect();
    let dropping = db.begin().await?;
    for table in later {
        dropping
            .execute_unprepared(&format!("DROP TABLE \"{table}\" CASCADE"))
            .await?;
    }
    dropping.commit().await?;
    let mut command = Program::Restore.at(url);
    command
        .args([
            "--clean",
            "--if-exists",
            "--single-transaction",
            "--exit-on-error",
            "--no-owner",
        ])
        .arg("--dbname")
        .arg(options(url)?.get_database().unwrap_or_default())
        .arg(file);
    run(Program::Restore, command).await?;
    alone.commit().await?;
    db::migrate(db).await?;
    epoch::begin(db).await?;
    Ok(Restored { aside })
}

/// Dumps what is to be replaced to a file beside the backup.
async fn dump_aside(url: &str, file: &Path) -> Result<PathBuf, BackupError> {
    let options = options(url)?;
    let name = options.get_database().unwrap_or_else(|| options.get_username());
    let first = folder_of(file).join(format!("{name}{}.dump", aside()));
    let mut kept = first.clone();
    let mut number = 2;
    while kept.exists() {
        kept = first.with_extension(format!("{number}.dump"));
        number += 1;
    }
    dump(url, &kept).await?;
    Ok(kept)
}

/// The tables in the dump, which must be one of this program that can be brought up to date.
async fn check(url: &str, file: &Path) -> Result<HashSet<String>, BackupError> {
    let unreadable = |error| match error {
        BackupError::Program { said, .. } => unusable(file, format!("pg_restore can't read it ({said})")),
        other => other,
    };
    let mut command = Program::Restore.at(url);
    command.arg("--list").arg(file);
    let list = run(Program::Restore, command).await.map_err(unreadable)?;
    // `215; 1259 16386 TABLE public users owner`
    let tables: HashSet<String> = list
        .lines()
        .filter_map(|line| line.split_once(" TABLE public ")?.1.split(' ').next())
        .map(str::to_owned)
        .collect();
    if OURS.iter().any(|table| !tables.contains(*table)) {
        return Err(unusable(file, "it is no database of this program"));
    }
    // Reads all of it, so that one that was cut off is noticed before anything is changed.
    let mut command = Program::Restore.at(url);
    command.arg("--file=/dev/null").arg(file);
    run(Program::Restore, command).await.map_err(unreadable)?;
    let mut command = Program::Restore.at(url);
    command.args(["--data-only", "--file=-", "--table", STEPS]).arg(file);
    let rows = run(Program::Restore, command).await.map_err(unreadable)?;
    let steps: Vec<String> = rows
        .lines()
        .skip_while(|line| !line.starts_with("COPY "))
        .skip(1)
        .take_while(|line| *line != "\\.")
        .filter_map(|line| line.split('\t').next())
        .map(str::to_owned)
        .collect();
    check_steps(&steps).map_err(|cause| unusable(file, cause))?;
    Ok(tables)
}

/// Who else is connected to the database.
async fn sessions(db: &impl ConnectionTrait) -> Result<Vec<String>, DbErr> {
    let select = Statement::from_string(
        db.get_database_backend(),
        "SELECT pid, COALESCE(usename, '') AS who, COALESCE(application_name, '') AS program,
                COALESCE(host(client_addr), 'this machine') AS place
         FROM pg_stat_activity
         WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
         ORDER BY pid",
    );
    let rows = db.query_all_raw(select).await?;
    rows.iter()
        .map(|row| {
            let text = |name| row.try_get::<String>("", name);
            let (who, place, program) = (text("who")?, text("place")?, text("program")?);
            let program = if program.is_empty() {
                program
            } else {
                format!(", {program}")
            };
            let process: i32 = row.try_get("", "pid")?;
            Ok(format!("{who} from {place} (process {process}{program})"))
        })
        .collect()
}

async fn tables(db: &impl ConnectionTrait) -> Result<HashSet<String>, DbErr> {
    names(
        db,
        "SELECT tablename::text AS name FROM pg_tables WHERE schemaname = 'public'",
    )
    .await
}

/// The tables of a database that is up to date.
async fn tables_of_this_version() -> Result<HashSet<String>, BackupError> {
    let db = db::open("sqlite::memory:").await?;
    db::migrate(&db).await?;
    let tables = names(&db, "SELECT name FROM sqlite_master WHERE type = 'table'").await?;
    db.close().await?;
    Ok(tables)
}

async fn names(db: &impl ConnectionTrait, select: &str) -> Result<HashSet<String>, DbErr> {
    let rows = db
        .query_all_raw(Statement::from_string(db.get_database_backend(), select))
        .await?;
    rows.iter().map(|row| row.try_get("", "name")).collect()
}

/// A program that comes with Postgres.
#[derive(Clone, Copy)]
enum Program {
    Dump,
    Restore,
}

impl Program {
    fn name(self) -> &'static str {
        match self {
            Self::Dump => "pg_dump",
            Self::Restore => "pg_restore",
        }
    }

    /// A call of it that knows the way to the database at `url`.
    fn at(self, url: &str) -> Command {
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
        if let Some(password) = secret(url, "password") {
            command.env("PGPASSWORD", password);
        }
        if let Some(certificate) = parameter(url, "sslrootcert") {
            command.env("PGSSLROOTCERT", certificate);
        }
        command
    }
}

fn options(url: &str) -> Result<PgConnectOptions, DbErr> {
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

/// The password in an address, which may stand in two places.
fn secret(url: &str, name: &str) -> Option<String> {
    let parsed = Url::parse(url).ok()?;
    let before_the_host = parsed.password().map(|text| percent_encoding::percent_decode_str(text));
    let before_the_host = before_the_host.map(|text| text.decode_utf8_lossy().into_owned());
    parameter(url, name).or(before_the_host)
}

fn parameter(url: &str, name: &str) -> Option<String> {
    let parsed = Url::parse(url).ok()?;
    let mut pairs = parsed.query_pairs();
    pairs.find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
}

/// Runs a program to its end; what it wrote.
async fn run(program: Program, mut command: Command) -> Result<String, BackupError> {
    // Whoever has no password at hand is told so, and not asked.
    command.arg("--no-password");
    let failed = |said: String| BackupError::Program {
        program: program.name(),
        said,
    };
    let output = tokio::task::spawn_blocking(move || command.output()).await;
    let output = match output.map_err(|error| failed(error.to_string()))? {
        Ok(output) => output,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(BackupError::NoProgram(program.name())),
        Err(error) => return Err(failed(error.to_string())),
    };
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let lines: Vec<&str> = said.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    Err(failed(lines.join("; ")))
}
