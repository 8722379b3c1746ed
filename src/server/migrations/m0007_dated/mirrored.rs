//! Corrects the parts of reversals: a negative amount is split like its opposite, so they must mirror the parts that
//! they take back.
//!
//! Earlier versions were sometimes a cent off, so that a reversal left a cent with one division and took it from
//! another. Parts that are further off never followed their key: they stay, and `check` reports them.

use crate::money::Money;
use sea_orm_migration::{
    prelude::*,
    sea_orm::{DbBackend, FromQueryResult, Statement},
};

/// One division's part of a shared booking, with its weight in the key of the day.
#[derive(FromQueryResult)]
struct Part {
    booking: i64,
    whole: i64,
    weight: i64,
    /// None if there is no such part.
    part: Option<i64>,
    amount: Option<i64>,
}

/// The order is the one in which the left-over cents are given away.
const PARTS: &str = "SELECT b.id AS booking, b.amount AS whole, k.weight, s.id AS part, s.amount
    FROM bookings b
         JOIN overhead_keys k ON k.weight > 0 AND k.valid_from =
              (SELECT MAX(m.valid_from) FROM overhead_keys m WHERE m.valid_from <= b.booked_on)
         LEFT JOIN booking_parts s ON s.booking_id = b.id AND s.division_id = k.division_id
    WHERE b.shared AND b.amount < 0 ORDER BY b.id, k.id, s.id";

/// Sets them right.
pub(super) async fn mirror(connection: &SchemaManagerConnection<'_>, backend: DbBackend) -> Result<(), DbErr> {
    let select = Statement::from_string(backend, PARTS);
    let parts = Part::find_by_statement(select).all(connection).await?;
    for of_booking in parts.chunk_by(|one, next| one.booking == next.booking) {
        for (part, amount) in corrections(of_booking) {
            let update = "UPDATE booking_parts SET amount = $1 WHERE id = $2";
            let update = Statement::from_sql_and_values(backend, update, [amount.into(), part.into()]);
            connection.execute_raw(update).await?;
        }
    }
    Ok(())
}

/// The parts of a booking whose amount is another one now; none if they never followed its key.
fn corrections(parts: &[Part]) -> Vec<(i64, i64)> {
    let weights: Vec<i64> = parts.iter().map(|part| part.weight).collect();
    let split = parts
        .first()
        .map_or_else(Vec::new, |part| Money(part.whole).split(&weights));
    let stored: Option<Vec<(i64, i64)>> = parts.iter().map(|part| part.part.zip(part.amount)).collect();
    let Some(stored) = stored else {
        return Vec::new();
    };
    let is_whole = stored.iter().map(|(_, amount)| i128::from(*amount)).sum::<i128>()
        == parts.first().map_or(0, |part| i128::from(part.whole));
    let is_near = stored
        .iter()
        .zip(&split)
        .all(|((_, amount), right)| amount.abs_diff(right.0) <= 1);
    if !(is_whole && is_near) {
        return Vec::new();
    }
    let pairs = stored.into_iter().zip(split);
    pairs
        .filter(|((_, amount), right)| *amount != right.0)
        .map(|((part, _), right)| (part, right.0))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn corrected(whole: i64, amounts: &[(i64, Option<i64>)]) -> Vec<(i64, i64)> {
        let part = |(number, (weight, amount)): (i64, &(i64, Option<i64>))| Part {
            booking: 1,
            whole,
            weight: *weight,
            part: amount.map(|_| number),
            amount: *amount,
        };
        corrections(&(1..).zip(amounts).map(part).collect::<Vec<_>>())
    }

    #[test]
    fn what_is_a_cent_off_is_mirrored_and_what_is_further_off_stays() {
        let a_cent_off = [(49, Some(-3_846)), (31, Some(-2_434)), (20, Some(-1_570))];
        assert_eq!(corrected(-7_850, &a_cent_off), [(1, -3_847), (2, -2_433)]);
        let right = [(49, Some(-3_847)), (31, Some(-2_433)), (20, Some(-1_570))];
        assert_eq!(corrected(-7_850, &right), []);
        let by_hand = [(49, Some(-7_850)), (31, Some(0)), (20, Some(0))];
        assert_eq!(corrected(-7_850, &by_hand), []);
        assert_eq!(corrected(-1, &[(1, Some(-1)), (1, None)]), []);
        assert_eq!(corrected(-1, &[(1, Some(-1)), (1, Some(-1))]), []);
    }
}
