//! What the operating system or the database says about a failure, for a person: in our words where it is one of the
//! usual things, otherwise in its own.

use super::{logged::of_driver, time_zone::NoStoredTimeZone};
use crate::{
    message::{Told, Value},
    messages::system,
};
use sea_orm::{
    ConnAcquireErr, DbErr,
    sqlx::{self, error::DatabaseError, postgres::PgDatabaseError},
};
use std::io::{self, ErrorKind};

/// SQLite's code for a file that can't be opened, without its extension.
const CANT_OPEN: u32 = 14;

/// What the operating system says.
pub fn of_system(error: &io::Error) -> Value {
    let message = match error.kind() {
        ErrorKind::NotFound => system::not_found(),
        ErrorKind::PermissionDenied => system::not_allowed(),
        ErrorKind::AlreadyExists => system::exists(),
        ErrorKind::AddrInUse => system::address_in_use(),
        ErrorKind::AddrNotAvailable => system::no_such_address(),
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => system::disk_full(),
        ErrorKind::ReadOnlyFilesystem => system::read_only(),
        ErrorKind::IsADirectory => system::folder(),
        ErrorKind::NotADirectory => system::no_folder(),
        ErrorKind::ConnectionRefused => system::refused(),
        ErrorKind::TimedOut => system::too_long(),
        ErrorKind::HostUnreachable | ErrorKind::NetworkUnreachable => system::no_host(),
        _ => return Value::text(error.to_string()),
    };
    message.into()
}

/// What the database says, in one line.
pub fn of_database(error: &DbErr) -> Value {
    if let DbErr::TryIntoErr { source, .. } = error
        && let Some(zone) = source.downcast_ref::<NoStoredTimeZone>()
    {
        return zone.message().into();
    }
    match (of_driver(error), error) {
        (Some(sqlx::Error::Database(cause)), _) => of_refusal(&**cause),
        (Some(sqlx::Error::Io(cause)), _) => of_system(cause),
        (Some(sqlx::Error::PoolTimedOut), _) | (None, DbErr::ConnectionAcquire(ConnAcquireErr::Timeout)) => {
            system::no_answer().into()
        }
        (Some(cause), _) => Value::text(cause.to_string()),
        (None, cause) => Value::text(cause.to_string()),
    }
}

/// What the database itself answers.
fn of_refusal(cause: &(dyn DatabaseError + 'static)) -> Value {
    let code = cause.code().unwrap_or_default();
    let is_postgres = cause.try_downcast_ref::<PgDatabaseError>().is_some();
    match &*code {
        "28P01" | "28000" if is_postgres => system::wrong_password().into(),
        "3D000" if is_postgres => system::no_such_database().into(),
        code if !is_postgres && code.parse().is_ok_and(|code: u32| code & 0xff == CANT_OPEN) => {
            system::cannot_open().into()
        }
        _ => Value::text(cause.message()),
    }
}
