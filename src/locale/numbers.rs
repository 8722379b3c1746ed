//! How a region groups the digits of a number, and what stands before its decimals.

use icu_decimal::{DecimalFormatter, input::Decimal, options::DecimalFormatterOptions};
use icu_locale_core::Locale as Tag;

/// The format of a region.
pub(super) struct NumberFormat(Option<DecimalFormatter>);

impl NumberFormat {
    pub(super) fn of(region: Tag) -> Self {
        Self(DecimalFormatter::try_new(region.into(), DecimalFormatterOptions::default()).ok())
    }

    /// The digits of `number`, without its sign; the last `decimals` of them stand behind the decimal sign.
    pub(super) fn digits(&self, number: i128, decimals: i16) -> String {
        let mut decimal = Decimal::from(number.unsigned_abs());
        decimal.multiply_pow10(-decimals);
        let digits = match &self.0 {
            Some(format) => format.format(&decimal).to_string(),
            None => decimal.to_string(),
        };
        // Swiss numbers are grouped by an apostrophe; the data has the one of a typewriter.
        digits.replace('\'', "’")
    }
}
