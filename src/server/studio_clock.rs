//! The studio's clock: its time zone, which the database holds so that all nodes and triggers agree, and the day it is.

use super::{
    clock::Clock,
    db::Database,
    sql::sql,
    time_zone::{NoStoredTimeZone, TimeZone},
};
use chrono::NaiveDate;
use sea_orm::{ConnectionTrait, DbErr};
use std::sync::Arc;

/// Says which day it is; nothing else does.
#[derive(Clone, Debug)]
pub struct Calendar {
    clock: Arc<dyn Clock>,
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
    /// A calendar that goes by this clock.
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self { clock }
    }

    /// The day it is in a studio in this zone.
    pub fn today(&self, zone: TimeZone) -> NaiveDate {
        zone.day(self.clock.wall())
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
/// The database failed, or names a zone that doesn't exist.
pub async fn time_zone(db: &impl ConnectionTrait) -> Result<TimeZone, DbErr> {
    named(&name(db).await?)
}

/// The zone that the database calls `name`.
///
/// # Errors
/// There is no such zone.
pub fn named(name: &str) -> Result<TimeZone, DbErr> {
    name.parse().map_err(|error| DbErr::TryIntoErr {
        from: "studio_clock.time_zone",
        into: "TimeZone",
        source: Arc::new(NoStoredTimeZone(error)),
    })
}

/// Sets the studio's time zone for all nodes, and logs it if it was another one.
///
/// # Errors
/// The database failed; the zone is as it was.
pub async fn set(db: &impl ConnectionTrait, zone: TimeZone) -> Result<(), DbErr> {
    let (before, now) = (name(db).await?, zone.to_string());
    if before == now {
        return Ok(());
    }
    sql("UPDATE studio_clock SET time_zone = $1")
        .bind(now.clone())
        .run(db)
        .await?;
    tracing::warn!("the studio's time zone is {now} from now on, on all nodes; it was {before}");
    Ok(())
}

/// Corrects the offset from UTC that triggers use, if it isn't that of `reading`.
///
/// # Errors
/// The database failed; the offset is as it was.
pub async fn keep_right(db: &Database, zone: TimeZone, reading: Reading) -> Result<(), DbErr> {
    let (zone, offset) = (zone.to_string(), reading.utc_offset_seconds);
    let is_right = sql("SELECT 1 FROM studio_clock WHERE time_zone = $1 AND utc_offset_seconds <> $2")
        .bind(zone.clone())
        .bind(offset)
        .value::<i32>(db.reader())
        .await?
        .is_none();
    // It is read first: this is called often, and should write only if there is something to change.
    if !is_right {
        sql("UPDATE studio_clock SET utc_offset_seconds = $2 WHERE time_zone = $1")
            .bind(zone)
            .bind(offset)
            .run(db.writer())
            .await?;
    }
    Ok(())
}

async fn name(db: &impl ConnectionTrait) -> Result<String, DbErr> {
    let name = sql("SELECT time_zone FROM studio_clock").value(db).await?;
    name.ok_or_else(|| DbErr::RecordNotFound("the studio's clock".to_owned()))
}
