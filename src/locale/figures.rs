//! How amounts, hours, rates and shares are written. What is rounded here is only displayed.

use super::Locale;
use crate::{
    message::{Message, Value},
    messages::figure,
    money::{Burn, Minutes, Money, Points, Rate, Ratio},
};

impl Locale {
    /// `€12,345.67`, in German `12.345,67 €`; a loss as `-€12,345.67`.
    pub(super) fn money(&self, amount: Money) -> String {
        self.number(figure::money, minus(amount.0.into()), amount.0.into(), 2)
    }

    /// The same of a difference, with its sign.
    pub(super) fn money_change(&self, amount: Money) -> String {
        self.number(figure::money, sign(amount.0.into()), amount.0.into(), 2)
    }

    /// Hours with two decimals, `1,234.25 h`, so that quarters of an hour are exact; rounded half away from zero.
    pub(super) fn hours(&self, minutes: Minutes) -> String {
        let hundredths = minutes.hundredths_of_hours();
        self.number(figure::hours, minus(hundredths), hundredths, 2)
    }

    /// `€95.00/h`.
    pub(super) fn rate(&self, rate: Rate) -> String {
        self.say(&figure::rate(Money(rate.0)))
    }

    /// `34.5 %`: a tenth of a per cent, rounded half away from zero.
    pub(super) fn share(&self, share: Ratio) -> String {
        self.number(figure::share, minus(share.tenths()), share.tenths(), 1)
    }

    /// A change in per cent, with its sign: `+4.2 %`.
    pub(super) fn change(&self, change: Ratio) -> String {
        self.number(figure::share, sign(change.tenths()), change.tenths(), 1)
    }

    /// The difference of two shares in percentage points, with its sign: `+1.5 pp`.
    pub(super) fn points(&self, difference: Points) -> String {
        self.number(figure::points, sign(difference.tenths()), difference.tenths(), 1)
    }

    /// How much of a budget is used; in words if the budget is zero, since then there is no such number.
    pub(super) fn burn(&self, burn: Burn) -> String {
        match burn {
            Burn::Of(share) => self.share(share),
            Burn::OfNothing => self.say(&figure::budget_of_zero()),
        }
    }

    /// A count of things, `12,345`.
    pub(super) fn count(&self, count: u64) -> String {
        self.numbers.digits(count.into(), 0)
    }

    /// An amount in cents at a line of a chart, as short as possible: `€250k`, `€1.5M`.
    pub fn round_amount(&self, cents: i128) -> String {
        let (tenths, message): (i128, fn(Value, Value) -> Message) = match cents.unsigned_abs() {
            100_000_000.. => (cents / 10_000_000, figure::millions),
            100_000.. => (cents / 10_000, figure::thousands),
            _ => (cents / 10, figure::money),
        };
        match tenths % 10 {
            0 => self.number(message, minus(cents), tenths / 10, 0),
            _ => self.number(message, minus(cents), tenths, 1),
        }
    }

    fn number(&self, message: fn(Value, Value) -> Message, sign: &str, number: i128, decimals: i16) -> String {
        let digits = self.numbers.digits(number, decimals);
        self.say(&message(Value::text(digits), Value::text(sign)))
    }
}

fn minus(number: i128) -> &'static str {
    if number < 0 { "-" } else { "" }
}

fn sign(number: i128) -> &'static str {
    if number > 0 { "+" } else { minus(number) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(header: &str) -> Locale {
        Locale::of_accept_language(Some(header))
    }

    #[test]
    fn amounts_read_as_the_region_writes_them() {
        let english = of("en-US");
        assert_eq!(english.money(Money(1_234_567)), "€12,345.67");
        assert_eq!(english.money(Money(-5)), "-€0.05");
        assert_eq!(english.money(Money(i64::MIN)), "-€92,233,720,368,547,758.08");
        assert_eq!(english.count(1_000_000), "1,000,000");
        assert_eq!(of("en-IN").count(1_000_000), "10,00,000");
        assert_eq!(english.money_change(Money(500)), "+€5.00");
        assert_eq!(english.money_change(Money(-500)), "-€5.00");
        assert_eq!(of("de").money(Money(-1_234_567)), "-12.345,67\u{a0}€");
        assert_eq!(of("de-CH").money(Money(1_234_567)), "12’345.67\u{a0}€");
        assert_eq!(
            of("fr-CH, fr;q=0.9, de;q=0.8").money(Money(1_234_567)),
            "12.345,67\u{a0}€"
        );
        assert_eq!(of("fr").money(Money(1_234_567)), "€12,345.67");
    }

    #[test]
    fn quarter_hours_add_up_as_they_are_shown() {
        let format = of("en");
        let (billable, other) = (Minutes(131 * 60 + 15), Minutes(5 * 60 + 45));
        assert_eq!(format.hours(billable), "131.25\u{a0}h");
        assert_eq!(format.hours(other), "5.75\u{a0}h");
        assert_eq!(format.hours(billable + other), "137.00\u{a0}h");
        assert_eq!(format.hours(Minutes(-75_015)), "-1,250.25\u{a0}h");
        // A minute is 0.0166… hours, 20 minutes 0.333…
        assert_eq!(
            [1, 20, -1].map(|minutes| format.hours(Minutes(minutes))),
            ["0.02\u{a0}h", "0.33\u{a0}h", "-0.02\u{a0}h"]
        );
        assert_eq!(format.hours(Minutes(i64::MAX)), "153,722,867,280,912,930.12\u{a0}h");
    }

    #[test]
    fn a_share_is_rounded_where_it_is_shown() {
        let format = of("en");
        let share = |part, whole| Money(part).share_of(Money(whole)).unwrap();
        assert_eq!(format.share(share(-1_005, 1_000)), "-100.5\u{a0}%");
        assert_eq!(format.share(share(79_958, 100_000)), "80.0\u{a0}%");
        assert_eq!(
            [share(5, 10_000), share(-5, 10_000), share(4, 10_000), share(-4, 10_000)].map(|one| format.share(one)),
            ["0.1\u{a0}%", "-0.1\u{a0}%", "0.0\u{a0}%", "0.0\u{a0}%"]
        );
        assert_eq!(
            format.share(share(i64::MIN, 1)),
            "-922,337,203,685,477,580,800.0\u{a0}%"
        );
        assert_eq!(
            [share(42, 1_000), share(-42, 1_000), share(1, 10_000)].map(|one| format.change(one)),
            ["+4.2\u{a0}%", "-4.2\u{a0}%", "0.0\u{a0}%"]
        );
        assert_eq!(format.points(share(1, 3).points_from(share(1, 2))), "-16.7\u{a0}pp");
        assert_eq!(format.points(share(1, 2).points_from(share(1, 3))), "+16.7\u{a0}pp");
    }

    #[test]
    fn amounts_at_the_lines_of_a_chart_are_short() {
        let format = of("en");
        assert_eq!(format.round_amount(25_000_000), "€250k");
        assert_eq!(format.round_amount(-150_000_000), "-€1.5M");
        assert_eq!(format.round_amount(50_000), "€500");
        assert_eq!(format.round_amount(0), "€0");
    }

    #[test]
    fn a_budget_of_zero_that_is_overrun_is_said_in_words() {
        let words = |burn| of("en").burn(burn);
        assert_eq!(words(Money(1).burn_of(Money(0))), "budget is 0");
        assert_eq!(words(Minutes(0).burn_of(Minutes(0))), "0.0\u{a0}%");
        assert_eq!(words(Money(5).burn_of(Money(4))), "125.0\u{a0}%");
    }
}
