//! `export`: a view as a file, as an account would get it from its page.

use super::{
    database::DatabaseOption,
    error::CliError,
    speech::{self, Speech},
    values,
};
use crate::{
    export::{self, Bounds, Exported, Made, Person, Wanted},
    figures::{Selection, Texts},
    locale::Locale,
    message::Value,
    messages::cli,
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
use chrono::{DateTime, NaiveDateTime, Utc};
use clap::Args;
use sea_orm::DatabaseConnection;
use std::{
    fs::File,
    io::{self, Seek},
    path::{Path, PathBuf},
    sync::Arc,
    time::Instant,
};

#[derive(Args)]
pub struct Options {
    #[command(flatten)]
    database: DatabaseOption,
    #[arg(long = "as")]
    account: String,
    #[arg(long, default_value = "/")]
    view: String,
    #[arg(long)]
    table: Option<String>,
    #[arg(long, default_value = "xlsx", value_parser = Format::ALL.map(Format::key))]
    format: String,
    #[arg(long, default_value = "all")]
    division: String,
    #[arg(long, default_value = "ytd")]
    period: String,
    #[arg(long, value_parser = ["de", "en"])]
    language: Option<String>,
    #[arg(long, value_parser = values::moment)]
    made_at: Option<NaiveDateTime>,
    #[arg(long)]
    output: Option<PathBuf>,
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
pub async fn export(options: Options, speech: &Speech) -> Result<(), CliError> {
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
    speech.line(cli::exported(Value::path(&path), size));
    Ok(())
}

async fn make(db: &DatabaseConnection, options: &Options) -> Result<(Exported, File), CliError> {
    let version = DatabaseVersion::read(db).await?;
    version.fit(&Program::THIS).map_err(StartError::Version)?;
    let zone = studio_clock::time_zone(db).await?;
    let at = made_at(options, zone)?;
    let locale = match &options.language {
        Some(language) => Locale::of_accept_language(Some(language)),
        None => speech::locale_of_environment(),
    };
    let accounts = Accounts::new(db.clone(), Calendar::new(Arc::new(At(at))));
    let account = accounts.with_email(&options.account).await?;
    let account = account.ok_or_else(|| CliError::Export(export::no_account(&options.account)))?;
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
        format: Format::with_key(&options.format).map_err(CliError::Export)?,
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
    Ok((exported.map_err(|error| CliError::Export(error.into()))?, file))
}

fn made_at(options: &Options, zone: TimeZone) -> Result<DateTime<Utc>, CliError> {
    match options.made_at {
        None => Ok(SystemClock.wall()),
        Some(time) => zone.moment(time).ok_or(CliError::NoSuchTime),
    }
}
