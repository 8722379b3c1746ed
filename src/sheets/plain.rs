//! What a cell is once nobody looks at it: a number, a day or a text, and beside it what is to be said of it.

use crate::{
    days::Month,
    locale::Locale,
    message::Value,
    messages,
    money::{Burn, Minutes, Money, Rate},
    report::Cell,
};
use chrono::NaiveDate;

/// A plain value. Shares are rounded as they are shown; amounts and hours are exact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Plain {
    /// Nothing, so that a column of numbers can be added up.
    Empty,
    /// Words.
    Text(String),
    /// An amount.
    Money(Money),
    /// A span of working time.
    Hours(Minutes),
    /// A price of working time.
    Rate(Rate),
    /// Tenths of a per cent.
    Share(i128),
    /// Tenths of a percentage point.
    Points(i128),
    /// How many there are.
    Count(u64),
    /// A day.
    Day(NaiveDate),
    /// A month of a year.
    Month(Month),
}

/// What a column holds. If its cells differ, the greatest of their kinds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Words, days or counts.
    #[default]
    Other,
    /// Shares.
    Share,
    /// Amounts, or prices.
    Money,
    /// Working time.
    Hours,
}

impl Plain {
    /// The value of `cell`; a text is in the language of `locale`.
    pub fn of(cell: &Cell, locale: &Locale) -> Self {
        match cell {
            Cell::Value(value) | Cell::Link { value, .. } => Self::of_value(value, locale),
            Cell::Burn(burn) => Self::of_burn(*burn),
            Cell::Division { name, .. } => Self::of_value(name, locale),
            Cell::Blank | Cell::Nothing | Cell::Missing(_) => Self::Empty,
            Cell::Lacking { figure, .. } | Cell::Figure { figure, .. } | Cell::Calculated { figure, .. } => {
                Self::of(figure, locale)
            }
        }
    }

    /// What is to be said of `cell` beside its value: what it lacks, why there is none, since when a division is meant.
    pub fn note(cell: &Cell, locale: &Locale) -> Option<String> {
        match cell {
            Cell::Burn(Burn::OfNothing) => Some(locale.say(&messages::figure::budget_of_zero())),
            Cell::Division { beside, .. } => beside.as_ref().map(|words| locale.say(words)),
            Cell::Missing(because) => Some(locale.say(because)),
            Cell::Lacking { figure, lacks } => {
                let lacks = locale.say(&messages::lacks::incomplete(lacks.clone()));
                Some(match Self::note(figure, locale) {
                    Some(note) => format!("{note} ({lacks})"),
                    None => lacks,
                })
            }
            Cell::Figure { figure, .. } | Cell::Calculated { figure, .. } => Self::note(figure, locale),
            Cell::Value(_) | Cell::Link { .. } | Cell::Burn(Burn::Of(_)) | Cell::Blank | Cell::Nothing => None,
        }
    }

    /// The kind of `cell`; nothing if it has no value.
    pub fn kind(cell: &Cell) -> Option<Kind> {
        let of_value = |value: &Value| match value {
            Value::Minutes(_) => Kind::Hours,
            Value::Money(_) | Value::MoneyChange(_) | Value::Rate(_) => Kind::Money,
            Value::Share(_) | Value::Change(_) | Value::Points(_) | Value::Burn(_) => Kind::Share,
            _ => Kind::Other,
        };
        match cell {
            Cell::Value(value) | Cell::Link { value, .. } => Some(of_value(value)),
            Cell::Burn(_) => Some(Kind::Share),
            Cell::Division { .. } => Some(Kind::Other),
            Cell::Blank | Cell::Nothing | Cell::Missing(_) => None,
            Cell::Lacking { figure, .. } | Cell::Figure { figure, .. } | Cell::Calculated { figure, .. } => {
                Self::kind(figure)
            }
        }
    }

    fn of_value(value: &Value, locale: &Locale) -> Self {
        match value {
            Value::Money(amount) | Value::MoneyChange(amount) => Self::Money(*amount),
            Value::Minutes(minutes) => Self::Hours(*minutes),
            Value::Rate(rate) => Self::Rate(*rate),
            Value::Share(share) | Value::Change(share) => Self::Share(share.tenths()),
            Value::Points(points) => Self::Points(points.tenths()),
            Value::Burn(burn) => Self::of_burn(*burn),
            Value::Count(count) => Self::Count(*count),
            Value::Day(day) => Self::Day(*day),
            Value::Month(month) => Self::Month(*month),
            Value::Text(_) | Value::Message(_) | Value::Days(_) | Value::Joined(..) => Self::Text(locale.words(value)),
        }
    }

    fn of_burn(burn: Burn) -> Self {
        match burn {
            Burn::Of(share) => Self::Share(share.tenths()),
            Burn::OfNothing => Self::Empty,
        }
    }
}

/// `number` with its last `decimals` digits behind `mark`, as a program reads it: `-236.48`.
pub fn decimal(number: i128, decimals: usize, mark: char) -> String {
    let sign = if number < 0 { "-" } else { "" };
    let digits = format!("{:0>width$}", number.unsigned_abs(), width = decimals + 1);
    let (whole, part) = digits.split_at(digits.len() - decimals);
    match part {
        "" => format!("{sign}{whole}"),
        part => format!("{sign}{whole}{mark}{part}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::Message;

    #[test]
    fn a_number_is_written_as_programs_read_it() {
        assert_eq!(decimal(-23_648, 2, '.'), "-236.48");
        assert_eq!(decimal(-5, 2, ','), "-0,05");
        assert_eq!(decimal(0, 2, '.'), "0.00");
        assert_eq!(decimal(1_234_567, 0, ','), "1234567");
        assert_eq!(decimal(i64::MIN.into(), 2, '.'), "-92233720368547758.08");
    }

    #[test]
    fn a_cell_is_its_value_and_what_is_said_of_it_stands_apart() {
        let locale = Locale::default();
        let both = |cell: &Cell| (Plain::of(cell, &locale), Plain::note(cell, &locale));
        let said = |words: &str| Some(words.to_owned());
        let lacks = Value::text("2.50 h have no cost rate");
        assert_eq!(
            both(&Cell::of(Money(-23_648)).lacking(Some(&lacks))),
            (
                Plain::Money(Money(-23_648)),
                said("incomplete: 2.50 h have no cost rate")
            )
        );
        let no_budget: Message = messages::figure::no_budget();
        assert_eq!(both(&Cell::Missing(no_budget)), (Plain::Empty, said("no budget")));
        let burn = |spent, budget| both(&Cell::burn(Some(Money(spent).burn_of(Money(budget)))));
        assert_eq!(burn(1_272, 1_000), (Plain::Share(1_272), None));
        assert_eq!(burn(1, 0), (Plain::Empty, said("budget is 0")));
        let division = Cell::Division {
            accent: "rose".to_owned(),
            name: Value::text("Print"),
            archived_since: NaiveDate::from_ymd_opt(2026, 3, 1),
            beside: Some(messages::figure::until(NaiveDate::from_ymd_opt(2026, 2, 1).unwrap())),
            href: None,
        };
        assert_eq!(
            both(&division),
            (Plain::Text("Print".to_owned()), said("until 1 Feb 2026"))
        );
        assert_eq!(both(&Cell::Nothing), (Plain::Empty, None));
    }
}
