//! Which row of a long list an address names: it is in sight, however many rows a page has.
//!
//! Each list's query has the fields `from_row` and, for addresses of earlier builds, `page`. serde can't refuse unknown
//! fields of a struct that flattens another one, so each query declares the two itself, and everything else is here.

use super::page_size::PageSize;
use crate::pages::Page;
use serde::Serialize;
use std::num::NonZeroU32;

/// The row with which a list begins.
pub const FIRST_ROW: NonZeroU32 = NonZeroU32::MIN;

/// [`FIRST_ROW`], for serde.
pub fn first_row() -> NonZeroU32 {
    FIRST_ROW
}

/// Whether it is [`FIRST_ROW`], which addresses leave out.
pub fn is_first_row(row: &NonZeroU32) -> bool {
    *row == FIRST_ROW
}

/// The row that a query names by its two fields, from 1.
pub fn named_row(from_row: NonZeroU32, page: Option<NonZeroU32>) -> u64 {
    page.map_or(u64::from(from_row.get()), row_of_numbered_page)
}

/// The field that names `row`; the first one where there can be no such row.
pub fn from_row(row: u64) -> NonZeroU32 {
    u32::try_from(row).ok().and_then(NonZeroU32::new).unwrap_or(FIRST_ROW)
}

/// The address of `page` with a query.
pub fn address(page: &Page, query: &impl Serialize) -> String {
    let query = serde_urlencoded::to_string(query).unwrap_or_default();
    if query.is_empty() {
        page.path.to_owned()
    } else {
        format!("{}?{query}", page.path)
    }
}

/// The row at which the page begins that an address of an earlier build names by its number, when all had so many rows.
fn row_of_numbered_page(page: NonZeroU32) -> u64 {
    u64::from(page.get() - 1) * PageSize::default().rows() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_numbered_page_is_the_row_with_which_it_began() {
        let numbered = |page: u32| named_row(FIRST_ROW, NonZeroU32::new(page));
        assert_eq!((numbered(1), numbered(2)), (1, 51));
        assert_eq!(numbered(u32::MAX), u64::from(u32::MAX - 1) * 50 + 1);
        assert_eq!(named_row(from_row(26), None), 26);
        assert_eq!((from_row(0), from_row(u64::MAX)), (FIRST_ROW, FIRST_ROW));
    }
}
