//! The limits of each value of the studio's data, and the error that says which value is beyond its limit.
//!
//! The database enforces the same limits (`server/migrations/m0008_limits.rs`), so they hold for every writer. They are
//! far beyond what a studio has, and so far below what a sum can hold that 900,000 rows of the largest amounts still
//! add up.

use crate::{
    locale::logged_in_english,
    message::{Message, Told, Value},
    messages::books,
    money::{Money, Rate},
};
use chrono::NaiveDate;

/// Says what stands for a value, such as *a booking's amount*.
pub type Name = fn() -> Message;

/// The least and the most of whole numbers of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// What is counted.
    pub unit: Unit,
    /// The smallest that is allowed.
    pub least: i64,
    /// The largest that is allowed.
    pub most: i64,
}

/// What a whole number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Cents of a euro.
    Cents,
    /// Cents of a euro for each hour.
    CentsPerHour,
    /// Minutes.
    Minutes,
    /// Nothing else: weights and places.
    Number,
}

/// An amount that may be a cost or a credit: bookings and their parts, invoices, the revenue and the cost of a time
/// entry.
pub const AMOUNT: Limit = Limit::of(Unit::Cents, -10_000_000_000_000, 10_000_000_000_000);
/// A fee or a budget in money.
pub const FEE: Limit = Limit::of(Unit::Cents, 0, 10_000_000_000_000);
/// A cost rate or a price.
pub const RATE: Limit = Limit::of(Unit::CentsPerHour, 0, 100_000_000);
/// A time entry: at least a minute, at most a day.
pub const ENTRY: Limit = Limit::of(Unit::Minutes, 1, 1_440);
/// A person's working time in a month: at most the whole month.
pub const CAPACITY: Limit = Limit::of(Unit::Minutes, 0, 44_640);
/// A budget in hours.
pub const BUDGET_TIME: Limit = Limit::of(Unit::Minutes, 0, 1_000_000_000);
/// A division's weight in a key.
pub const WEIGHT: Limit = Limit::of(Unit::Number, 0, 1_000_000_000);
/// A division's place among the others.
pub const PLACE: Limit = Limit::of(Unit::Number, -1_000_000_000, 1_000_000_000);

/// The slugs that no division has: in addresses, settings and exports they stand for all divisions, and for what belongs
/// to none.
pub const NO_SLUGS: [&str; 2] = ["all", "unassigned"];

/// The first day there is: a value from this day on holds from the beginning.
pub const FIRST_DAY: NaiveDate = NaiveDate::from_ymd_opt(1, 1, 1).expect("it is a day");
/// The last day there is.
pub const LAST_DAY: NaiveDate = NaiveDate::from_ymd_opt(9999, 12, 31).expect("it is a day");

/// What the values of a column are; in a nullable column, NULL is always allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Values {
    /// Whole numbers.
    Whole(Limit),
    /// Days from [`FIRST_DAY`] to [`LAST_DAY`].
    Day,
    /// Such days, not before another column's.
    DayFrom(&'static str),
    /// Yes or no.
    YesOrNo,
}

/// The limits of every column of the studio's data that has any, by table.
pub const TABLES: [(&str, &[(&str, Values)]); 12] = {
    use Values::{Day, DayFrom, Whole, YesOrNo};
    [
        ("divisions", &[("position", Whole(PLACE)), ("archived_on", Day)]),
        ("cost_rates", &[("valid_from", Day), ("cents_per_hour", Whole(RATE))]),
        (
            "capacities",
            &[
                ("month", Day),
                ("contract_minutes", Whole(CAPACITY)),
                ("absence_minutes", Whole(CAPACITY)),
            ],
        ),
        ("overhead_keys", &[("valid_from", Day), ("weight", Whole(WEIGHT))]),
        (
            "projects",
            &[
                ("billing_rate", Whole(RATE)),
                ("fee", Whole(FEE)),
                ("starts_on", Day),
                ("ends_on", DayFrom("starts_on")),
                ("budget", Whole(FEE)),
                ("budget_minutes", Whole(BUDGET_TIME)),
            ],
        ),
        ("project_divisions", &[("valid_from", Day)]),
        ("person_divisions", &[("valid_from", Day)]),
        (
            "project_terms",
            &[
                ("valid_from", Day),
                ("billing_rate", Whole(RATE)),
                ("fee", Whole(FEE)),
                ("starts_on", Day),
                ("ends_on", DayFrom("starts_on")),
            ],
        ),
        (
            "time_entries",
            &[
                ("worked_on", Day),
                ("minutes", Whole(ENTRY)),
                ("billable", YesOrNo),
                ("revenue", Whole(AMOUNT)),
                ("labour_cost", Whole(AMOUNT)),
            ],
        ),
        (
            "bookings",
            &[
                ("booked_on", Day),
                ("amount", Whole(AMOUNT)),
                ("billable", YesOrNo),
                ("shared", YesOrNo),
            ],
        ),
        ("booking_parts", &[("amount", Whole(AMOUNT))]),
        ("invoices", &[("invoiced_on", Day), ("amount", Whole(AMOUNT))]),
    ]
};

