//! How a number is written into a workbook, and what can be added up.

use crate::{
    money::{Minutes, Money, Rate},
    sheets::{Plain, decimal},
};

/// So many decimals, and so many parts of a whole, are as exact as a spreadsheet's numbers.
pub(super) const MANY_DECIMALS: usize = 12;
pub(super) const MANY_PARTS: i64 = 1_000_000_000_000;

/// A number as the file has it. Shares are parts of one.
pub(super) fn number_text(number: &Plain) -> String {
    match number {
        Plain::Money(Money(cents)) | Plain::Rate(Rate(cents)) => decimal((*cents).into(), 2, '.'),
        Plain::Hours(minutes) => decimal(minutes.in_parts(MANY_PARTS, Minutes::HOUR), MANY_DECIMALS, '.'),
        Plain::Share(tenths) => decimal(*tenths, 3, '.'),
        Plain::Points(tenths) => decimal(*tenths, 1, '.'),
        Plain::Count(count) => count.to_string(),
        Plain::Empty | Plain::Text(_) | Plain::Day(_) | Plain::Month(_) => String::new(),
    }
}

/// What can be added up, in whole cents, minutes or things.
pub(super) fn exact(number: &Plain) -> Option<i128> {
    match number {
        Plain::Money(amount) => Some(amount.0.into()),
        Plain::Hours(minutes) => Some(minutes.0.into()),
        Plain::Count(count) => Some((*count).into()),
        _ => None,
    }
}

/// About how many characters a cell takes as it is shown.
pub(super) fn shown_width(cell: &Plain) -> usize {
    match cell {
        Plain::Empty => 0,
        Plain::Text(text) => text.chars().count(),
        Plain::Day(_) | Plain::Month(_) => 10,
        Plain::Hours(minutes) => decimal(minutes.hundredths_of_hours(), 2, '.').len() + 2,
        // With the signs between thousands and the euro.
        number => number_text(number).len() + 5,
    }
}

#[cfg(test)]
mod tests {
    use super::{super::places::float, *};

    #[test]
    fn numbers_are_as_exact_as_a_spreadsheet_takes_them() {
        assert_eq!(float(&number_text(&Plain::Money(Money(-23_648)))), -236.48);
        assert_eq!(float(&number_text(&Plain::Hours(Minutes(45)))), 0.75);
        assert_eq!(number_text(&Plain::Hours(Minutes(20))), "0.333333333333");
        assert_eq!(float(&number_text(&Plain::Share(1_272))), 1.272);
        assert_eq!(float(&number_text(&Plain::Count(12_345))), 12_345.0);
    }
}
