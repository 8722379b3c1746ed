//! The SQL of the bookings behind a figure.

use super::opened::Opened;
use crate::{
    days::Days,
    measure::Measure,
    place::Place,
    server::{
        ledger::owners::{BOOKING_SHARES, PROJECT_OWNERS},
        permission::PermittedScope,
        sql::{Sql, sql},
    },
    view::RenderContext,
};
use chrono::NaiveDate;
use futures_util::Stream;
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult, StreamTrait};

/// The first day of the key that holds on the day of a booking.
const KEY_OF_DAY: &str =
    "(SELECT MAX(dated.valid_from) FROM overhead_keys AS dated WHERE dated.valid_from <= shares.booked_on)";

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
    /// What was booked, of which this is a part.
    pub(super) whole: i64,
    /// The division's weight in the key of the day, and the weights of all.
    pub(super) weight: Option<i64>,
    pub(super) weights: Option<i64>,
}

/// The bookings of a figure.
pub(super) struct FoundBookings<'a, C> {
    db: &'a C,
    scope: &'a PermittedScope,
    days: Days,
    measure: Measure,
    project: Option<&'a str>,
    category: Option<&'a str>,
}

impl<'a, C> FoundBookings<'a, C> {
    /// Those of an opened figure.
    pub(super) fn of(opened: &'a Opened<'a, C>) -> Self {
        Self::at(opened.db, opened.context, opened.place, opened.days, opened.measure)
    }

    /// Those that `measure` counts on `days` at a place.
    pub(super) fn at(db: &'a C, context: &'a RenderContext, place: &'a Place, days: Days, measure: Measure) -> Self {
        Self {
            db,
            scope: &context.scope,
            days,
            measure,
            project: place.project.as_deref(),
            category: place.category.as_deref(),
        }
    }

    /// The parts in their order, up to `limit`.
    fn parts(&self, limit: &str) -> Sql {
        let select = format!(
            "SELECT shares.booked_on, shares.category, shares.text, shares.supplier, projects.code, shares.division_id,
                    shares.shared, CAST(shares.unsplit AS BIGINT) AS unsplit, shares.amount, bookings.amount AS whole,
                    (SELECT weights.weight FROM overhead_keys AS weights
                     WHERE weights.division_id = shares.division_id AND weights.valid_from = {KEY_OF_DAY}) AS weight,
                    (SELECT CAST(SUM(weights.weight) AS BIGINT) FROM overhead_keys AS weights
                     WHERE weights.valid_from = {KEY_OF_DAY}) AS weights"
        );
        let order = format!("ORDER BY shares.booked_on DESC, shares.id DESC, shares.unsplit, shares.part {limit}");
        self.select(&select, &order)
    }

    fn select(&self, select: &str, rest: &str) -> Sql {
        let counted = match self.measure {
            Measure::ExternalCost => "shares.project_id IS NOT NULL",
            Measure::Overhead => "shares.project_id IS NULL",
            Measure::Expenses => "shares.project_id IS NOT NULL AND shares.billable",
            _ => "1 = 1",
        };
        let (project, category) = match (self.project, self.category) {
            (None, None) => ("", ""),
            (Some(_), None) => ("AND projects.code = $3", ""),
            (None, Some(_)) => ("", "AND shares.category = $3"),
            (Some(_), Some(_)) => ("AND projects.code = $3", "AND shares.category = $4"),
        };
        let text = format!(
            "WITH {PROJECT_OWNERS}, {BOOKING_SHARES} {select}
             FROM booking_shares AS shares
                  JOIN bookings ON bookings.id = shares.id
                  LEFT JOIN projects ON projects.id = shares.project_id
             WHERE shares.booked_on >= $1 AND shares.booked_on <= $2 AND {} AND {counted} {project} {category} {rest}",
            self.scope.sql("shares.division_id")
        );
        let select = sql(text).bind(self.days.from).bind(self.days.to);
        let named = [self.project, self.category].into_iter().flatten();
        named.fold(select, |select, text| select.bind(text))
    }
}

impl<C: ConnectionTrait> FoundBookings<'_, C> {
    /// All of them together.
    pub(super) async fn sum(&self) -> Result<SumRow, DbErr> {
        let select = "SELECT COUNT(*) AS count, CAST(COALESCE(SUM(shares.amount), 0) AS BIGINT) AS amount";
        Ok(self.select(select, "").one(self.db).await?.unwrap_or_default())
    }

    /// So many of them after the `first` ones, the latest first.
    pub(super) async fn page(&self, first: u64, size: u64) -> Result<Vec<PartRow>, DbErr> {
        self.parts(&format!("LIMIT {size} OFFSET {first}")).all(self.db).await
    }
}

impl<'a, C: ConnectionTrait + StreamTrait> FoundBookings<'a, C> {
    /// All of them, one after the other, in the order of the pages.
    pub(super) async fn all(&self) -> Result<impl Stream<Item = Result<PartRow, DbErr>> + Send + use<'a, C>, DbErr> {
        self.parts("").stream(self.db).await
    }
}
