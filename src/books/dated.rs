//! Values that hold from a day on, until the next one begins.

use chrono::NaiveDate;

/// The first day there is: a value from this day on has always held.
pub const BEGINNING: NaiveDate = super::limits::FIRST_DAY;

/// Values with the day from which each holds. Each ends where the next begins: there is no gap, and no overlap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dated<T>(Vec<(NaiveDate, T)>);

impl<T> Default for Dated<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> Dated<T> {
    /// Lets `value` hold from `from` on, until the day on which the next value begins.
    pub fn set(&mut self, from: NaiveDate, value: T) {
        match self.0.binary_search_by_key(&from, |(day, _)| *day) {
            Ok(place) => self.0[place].1 = value,
            Err(place) => self.0.insert(place, (from, value)),
        }
    }

    /// The value on `day`; none before the first.
    pub fn at(&self, day: NaiveDate) -> Option<&T> {
        let place = self.0.partition_point(|(from, _)| *from <= day);
        place.checked_sub(1).map(|place| &self.0[place].1)
    }

    /// The last value.
    pub fn latest(&self) -> Option<&T> {
        self.0.last().map(|(_, value)| value)
    }

    /// The first day after `from` on which another value begins.
    pub fn next_after(&self, from: NaiveDate) -> Option<NaiveDate> {
        let place = self.0.partition_point(|(day, _)| *day <= from);
        self.0.get(place).map(|(day, _)| *day)
    }

    /// Each value with its first day, oldest first.
    pub fn iter(&self) -> impl Iterator<Item = (NaiveDate, &T)> {
        self.0.iter().map(|(from, value)| (*from, value))
    }
}

impl<T> FromIterator<(NaiveDate, T)> for Dated<T> {
    fn from_iter<I: IntoIterator<Item = (NaiveDate, T)>>(values: I) -> Self {
        let mut dated = Self::default();
        for (from, value) in values {
            dated.set(from, value);
        }
        dated
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_holds_from_its_day_until_the_next() {
        let day = |day| NaiveDate::from_ymd_opt(2026, 3, day).unwrap();
        let mut dated: Dated<&str> = [(day(10), "late"), (BEGINNING, "first")].into_iter().collect();
        assert_eq!(dated.at(day(9)), Some(&"first"));
        assert_eq!(dated.at(day(10)), Some(&"late"));
        assert_eq!(dated.next_after(BEGINNING), Some(day(10)));
        dated.set(day(5), "between");
        assert_eq!(dated.at(day(9)), Some(&"between"));
        assert_eq!((dated.at(day(4)), dated.latest()), (Some(&"first"), Some(&"late")));
        assert_eq!(Dated::<()>::default().at(day(1)), None);
    }
}
