//! The SQL of Costs: the bookings in a scope, searched and cut into pages by the database.

use crate::{
    days::Days,
    server::{
        ledger::owners::{BOOKING_SHARES, PROJECT_OWNERS},
        permission::PermittedScope,
        sql::{Sql, sql},
    },
};
use chrono::NaiveDate;
use futures_util::Stream;
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult, StreamTrait};

/// How many parts were found, and what they add up to, in cents.
#[derive(Default, FromQueryResult)]
pub(super) struct SumRow {
    pub(super) count: i64,
    pub(super) amount: i64,
}

/// Who bears a booking, or one division's part of it.
#[derive(FromQueryResult)]
pub(super) struct PartRow {
    pub(super) booked_on: NaiveDate,
    pub(super) category: String,
    pub(super) text: String,
    pub(super) supplier: String,
    pub(super) code: Option<String>,
    pub(super) division_id: Option<i64>,
    pub(super) shared: bool,
    pub(super) unsplit: i64,
    pub(super) amount: i64,
}

/// The bookings of some days in a scope that are searched for.
pub(super) struct FoundBookings<'a, C> {
    pub(super) db: &'a C,
    pub(super) scope: &'a PermittedScope,
    pub(super) days: &'a Days,
    /// What they must contain, in lower case; nothing finds all.
    pub(super) wanted: &'a str,
}

impl<C: ConnectionTrait> FoundBookings<'_, C> {
    /// All of them together.
    pub(super) async fn sum(&self) -> Result<SumRow, DbErr> {
        let select = format!(
            "SELECT COUNT(*) AS count, CAST(COALESCE(SUM(shares.amount), 0) AS BIGINT) AS amount
             FROM booking_shares AS shares WHERE {}",
            self.condition()
        );
        Ok(self.select(&select).one(self.db).await?.unwrap_or_default())
    }

    /// So many of them after the `first` ones, the latest first.
    pub(super) async fn page(&self, first: u64, size: u64) -> Result<Vec<PartRow>, DbErr> {
        let limit = format!("LIMIT {size} OFFSET {first}");
        self.select(&self.parts(&limit)).all(self.db).await
    }

    /// The parts in their order, up to `limit`.
    fn parts(&self, limit: &str) -> String {
        format!(
            "SELECT shares.booked_on, shares.category, shares.text, shares.supplier, projects.code, shares.division_id,
                    shares.shared, CAST(shares.unsplit AS BIGINT) AS unsplit, shares.amount
             FROM booking_shares AS shares LEFT JOIN projects ON projects.id = shares.project_id
             WHERE {}
             ORDER BY shares.booked_on DESC, shares.id DESC, shares.unsplit, shares.part {limit}",
            self.condition()
        )
    }

    fn condition(&self) -> String {
        let search = match self.wanted {
            "" => "",
            _ => " AND shares.search LIKE $3 ESCAPE '!'",
        };
        format!(
            "shares.booked_on >= $1 AND shares.booked_on <= $2 AND {}{search}",
            self.scope.sql("shares.division_id")
        )
    }

    fn select(&self, select: &str) -> Sql {
        let select = sql(format!("WITH {PROJECT_OWNERS}, {BOOKING_SHARES} {select}"))
            .bind(self.days.from)
            .bind(self.days.to);
        match self.wanted {
            "" => select,
            wanted => select.bind(pattern(wanted)),
        }
    }
}

impl<'a, C: ConnectionTrait + StreamTrait> FoundBookings<'a, C> {
    /// All of them, one after the other, in the order of the pages.
    pub(super) async fn all(&self) -> Result<impl Stream<Item = Result<PartRow, DbErr>> + Send + use<'a, C>, DbErr> {
        self.select(&self.parts("")).stream(self.db).await
    }
}

/// What `LIKE` takes for «contains `wanted`», whatever signs it has.
fn pattern(wanted: &str) -> String {
    let escaped = wanted.replace('!', "!!").replace('%', "!%").replace('_', "!_");
    format!("%{escaped}%")
}
