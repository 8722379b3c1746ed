//! The studio's calendar: 24 months up to and including the current one, working days and public holidays.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};
use std::ops::Range;

/// How many months the studio's books cover; the last is the current one.
pub const MONTHS: i32 = 24;

/// Months are counted from the first one in the books, which is 0; there are negative ones before it.
pub struct Calendar {
    first: NaiveDate,
}

impl Calendar {
    /// The calendar in which `today` lies in the last month.
    pub fn new(today: NaiveDate) -> Self {
        Self {
            first: first_of_month(today) - Months::new(MONTHS.unsigned_abs() - 1),
        }
    }

    /// The months in the books.
    pub fn months() -> Range<i32> {
        0..MONTHS
    }

    /// The first day of a month.
    pub fn month(&self, month: i32) -> NaiveDate {
        let distance = Months::new(month.unsigned_abs());
        if month < 0 {
            self.first - distance
        } else {
            self.first + distance
        }
    }

    /// The month of a day that isn't before the first one.
    pub fn month_of(&self, day: NaiveDate) -> i32 {
        (day.year() - self.first.year()) * 12 + day.month0() as i32 - self.first.month0() as i32
    }

    /// The days from Monday to Friday, with holidays.
    pub fn weekdays(&self, month: i32) -> Vec<NaiveDate> {
        let end = self.month(month + 1);
        self.month(month)
            .iter_days()
            .take_while(|day| *day < end)
            .filter(|day| is_weekday(*day))
            .collect()
    }
}

/// The first day of the month of `day`.
pub fn first_of_month(day: NaiveDate) -> NaiveDate {
    day - Days::new(u64::from(day.day0()))
}

/// `day`, or the Monday after it.
pub fn weekday_from(day: NaiveDate) -> NaiveDate {
    let to_monday = match day.weekday() {
        Weekday::Sat => 2,
        Weekday::Sun => 1,
        _ => 0,
    };
    day + Days::new(to_monday)
}

fn is_weekday(day: NaiveDate) -> bool {
    !matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

/// Whether the studio is closed: public holidays, and the days around the turn of the year.
pub fn is_holiday(day: NaiveDate) -> bool {
    let fixed = matches!((day.month(), day.day()), (1, 1) | (5, 1) | (10, 3) | (12, 24..=31));
    // Good Friday, Easter Monday, Ascension Day, Whit Monday.
    fixed || matches!((day - easter(day)).num_days(), -2 | 1 | 39 | 50)
}

/// Easter Sunday of the year of `day`, by the anonymous Gregorian algorithm.
fn easter(day: NaiveDate) -> NaiveDate {
    let year = day.year();
    let (century, golden) = (year / 100, year % 19);
    let epact = (19 * golden + century - century / 4 - (century - (century + 8) / 25 + 1) / 3 + 15) % 30;
    let to_sunday = (32 + 2 * (century % 4) + 2 * (year % 100 / 4) - epact - year % 4) % 7;
    let late = (golden + 11 * epact + 22 * to_sunday) / 451;
    let from_march = epact + to_sunday - 7 * late + 21;
    let march = first_of_month(day) - Months::new(day.month0()) + Months::new(2);
    march + Days::new(u64::from(from_march.unsigned_abs()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn easter_and_what_hangs_on_it() {
        let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap();
        for sunday in [day(2024, 3, 31), day(2025, 4, 20), day(2026, 4, 5), day(2038, 4, 25)] {
            assert_eq!(easter(sunday), sunday);
            assert!(is_holiday(sunday + Days::new(39)));
        }
        assert!(!is_holiday(day(2025, 4, 22)));
    }

    #[test]
    fn the_last_month_is_the_current_one() {
        let today = NaiveDate::from_ymd_opt(2024, 2, 29).unwrap();
        let calendar = Calendar::new(today);
        assert_eq!(calendar.month_of(today), MONTHS - 1);
        assert_eq!(calendar.month(0), NaiveDate::from_ymd_opt(2022, 3, 1).unwrap());
        assert_eq!(calendar.month(-3), NaiveDate::from_ymd_opt(2021, 12, 1).unwrap());
    }
}
