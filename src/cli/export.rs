//! `export`: a view as a file, as an account would get it from its page.

use super::{database::DatabaseOption, error::CliError};
use chrono::{DateTime, NaiveDateTime, Utc};
use clap::Args;
use control_maniac::{
    error::AppError,
    export::{self, Bounds, Exported, Made, Person, Wanted},
    figures::{Selection, Texts},
    locale::Locale,
    server::{
        accounts::Accounts,
        clock::{Clock, SystemClock},
        config::StartError,
        database_version::DatabaseVersion,
        db,
        in_use::InUse,
        program::Program,
        studio_clock::{self, Calendar},
        time_zone::TimeZone,
    },
    settings::completed,
    sheets::Format,
    sticky::Settings,
};
use sea_orm::DatabaseConnection;
use std::{
    fs::File,
    io::{self, Seek},
    path::{Path, PathBuf},
    sync::Arc,
    time::Instant,
};

/// How `--made-at` is written.
const MOMENT: &str = "%Y-%m-%dT%H:%M";

#[derive(Args)]
pub struct Options {
    #[command(flatten)]
    database: DatabaseOption,
    /// Whose rights hold: the e-mail of an account.
    #[arg(long = "as", value_name = "EMAIL")]
    account: String,
    /// The address of the page, such as /costs?q=train.
    #[arg(long, value_name = "ADDRESS", default_value = "/")]
    view: String,
    /// One of the page's tables, by its name, such as bookings; otherwise all of the page.
    #[arg(long, value_name = "NAME")]
    table: Option<String>,
    /// What the file is: a workbook, or CSV with ; and decimal comma, or with , and decimal point.
    #[arg(long, default_value = "xlsx", value_parser = Format::ALL.map(Format::key))]
    format: String,
    /// The division, by its short name, or all.
    #[arg(long, value_name = "SLUG", default_value = "all")]
    division: String,
    /// The days: ytd, a year, a quarter, a month, or 2026-03-01..2026-04-15.
    #[arg(long, default_value = "ytd")]
    period: String,
    /// The language of the file.
    #[arg(long, default_value = "en", value_parser = ["de", "en"])]
    language: String,
    /// When the file is said to be made, and which day is today: 2026-11-27T18:00 by the studio's clock. The same data then
    /// give the same bytes.
    #[arg(long, value_name = "TIME", value_parser = moment)]
    made_at: Option<NaiveDateTime>,
    /// Where to write it, or - for the standard output; otherwise into this folder under a name that says what it is.
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
}

fn moment(text: &str) -> Result<NaiveDateTime, String> {
    NaiveDateTime::parse_from_str(text, MOMENT).map_err(|_| "write it like 2026-11-27T18:00".to_owned())
}

/// A clock that stands still.
#[derive(Clone, Copy, Debug)]
struct At(DateTime<Utc>);

impl Clock for At {
    fn now(&self) -> Instant {
        SystemClock.now()
    }

    fn wall(&self) -> DateTime<Utc> {
        self.0
    }
}

/// Writes the file.
///
/// # Errors
/// Why there is none.
pub async fn export(options: Options) -> Result<(), CliError> {
    let _in_use = InUse::share_existing(&options.database.database_url).await?;
    let db = db::open_existing(&options.database.database_url).await?;
    let made = make(&db, &options).await;
    db.close().await?;
    let (exported, mut file) = made?;
    file.rewind().map_err(CliError::Output)?;
    let path = match &options.output {
        Some(path) if path == Path::new("-") => {
            io::copy(&mut file, &mut io::stdout().lock()).map_err(CliError::Output)?;
            return Ok(());
        }
        Some(path) => path.clone(),
        None => PathBuf::from(&exported.name),
    };
    let written = File::create(&path).and_then(|mut to| io::copy(&mut file, &mut to));
    let size = written.map_err(CliError::Output)?;
    println!("{} is written ({size} bytes).", path.display());
    Ok(())
}

async fn make(db: &DatabaseConnection, options: &Options) -> Result<(Exported, File), CliError> {
    let version = DatabaseVersion::read(db).await?;
    version.fit(&Program::THIS).map_err(StartError::Version)?;
    let zone = studio_clock::time_zone(db).await?;
    let at = made_at(options, zone)?;
    let locale = Locale::of_accept_language(Some(&options.language));
    let refused = |error: AppError| CliError::Export(error.said(|message| locale.say(message)).message.to_string());
    let accounts = Accounts::new(db.clone(), Calendar::new(Arc::new(At(at))));
    let account = accounts.with_email(&options.account).await?;
    let account = account.ok_or_else(|| refused(export::no_account(&options.account)))?;
    let settings = Texts::default()
        .with("division", options.division.clone())
        .with("period", options.period.clone());
    let asked = Selection {
        address: options.view.clone(),
        settings,
    };
    let wanted = Wanted {
        selection: completed(asked, &Settings::default()),
        table: options.table.clone(),
        format: Format::with_key(&options.format).map_err(refused)?,
    };
    let user = account.user();
    let person = Person {
        account: &account,
        user: &user,
        locale: &locale,
    };
    let mut file = tempfile::tempfile().map_err(CliError::Output)?;
    let reading = db::reading(db).await?;
    let made = Made { at, zone };
    let exported = export::write(&reading, &wanted, &person, &made, &Bounds::default(), &mut file).await;
    Ok((exported.map_err(|error| refused(error.into()))?, file))
}

fn made_at(options: &Options, zone: TimeZone) -> Result<DateTime<Utc>, CliError> {
    match options.made_at {
        None => Ok(SystemClock.wall()),
        Some(time) => zone.moment(time).ok_or(CliError::NoSuchTime),
    }
}
