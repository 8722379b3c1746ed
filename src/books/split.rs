//! How a shared booking is split: the one place where parts are derived.

use super::Key;
use crate::money::Money;

/// The parts of `amount` by `key`, as each division's id with its part; they add up to the amount. Without a key, or
/// with only zeros, there are none: then the whole is unassigned.
pub fn parts(amount: Money, key: Option<&Key>) -> Vec<(i64, Money)> {
    let weights = key.map(|Key(weights)| weights.as_slice()).unwrap_or_default();
    let borne: Vec<(i64, i64)> = weights.iter().copied().filter(|(_, weight)| *weight > 0).collect();
    let amounts = amount.split(&borne.iter().map(|(_, weight)| *weight).collect::<Vec<_>>());
    borne.into_iter().map(|(division, _)| division).zip(amounts).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_booking_is_split_by_its_key_and_its_reversal_cancels() {
        let key = Key(vec![(1, 1), (2, 1), (3, 1), (4, 0)]);
        let whole = parts(Money(78_508), Some(&key));
        assert_eq!(whole, [(1, Money(26_170)), (2, Money(26_169)), (3, Money(26_169))]);
        let back = parts(Money(-78_508), Some(&key));
        assert!(whole.iter().zip(&back).all(|(part, back)| part.1 + back.1 == Money(0)));
    }

    #[test]
    fn without_a_key_nothing_is_split() {
        assert_eq!(parts(Money(785_080), None), []);
        assert_eq!(parts(Money(785_080), Some(&Key(vec![(1, 0), (2, 0), (3, 0)]))), []);
    }
}
