//! How amounts, hours, rates and shares are written. What is rounded here is only displayed.

use super::{Burn, Minutes, Money, Points, Rate, Ratio, rounding::divide_rounded};

/// How the user's language writes numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum NumberFormat {
    /// `€12,345.67`
    #[default]
    PointDecimal,
    /// `12.345,67 €`
    CommaDecimal,
}

impl NumberFormat {
    /// The format for an `Accept-Language` header: that of the preferred language.
    pub fn of_accept_language(header: Option<&str>) -> Self {
        const COMMA_DECIMAL: &[&str] = &[
            "bg", "ca", "cs", "da", "de", "el", "es", "et", "fi", "fr", "hr", "hu", "id", "is", "it", "lt", "lv", "nb",
            "nl", "nn", "no", "pl", "pt", "ro", "ru", "sk", "sl", "sr", "sv", "tr", "uk", "vi",
        ];
        let preferred = header
            .unwrap_or_default()
            .split(',')
            .enumerate()
            .filter_map(|(place, entry)| {
                let mut fields = entry.split(';');
                let language = fields.next()?.trim().split('-').next()?.to_ascii_lowercase();
                let weight = fields
                    .find_map(|field| field.trim().strip_prefix("q="))
                    .map_or(Some(1.0), |weight| weight.trim().parse::<f32>().ok())?;
                (weight > 0.0 && !language.is_empty() && language != "*").then_some((place, weight, language))
            })
            .min_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
        match preferred {
            Some((_, _, language)) if COMMA_DECIMAL.contains(&language.as_str()) => Self::CommaDecimal,
            _ => Self::PointDecimal,
        }
    }

    /// `12.345,67 €` or `€12,345.67`; a loss as `-12.345,67 €` or `-€12,345.67`.
    pub fn money(self, amount: Money) -> String {
        let sign = if amount.0 < 0 { "-" } else { "" };
        let number = self.decimal(u128::from(amount.0.unsigned_abs()), 2);
        match self {
            Self::PointDecimal => format!("{sign}€{number}"),
            Self::CommaDecimal => format!("{sign}{number}\u{a0}€"),
        }
    }

    /// Hours with two decimals, `1,234.25 h`, so that quarters of an hour are exact; rounded half away from zero, for
    /// display only.
    pub fn hours(self, minutes: Minutes) -> String {
        let hundredths = divide_rounded(i128::from(minutes.0) * 5, 3);
        let sign = if hundredths < 0 { "-" } else { "" };
        format!("{sign}{}\u{a0}h", self.decimal(hundredths.unsigned_abs(), 2))
    }

    /// `€95.00/h`.
    pub fn rate(self, rate: Rate) -> String {
        format!("{}/h", self.money(Money(rate.0)))
    }

    /// `34.5 %`: a tenth of a per cent, rounded half away from zero.
    pub fn share(self, share: Ratio) -> String {
        let tenths = share.tenths();
        let sign = if tenths < 0 { "-" } else { "" };
        format!("{sign}{}\u{a0}%", self.decimal(tenths.unsigned_abs(), 1))
    }

    /// A change in per cent, with its sign: `+4.2 %`.
    pub fn change(self, change: Ratio) -> String {
        self.signed(change.tenths(), "%")
    }

    /// The difference of two shares in percentage points, with its sign: `+1.5 pp`.
    pub fn points(self, difference: Points) -> String {
        self.signed(difference.tenths(), "pp")
    }

    fn signed(self, tenths: i128, unit: &str) -> String {
        let sign = match tenths {
            1.. => "+",
            0 => "",
            _ => "-",
        };
        format!("{sign}{}\u{a0}{unit}", self.decimal(tenths.unsigned_abs(), 1))
    }

    /// How much of a budget is used, `34.5 %`; in words if the budget is zero, since then there is no such number.
    pub fn burn(self, burn: Burn) -> String {
        match burn {
            Burn::Of(share) => self.share(share),
            Burn::OfNothing => "budget is 0".to_owned(),
        }
    }

    /// A count of things, `12,345`.
    pub fn count(self, count: u64) -> String {
        self.decimal(u128::from(count), 0)
    }

