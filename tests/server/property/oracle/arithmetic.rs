//! The oracle's own arithmetic: whole numbers, rounded and split.

/// `numerator / denominator`, a half away from zero.
pub fn rounded(numerator: i64, denominator: i64) -> i64 {
    let (whole, rest) = (numerator / denominator, numerator % denominator);
    if rest.abs() * 2 >= denominator {
        whole + numerator.signum()
    } else {
        whole
    }
}

/// The parts of `amount` by the weights: cent by cent to the one that is furthest below its part, the earlier first.
/// None without weights.
pub fn split(amount: i64, weights: &[(u8, i64)]) -> Option<Vec<(u8, i64)>> {
    let all: i64 = weights.iter().map(|(_, weight)| weight).sum();
    if all == 0 {
        return None;
    }
    let whole = amount.abs();
    let mut parts: Vec<(u8, i64)> = weights
        .iter()
        .map(|(division, weight)| (*division, whole * weight / all))
        .collect();
    let mut left = whole - parts.iter().map(|(_, part)| part).sum::<i64>();
    let mut missing: Vec<i64> = weights.iter().map(|(_, weight)| whole * weight % all).collect();
    while left > 0 {
        let most = *missing.iter().max().unwrap();
        let place = missing.iter().position(|rest| *rest == most).unwrap();
        parts[place].1 += 1;
        missing[place] = -1;
        left -= 1;
    }
    Some(
        parts
            .into_iter()
            .map(|(division, part)| (division, part * amount.signum()))
            .collect(),
    )
}

#[test]
fn the_oracle_splits_and_rounds_as_people_do() {
    let parts = |amount| split(amount, &[(1, 98), (2, 2)]).unwrap();
    assert_eq!(parts(18_225), [(1, 17_861), (2, 364)]);
    assert_eq!(parts(-18_225), [(1, -17_861), (2, -364)]);
    assert_eq!(split(1, &[(1, 1), (2, 1), (3, 1)]).unwrap(), [(1, 1), (2, 0), (3, 0)]);
    assert_eq!(split(1, &[(1, 0)]), None);
    assert_eq!([7, 8, -7, -8].map(|halves| rounded(halves, 2)), [4, 4, -4, -4]);
}