/// A value that no row may have.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BeyondLimit {
    /// A number that is too small or too large.
    Number {
        /// What the number stands for.
        what: Message,
        /// The number.
        value: i64,
        /// The limit it breaks.
        limit: Limit,
    },
    /// A day too early or too late.
    Day {
        /// What the day stands for.
        what: Message,
        /// The day.
        value: NaiveDate,
    },
    /// A project that ends before it begins.
    Order {
        /// Its first day.
        first: NaiveDate,
        /// Its last one.
        last: NaiveDate,
    },
}

impl Limit {
    const fn of(unit: Unit, least: i64, most: i64) -> Self {
        Self { unit, least, most }
    }

    /// Checks that `value` is within this limit.
    ///
    /// # Errors
    /// It is not; `what` is what the error calls it, such as *a booking's amount*.
    pub fn hold(self, what: Name, value: i64) -> Result<(), BeyondLimit> {
        if (self.least..=self.most).contains(&value) {
            return Ok(());
        }
        Err(BeyondLimit::Number {
            what: what(),
            value,
            limit: self,
        })
    }
}

/// Checks that `day` is within the days the books accept.
///
/// # Errors
/// It is too early or too late; `what` is what the error calls it, such as *a booking's day*.
pub fn hold_day(what: Name, day: NaiveDate) -> Result<(), BeyondLimit> {
    if (FIRST_DAY..=LAST_DAY).contains(&day) {
        return Ok(());
    }
    Err(BeyondLimit::Day {
        what: what(),
        value: day,
    })
}

impl Unit {
    fn value(self, value: i64) -> Value {
        match self {
            Self::Cents => Money(value).into(),
            Self::CentsPerHour => Rate(value).into(),
            Self::Minutes => books::minutes(Value::number(value)).into(),
            Self::Number => Value::number(value),
        }
    }
}

impl Told for BeyondLimit {
    fn message(&self) -> Message {
        match self {
            Self::Number { what, value, limit } => {
                let words = |value| limit.unit.value(value);
                books::beyond_number(words(limit.least), words(limit.most), words(*value), what.clone())
            }
            Self::Day { what, value } => books::beyond_day(
                Value::text(FIRST_DAY.to_string()),
                Value::text(LAST_DAY.to_string()),
                Value::text(value.to_string()),
                what.clone(),
            ),
            Self::Order { first, last } => books::beyond_order(*first, *last),
        }
    }
}

logged_in_english!(BeyondLimit);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_beyond_its_limit_is_told_with_the_limit_and_what_to_do() {
        let said = AMOUNT
            .hold(books::booking_amount, 10_000_000_000_001)
            .unwrap_err()
            .to_string();
        assert_eq!(
            said,
            "a booking's amount can't be €100,000,000,000.01: the limits are -€100,000,000,000.00 and \
             €100,000,000,000.00. Look for a missing decimal point."
        );
        let said = ENTRY.hold(books::entry, 1_441).unwrap_err().to_string();
        assert!(
            said.contains("be 1441 min: the limits are 1 min and 1440 min."),
            "{said}"
        );
        let said = hold_day(books::booking_day, LAST_DAY.succ_opt().unwrap()).unwrap_err();
        assert!(said.to_string().contains("+10000-01-01"), "{said}");
    }

    #[test]
    fn what_lies_at_a_limit_is_within_it() {
        for limit in [AMOUNT, FEE, RATE, ENTRY, CAPACITY, BUDGET_TIME, WEIGHT, PLACE] {
            for (value, is_within) in [
                (limit.least, true),
                (limit.most, true),
                (limit.least - 1, false),
                (limit.most + 1, false),
                (i64::MIN, false),
                (i64::MAX, false),
            ] {
                assert_eq!(limit.hold(books::entry, value).is_ok(), is_within, "{limit:?} {value}");
            }
        }
        assert!(hold_day(books::entry_day, FIRST_DAY).is_ok() && hold_day(books::entry_day, LAST_DAY).is_ok());
        assert!(hold_day(books::entry_day, FIRST_DAY.pred_opt().unwrap()).is_err());
    }
}
