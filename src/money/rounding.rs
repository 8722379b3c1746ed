//! Division of whole numbers, rounded half away from zero: the one way in which figures are rounded.

/// `value * numerator / denominator`, rounded half away from zero; `denominator` is positive.
pub(super) fn product_divided(value: i64, numerator: i64, denominator: i64) -> i128 {
    divide_rounded(i128::from(value) * i128::from(numerator), i128::from(denominator))
}

/// `numerator / denominator`, rounded half away from zero; `denominator` is positive.
pub(super) fn divide_rounded(numerator: i128, denominator: i128) -> i128 {
    let (whole, rest) = (numerator / denominator, numerator % denominator);
    let is_half = rest.unsigned_abs() * 2 >= denominator.unsigned_abs();
    whole + if is_half { numerator.signum() } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_are_rounded_away_from_zero() {
        let rounded = [5, -5, 4, -4].map(|numerator| divide_rounded(numerator, 10));
        assert_eq!(rounded, [1, -1, 0, 0]);
        assert_eq!(divide_rounded(i128::MIN, 1), i128::MIN);
    }
}
