//! The studio's clock: its time zone, which the database holds so that all nodes and triggers agree, and the day it is.

use super::{clock::Clock, config::Config, time_zone::TimeZone};
use chrono::NaiveDate;
use sea_orm::{ConnectionTrait, DbErr, Statement};

/// Says which day it is: the one place that does.
#[derive(Clone, Debug, Default)]
pub struct Calendar {
    clock: Clock,
    /// The day it always is; the clock's where none is given.
    fixed: Option<NaiveDate>,
}

/// What the studio's clock shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The day it is.
    pub today: NaiveDate,
    /// How many seconds it is ahead of UTC.
    pub utc_offset_seconds: i64,
}

impl Calendar {
    /// The one that a server was told to go by.
    pub fn of(config: &Config) -> Self {
        Self {
            clock: config.clock.clone(),
            fixed: config.today,
        }
    }

    /// The day it is in a studio in this zone.
    pub fn today(&self, zone: TimeZone) -> NaiveDate {
        self.fixed.unwrap_or_else(|| zone.day(self.clock.wall()))
    }

    /// What a clock in this zone shows.
    pub fn reading(&self, zone: TimeZone) -> Reading {
        Reading {
            today: self.today(zone),
            utc_offset_seconds: zone.utc_offset_seconds(self.clock.wall()),
        }
    }
}

/// The studio's time zone.
///
/// # Errors
/// The database failed, or names a zone that is none.
pub async fn time_zone(db: &impl ConnectionTrait) -> Result<TimeZone, DbErr> {
    named(&name(db).await?)
}

/// The zone that the database calls `name`.
///
/// # Errors
/// It is none.
pub fn named(name: &str) -> Result<TimeZone, DbErr> {
    name.parse().map_err(|error| {
        DbErr::Custom(format!(
            "studio_clock names no time zone: {error}. `serve --time-zone NAME` sets one"
        ))
    })
}

/// Gives the studio a time zone, for all nodes, and says so in the log where it had another one.
///
/// # Errors
/// The database failed; the zone is as it was.
pub async fn set(db: &impl ConnectionTrait, zone: TimeZone) -> Result<(), DbErr> {
    let (before, now) = (name(db).await?, zone.to_string());
    if before == now {
        return Ok(());
    }
    let update = Statement::from_sql_and_values(
        db.get_database_backend(),
        "UPDATE studio_clock SET time_zone = $1",
        [now.clone().into()],
    );
    db.execute_raw(update).await?;
    tracing::warn!("the studio's time zone is {now} from now on, on all nodes; it was {before}");
    Ok(())
}

/// Brings the offset that triggers go by up to what a clock in this zone shows.
///
/// # Errors
/// The database failed; the offset is as it was.
pub async fn keep_right(db: &impl ConnectionTrait, zone: TimeZone, reading: Reading) -> Result<(), DbErr> {
    let (zone, offset) = (zone.to_string(), reading.utc_offset_seconds);
    let select = Statement::from_sql_and_values(
        db.get_database_backend(),
        "SELECT id FROM studio_clock WHERE time_zone = $1 AND utc_offset_seconds <> $2",
        [zone.clone().into(), offset.into()],
    );
    // Looked at first: this is asked often, and nothing to do should be no write.
    if db.query_all_raw(select).await?.is_empty() {
        return Ok(());
    }
    let update = Statement::from_sql_and_values(
        db.get_database_backend(),
        "UPDATE studio_clock SET utc_offset_seconds = $2 WHERE time_zone = $1",
        [zone.into(), offset.into()],
    );
    db.execute_raw(update).await?;
    Ok(())
}

async fn name(db: &impl ConnectionTrait) -> Result<String, DbErr> {
    let select = Statement::from_string(db.get_database_backend(), "SELECT time_zone FROM studio_clock");
    let rows = db.query_all_raw(select).await?;
    let row = rows
        .first()
        .ok_or_else(|| DbErr::RecordNotFound("the studio's clock".to_owned()))?;
    row.try_get("", "time_zone")
}
