//! The categories of the bookings that a search found: in each month, as the chart and the table show them.

use super::{
    bookings,
    category::{Category, Missing},
};
use crate::{days::Days, message::Value, money::Money, rows::too_large, search::Wanted, view::RenderContext};
use futures_util::{StreamExt, pin_mut};
use sea_orm::{ConnectionTrait, DbErr, StreamTrait};
use std::collections::BTreeMap;

/// For each of `spans`, which are months, the categories of the bookings in which `wanted` is, by name. Labour is no
/// booking, so none of it is found.
pub(super) async fn categories<const N: usize>(
    db: &(impl ConnectionTrait + StreamTrait),
    context: &RenderContext,
    wanted: &Wanted,
    spans: [&[Days]; N],
) -> Result<[Vec<Category>; N], DbErr> {
    let mut amounts: [BTreeMap<String, Vec<Money>>; N] = std::array::from_fn(|_| BTreeMap::new());
    let months = || spans.iter().flat_map(|months| months.iter());
    let first = months().map(|month| month.from).min();
    let last = months().map(|month| month.to).max();
    if let Some((from, to)) = first.zip(last) {
        let found = bookings::found(context, Days { from, to }, wanted.clone());
        let parts = found.each(db).await?;
        pin_mut!(parts);
        while let Some(part) = parts.next().await {
            let part = part?;
            for (amounts, months) in amounts.iter_mut().zip(spans) {
                let is_in = |month: &Days| month.from <= part.booked_on && part.booked_on <= month.to;
                if let Some(place) = months.iter().position(is_in) {
                    let nothing = || vec![Money(0); months.len()];
                    let amount = &mut amounts.entry(part.category.clone()).or_insert_with(nothing)[place].0;
                    *amount = amount.checked_add(part.amount).ok_or_else(too_large)?;
                }
            }
        }
    }
    let category = |(name, amounts): (String, Vec<Money>)| Category {
        name: Value::text(name),
        // What is searched for is no place: the bookings below are what it is made of.
        measure: None,
        missing: vec![Missing::default(); amounts.len()],
        amounts: Some(amounts),
    };
    Ok(amounts.map(|amounts| amounts.into_iter().map(category).collect()))
}
