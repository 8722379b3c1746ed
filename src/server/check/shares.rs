//! Whether the parts of shared bookings are those that the key of their day gives.

use super::{Finding, limits::within, query, rows};
use crate::{
    books::{Key, split},
    money::Money,
};
use sea_orm::{DatabaseConnection, DbErr};
use std::collections::BTreeMap;

/// The key from a day on; none where a weight is beyond its limit, so that nothing can be said of what it splits.
type KeyOfDay = Option<Key>;

/// A shared booking, with its parts as they are stored.
struct Shared {
    name: String,
    day: String,
    amount: Money,
    parts: Vec<(Option<i64>, Money)>,
}

/// The shared bookings whose parts are others.
pub(super) async fn wrong(db: &DatabaseConnection) -> Result<Finding, DbErr> {
    let keys = keys(db).await?;
    let wrong = shared(db).await?.into_iter().filter_map(|booking| {
        let key = keys.range(..=booking.day.clone()).next_back();
        let key = match key {
            Some((_, key)) => Some(key.as_ref()?),
            None => None,
        };
        let expected = split::parts(booking.amount, key).into_iter();
        let expected = expected.map(|(division, part)| (Some(division), part)).collect();
        (without_nothing(booking.parts) != without_nothing(expected)).then_some(booking.name)
    });
    Ok(Finding::of(
        "the parts of a shared booking are those that the key of its day gives, and without a key it has none",
        wrong.collect(),
    ))
}

/// Parts in one order; a part of nothing is as good as none.
fn without_nothing(mut parts: Vec<(Option<i64>, Money)>) -> Vec<(Option<i64>, Money)> {
    parts.retain(|(_, amount)| *amount != Money(0));
    parts.sort();
    parts
}

/// The keys by the day from which they hold.
async fn keys(db: &DatabaseConnection) -> Result<BTreeMap<String, KeyOfDay>, DbErr> {
    let within = within(db.get_database_backend(), "overhead_keys", "k");
    // The order is that in which the books give away the cents that are left.
    let select = format!(
        "SELECT CAST(k.valid_from AS TEXT) AS day, k.division_id, CASE WHEN {within} THEN k.weight END AS weight
         FROM overhead_keys k ORDER BY k.id"
    );
    let mut keys: BTreeMap<String, KeyOfDay> = BTreeMap::new();
    for row in query(db, &select).await? {
        let key = keys
            .entry(row.try_get("", "day")?)
            .or_insert_with(|| Some(Key::default()));
        let weight: Option<i64> = row.try_get("", "weight")?;
        match (key.as_mut(), weight) {
            (Some(Key(weights)), Some(weight)) => weights.push((row.try_get("", "division_id")?, weight)),
            _ => *key = None,
        }
    }
    Ok(keys)
}

async fn shared(db: &DatabaseConnection) -> Result<Vec<Shared>, DbErr> {
    let backend = db.get_database_backend();
    let select = format!(
        "SELECT b.id, {} AS name, CAST(b.booked_on AS TEXT) AS day, b.amount, s.division_id,
                s.amount AS share
         FROM bookings b LEFT JOIN booking_parts s ON s.booking_id = b.id
         WHERE b.shared AND {}
           AND NOT EXISTS (SELECT 1 FROM booking_parts x WHERE x.booking_id = b.id AND NOT {})
         ORDER BY b.id",
        rows::name("bookings", "b"),
        within(backend, "bookings", "b"),
        within(backend, "booking_parts", "x")
    );
    let mut bookings: Vec<(i64, Shared)> = Vec::new();
    for row in query(db, &select).await? {
        let id = row.try_get("", "id")?;
        if bookings.last().is_none_or(|(last, _)| *last != id) {
            let booking = Shared {
                name: row.try_get("", "name")?,
                day: row.try_get("", "day")?,
                amount: Money(row.try_get("", "amount")?),
                parts: Vec::new(),
            };
            bookings.push((id, booking));
        }
        let (division, share) = (row.try_get("", "division_id")?, row.try_get("", "share")?);
        if let (Some((_, booking)), Some(share)) = (bookings.last_mut(), share) {
            booking.parts.push((division, Money(share)));
        }
    }
    Ok(bookings.into_iter().map(|(_, booking)| booking).collect())
}
