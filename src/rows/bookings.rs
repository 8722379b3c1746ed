//! Bookings, each as the parts that divisions bear of it.

use super::{Narrowing, Sought, conditions::Conditions};
use crate::{
    days::Days,
    measure::Measure,
    message::Value,
    messages::costs,
    money::Money,
    search::Contents,
    server::{
        ledger::owners::{BOOKING_SHARES, PROJECT_OWNERS},
        permission::PermittedScope,
        sql::Sql,
    },
};
use chrono::NaiveDate;
use sea_orm::FromQueryResult;

/// The first day of the key that holds on the day of a booking.
const KEY_OF_DAY: &str =
    "(SELECT MAX(dated.valid_from) FROM overhead_keys AS dated WHERE dated.valid_from <= shares.booked_on)";

/// What divisions in a scope bear of the bookings on some days.
#[derive(Clone, Debug)]
pub struct Bookings {
    /// Who bears them.
    pub scope: PermittedScope,
    /// On which days.
    pub days: Days,
    /// Which of them count: those of external cost, of overhead, of billable expenses, or all.
    pub measure: Measure,
    /// What they are narrowed to.
    pub narrowing: Narrowing,
    /// The column in SQL that they are sorted by, and its direction; the latest come first otherwise.
    pub order: Option<String>,
}

/// How many parts were found, and what they add up to.
#[derive(Clone, Copy, Debug, Default, FromQueryResult)]
pub struct BookingSum {
    /// How many there are.
    pub count: i64,
    /// In cents.
    pub amount: i64,
}

/// Who bears a booking, or one division's part of it.
#[derive(Debug, FromQueryResult)]
pub struct PartRow {
    /// The day.
    pub booked_on: NaiveDate,
    /// What kind of cost it is.
    pub category: String,
    /// What it was for.
    pub text: String,
    /// Who was paid.
    pub supplier: String,
    /// The project that it is for.
    pub code: Option<String>,
    /// Its name.
    pub project: Option<String>,
    /// Who bears it.
    pub division_id: Option<i64>,
    /// Whether the client pays for it.
    pub billable: bool,
    /// Whether it is shared by all divisions.
    pub shared: bool,
    /// 1 for what the parts of a shared booking don't cover, otherwise 0.
    pub unsplit: i64,
    /// What is borne, in cents.
    pub amount: i64,
    /// What was booked, of which this is a part, in cents.
    pub whole: i64,
    /// The division's weight in the key of the day.
    pub weight: Option<i64>,
    /// The weights of all.
    pub weights: Option<i64>,
}

impl PartRow {
    /// What it was for, and whether it is a part of something shared.
    pub fn words(&self) -> Value {
        let text = Value::text(&self.text);
        match (self.shared, self.unsplit) {
            (false, _) => text,
            (true, 0) => costs::part_of_shared(text).into(),
            (true, _) => costs::not_split(text).into(),
        }
    }
}

impl Bookings {
    fn select(&self, select: &str, rest: &str) -> Sql {
        let counted = match self.measure {
            Measure::ExternalCost => "shares.project_id IS NOT NULL",
            Measure::Overhead => "shares.project_id IS NULL",
            Measure::Expenses => "shares.project_id IS NOT NULL AND shares.billable",
            _ => "1 = 1",
        };
        let from = format!(
            "WITH {PROJECT_OWNERS}, {BOOKING_SHARES} {select}
             FROM booking_shares AS shares
                  JOIN bookings ON bookings.id = shares.id
                  LEFT JOIN projects ON projects.id = shares.project_id
                  LEFT JOIN clients ON clients.id = projects.client_id"
        );
        let narrowing = &self.narrowing;
        let conditions = Conditions::on("shares.booked_on", self.days)
            .and(self.scope.sql("shares.division_id"))
            .and(counted)
            .is("projects.code", narrowing.project.as_deref())
            .is("clients.name", narrowing.client.as_deref())
            .is("shares.category", narrowing.category.as_deref())
            .is("shares.supplier", narrowing.supplier.as_deref())
            .of_kind("projects.kind", narrowing.project_kind)
            .holds("shares.billable", narrowing.billable)
            .holds("shares.division_id IS NOT NULL", narrowing.assigned);
        let conditions = match narrowing.booking_kind {
            Some(kind) => conditions.and(kind.condition()),
            None => conditions,
        };
        conditions.select(&from, rest)
    }
}

impl Sought for Bookings {
    type Row = PartRow;
    type Sum = BookingSum;

    fn sum(&self) -> Sql {
        let select = "SELECT COUNT(*) AS count, CAST(COALESCE(SUM(shares.amount), 0) AS BIGINT) AS amount";
        self.select(select, "")
    }

    fn rows(&self, limit: &str) -> Sql {
        let select = format!(
            "SELECT shares.booked_on, shares.category, shares.text, shares.supplier, projects.code, projects.name AS project,
                    shares.division_id, shares.billable, shares.shared,
                    CAST(shares.unsplit AS BIGINT) AS unsplit, shares.amount, bookings.amount AS whole,
                    (SELECT weights.weight FROM overhead_keys AS weights
                     WHERE weights.division_id = shares.division_id AND weights.valid_from = {KEY_OF_DAY}) AS weight,
                    (SELECT CAST(SUM(weights.weight) AS BIGINT) FROM overhead_keys AS weights
                     WHERE weights.valid_from = {KEY_OF_DAY}) AS weights"
        );
        let order = self
            .order
            .as_ref()
            .map(|order| format!("{order}, "))
            .unwrap_or_default();
        let order =
            format!("ORDER BY {order}shares.booked_on DESC, shares.id DESC, shares.unsplit, shares.part {limit}");
        self.select(&select, &order)
    }

    fn contents(row: &PartRow) -> Contents<'_> {
        let of_project = [&row.code, &row.project];
        let texts = of_project
            .into_iter()
            .flatten()
            .chain([&row.text, &row.supplier, &row.category]);
        Contents {
            texts: texts.map(String::as_str).collect(),
            amounts: vec![Money(row.amount)],
            hours: Vec::new(),
            day: Some(row.booked_on),
        }
    }

    fn with(sum: BookingSum, row: &PartRow) -> Option<BookingSum> {
        Some(BookingSum {
            count: sum.count + 1,
            amount: sum.amount.checked_add(row.amount)?,
        })
    }

    fn count(sum: &BookingSum) -> u64 {
        sum.count.unsigned_abs()
    }
}