    /// `digits` with a decimal sign before the last `decimals` of them, and with its thousands grouped.
    fn decimal(self, digits: u128, decimals: u32) -> String {
        let (group, point) = match self {
            Self::PointDecimal => (',', '.'),
            Self::CommaDecimal => ('.', ','),
        };
        let scale = 10u128.pow(decimals);
        let whole = (digits / scale).to_string();
        let mut text = String::with_capacity(whole.len() * 2);
        for (place, digit) in whole.chars().enumerate() {
            if place > 0 && (whole.len() - place).is_multiple_of(3) {
                text.push(group);
            }
            text.push(digit);
        }
        if decimals > 0 {
            text.push(point);
            text.push_str(&format!("{:0width$}", digits % scale, width = decimals as usize));
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_read_as_the_language_writes_them() {
        let (point, comma) = (NumberFormat::PointDecimal, NumberFormat::CommaDecimal);
        assert_eq!(point.money(Money(1_234_567)), "€12,345.67");
        assert_eq!(comma.money(Money(1_234_567)), "12.345,67\u{a0}€");
        assert_eq!(point.money(Money(-5)), "-€0.05");
        assert_eq!(comma.money(Money(0)), "0,00\u{a0}€");
        assert_eq!(point.money(Money(i64::MIN)), "-€92,233,720,368,547,758.08");
        assert_eq!(point.count(1_000_000), "1,000,000");
    }

    #[test]
    fn quarter_hours_add_up_as_they_are_shown() {
        let format = NumberFormat::PointDecimal;
        let (billable, other) = (Minutes(131 * 60 + 15), Minutes(5 * 60 + 45));
        assert_eq!(format.hours(billable), "131.25\u{a0}h");
        assert_eq!(format.hours(other), "5.75\u{a0}h");
        assert_eq!(format.hours(billable + other), "137.00\u{a0}h");
        assert_eq!(NumberFormat::CommaDecimal.hours(Minutes(-75_015)), "-1.250,25\u{a0}h");
        // A minute is 0.0166… hours, 20 minutes 0.333…
        assert_eq!(
            [1, 20, -1].map(|minutes| format.hours(Minutes(minutes))),
            ["0.02\u{a0}h", "0.33\u{a0}h", "-0.02\u{a0}h"]
        );
        assert_eq!(format.hours(Minutes(i64::MAX)), "153,722,867,280,912,930.12\u{a0}h");
    }

    #[test]
    fn a_share_is_rounded_where_it_is_shown() {
        let (point, comma) = (NumberFormat::PointDecimal, NumberFormat::CommaDecimal);
        let share = |part, whole| Money(part).share_of(Money(whole)).unwrap();
        assert_eq!(comma.share(share(-1_005, 1_000)), "-100,5\u{a0}%");
        assert_eq!(point.share(share(79_958, 100_000)), "80.0\u{a0}%");
        assert_eq!(
            [share(5, 10_000), share(-5, 10_000), share(4, 10_000), share(-4, 10_000)].map(|one| point.share(one)),
            ["0.1\u{a0}%", "-0.1\u{a0}%", "0.0\u{a0}%", "0.0\u{a0}%"]
        );
        assert_eq!(point.share(share(i64::MIN, 1)), "-922,337,203,685,477,580,800.0\u{a0}%");
        assert_eq!(
            [share(42, 1_000), share(-42, 1_000), share(1, 10_000)].map(|one| point.change(one)),
            ["+4.2\u{a0}%", "-4.2\u{a0}%", "0.0\u{a0}%"]
        );
        assert_eq!(point.points(share(1, 3).points_from(share(1, 2))), "-16.7\u{a0}pp");
        assert_eq!(comma.points(share(1, 2).points_from(share(1, 3))), "+16,7\u{a0}pp");
    }

    #[test]
    fn a_budget_of_zero_that_is_overrun_is_said_in_words() {
        let format = NumberFormat::PointDecimal;
        assert_eq!(format.burn(Money(1).burn_of(Money(0))), "budget is 0");
        assert_eq!(format.burn(Minutes(0).burn_of(Minutes(0))), "0.0\u{a0}%");
        assert_eq!(format.burn(Money(5).burn_of(Money(4))), "125.0\u{a0}%");
    }

    #[test]
    fn the_language_a_person_prefers_decides() {
        let of = |header| NumberFormat::of_accept_language(Some(header));
        assert_eq!(of("de-AT,de;q=0.9,en;q=0.8"), NumberFormat::CommaDecimal);
        assert_eq!(of("en-GB,de;q=0.9"), NumberFormat::PointDecimal);
        assert_eq!(of("de;q=0.2, en;q=0.7"), NumberFormat::PointDecimal);
        assert_eq!(of("*;q=0.5,;;,q=x"), NumberFormat::PointDecimal);
        assert_eq!(NumberFormat::of_accept_language(None), NumberFormat::PointDecimal);
    }
}
