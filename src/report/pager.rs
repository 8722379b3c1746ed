//! The pager: which rows of how many are shown, and links to the others.

use crate::ui::page_size::PageSize;

/// How many pages on either side of the current one have a link of their own.
const AROUND: u64 = 2;

/// Where in a long list a page stands.
#[derive(Clone, Debug)]
pub struct Pager {
    /// A row of the current page, counted from 1: usually its first. It says where in the list one is, however many rows a
    /// page has.
    pub row: u64,
    /// How many rows a page has.
    pub page_size: PageSize,
    /// How many rows there are on all pages.
    pub total: u64,
    /// The addresses of pages, by the row that they begin with; filled by [`Pager::leading`].
    links: Vec<(u64, String)>,
}

impl Pager {
    /// The place of `row` in a list of `total` rows.
    pub fn new(row: u64, page_size: PageSize, total: u64) -> Self {
        Self {
            row,
            page_size,
            total,
            links: Vec::new(),
        }
    }

    /// The same with links, of which `href` gives the address of the page that begins with a row.
    #[must_use]
    pub fn leading(mut self, href: impl Fn(u64) -> String) -> Self {
        let rows = self.numbers().into_iter().flatten().map(|page| self.first_of(page));
        self.links = rows.map(|row| (row, href(row))).collect();
        self
    }

    /// The address of a page.
    pub fn href(&self, page: u64) -> String {
        let row = self.first_of(page);
        let link = self.links.iter().find(|(of, _)| *of == row);
        link.map(|(_, href)| href.clone()).unwrap_or_default()
    }

    /// The rows of the current page, counted from 1: its first and its last.
    pub fn rows(&self) -> (u64, u64) {
        let first = self.first_of(self.current());
        (first, self.total.min(self.before() + self.page_size.rows()))
    }

    /// How many pages there are; at least one.
    pub fn pages(&self) -> u64 {
        self.total.div_ceil(self.page_size.rows()).max(1)
    }

    /// The current page, counted from 1, or the last one if there are fewer.
    pub fn current(&self) -> u64 {
        let page = self.row.saturating_sub(1) / self.page_size.rows() + 1;
        page.clamp(1, self.pages())
    }

    /// How many rows stand on the pages before the current one.
    pub fn before(&self) -> u64 {
        self.first_of(self.current()) - 1
    }

    /// The first row of a page, both counted from 1.
    fn first_of(&self, page: u64) -> u64 {
        (page - 1) * self.page_size.rows() + 1
    }

    /// The pages with links of their own: the first, the last, and those around the current one. `None` stands for a
    /// gap.
    pub fn numbers(&self) -> Vec<Option<u64>> {
        let (current, pages) = (self.current(), self.pages());
        let mut numbers = Vec::new();
        let mut before = 0;
        for page in (1..=pages).filter(|page| *page == 1 || *page == pages || page.abs_diff(current) <= AROUND) {
            match page - before {
                1 => {}
                // A gap of a single page is no shorter than the page.
                2 => numbers.push(Some(page - 1)),
                _ => numbers.push(None),
            }
            numbers.push(Some(page));
            before = page;
        }
        numbers
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pager(page: u64, total: u64) -> Pager {
        Pager::new((page - 1) * 25 + 1, PageSize::Few, total)
    }

    #[test]
    fn a_page_beyond_the_last_is_the_last() {
        assert_eq!(pager(99, 56).current(), 3);
        assert_eq!(pager(3, 56).rows(), (51, 56));
    }

    #[test]
    fn every_page_that_is_named_has_a_link() {
        let pager = pager(3, 300).leading(|row| format!("?row={row}"));
        assert_eq!(pager.href(1), "?row=1");
        assert_eq!(pager.href(4), "?row=76");
        assert_eq!(pager.href(12), "?row=276");
    }

    #[test]
    fn a_row_stays_on_the_page_whatever_the_number_of_rows() {
        for row in [1, 25, 26, 50, 51, 100, 101, 230] {
            for page_size in PageSize::ALL {
                let pager = Pager::new(row, page_size, 230);
                assert!(
                    pager.before() < row && row <= pager.before() + page_size.rows(),
                    "{row}"
                );
            }
        }
    }

    #[test]
    fn far_pages_are_left_out() {
        let numbers = |page, total| {
            pager(page, total)
                .numbers()
                .iter()
                .map(|n| n.unwrap_or(0))
                .collect::<Vec<_>>()
        };
        assert_eq!(numbers(1, 75), [1, 2, 3]);
        assert_eq!(numbers(10, 500), [1, 0, 8, 9, 10, 11, 12, 0, 20]);
        assert_eq!(numbers(5, 225), [1, 2, 3, 4, 5, 6, 7, 8, 9]);
    }
}
