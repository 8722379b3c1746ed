//! The pager: which rows of how many are shown, and links to the others.

use super::page_size::PageSize;
use crate::money::NumberFormat;
use leptos::prelude::*;

/// How many pages on either side of the current one have a link of their own.
const AROUND: u64 = 2;

/// Where in a long list a page stands; shown with [`Pager::view`].
#[derive(Clone, Copy, Debug)]
pub struct Pager {
    /// A row of the current page, counted from 1: usually its first. It says where in the list one is, however many rows a
    /// page has.
    pub row: u64,
    /// How many rows a page has.
    pub page_size: PageSize,
    /// How many rows there are on all pages.
    pub total: u64,
    /// How counts are written.
    pub format: NumberFormat,
}

impl Pager {
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

    /// The pager, with `href` giving the address of the page that begins with a row; nothing if there are no rows.
    pub fn view(self, href: impl Fn(u64) -> String) -> AnyView {
        if self.total == 0 {
            return ().into_any();
        }
        let (current, pages) = (self.current(), self.pages());
        let first = self.first_of(current);
        let last = self.total.min(self.before() + self.page_size.rows());
        let count = |count| self.format.count(count);
        let range = format!("{}–{} of {}", count(first), count(last), count(self.total));
        if pages == 1 {
            return view! { <p class="pager"><span class="range">{range}</span></p> }.into_any();
        }
        let step = |name: &'static str, rel: &'static str, page: Option<u64>| match page {
            Some(page) => {
                let href = href(self.first_of(page));
                view! { <a class="step" id=format!("page-{rel}") rel=rel href=href>{name}</a> }.into_any()
            }
            None => view! { <span class="step" aria-hidden="true">{name}</span> }.into_any(),
        };
        let numbers = self.numbers().into_iter().map(|number| match number {
            None => view! { <li class="gap" aria-hidden="true">"…"</li> }.into_any(),
            Some(page) => {
                let mark = (page == current).then_some("page");
                view! {
                    <li>
                        <a id=format!("page-{page}") href=href(self.first_of(page)) aria-current=mark>
                            <span class="visually-hidden">"Page "</span>
                            {count(page)}
                        </a>
                    </li>
                }
                .into_any()
            }
        });
        view! {
            <nav class="pager" aria-label="Pages">
                <span class="range">{range}</span>
                {step("Previous", "prev", (current > 1).then(|| current - 1))}
                <ol>{numbers.collect_view()}</ol>
                {step("Next", "next", (current < pages).then(|| current + 1))}
            </nav>
        }
        .into_any()
    }

    /// The pages with links of their own: the first, the last, and those around the current one. `None` stands for a
    /// gap.
    fn numbers(&self) -> Vec<Option<u64>> {
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

    fn pager_at(row: u64, page_size: PageSize, total: u64) -> Pager {
        Pager {
            row,
            page_size,
            total,
            format: NumberFormat::PointDecimal,
        }
    }

    fn pager(page: u64, total: u64) -> Pager {
        pager_at((page - 1) * 25 + 1, PageSize::Few, total)
    }

    #[test]
    fn it_says_which_rows_are_shown() {
        let html = pager(3, 56).view(|row| format!("?row={row}")).to_html();
        assert!(
            html.contains("51–56 of 56") && html.contains(r#"href="?row=26""#),
            "{html}"
        );
        assert!(!html.contains("row=76") && html.contains(r#"aria-current="page""#));
        assert!(pager(1, 0).view(|_| String::new()).to_html().matches("pager").count() == 0);
        assert_eq!(pager(99, 56).current(), 3);
    }

    #[test]
    fn a_row_stays_on_the_page_whatever_the_number_of_rows() {
        for row in [1, 25, 26, 50, 51, 100, 101, 230] {
            for page_size in PageSize::ALL {
                let pager = pager_at(row, page_size, 230);
                assert!(
                    pager.before() < row && row <= pager.before() + page_size.rows(),
                    "{row}"
                );
            }
        }
        assert_eq!(pager_at(u64::MAX, PageSize::Few, 230).current(), 10);
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
