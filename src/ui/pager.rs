//! The pager: which rows of how many are shown, and links to the others.

use crate::money::NumberFormat;
use leptos::prelude::*;

/// How many pages on either side of the current one have a link of their own.
const AROUND: u64 = 2;

/// Where in a long list a page stands; shown with [`Pager::view`].
#[derive(Clone, Copy, Debug)]
pub struct Pager {
    /// The current page, counted from 1.
    pub page: u64,
    /// How many rows a page has.
    pub page_size: u64,
    /// How many rows there are on all pages.
    pub total: u64,
    /// How counts are written.
    pub format: NumberFormat,
}

impl Pager {
    /// How many pages there are; one at the least.
    pub fn pages(&self) -> u64 {
        self.total.div_ceil(self.page_size.max(1)).max(1)
    }

    /// The current page, or the last one where there are fewer.
    pub fn current(&self) -> u64 {
        self.page.clamp(1, self.pages())
    }

    /// The pager, with `href` giving the address of each page; nothing where there are no rows.
    pub fn view(self, href: impl Fn(u64) -> String) -> AnyView {
        if self.total == 0 {
            return ().into_any();
        }
        let (current, pages) = (self.current(), self.pages());
        let first = (current - 1) * self.page_size.max(1) + 1;
        let last = self.total.min(first + self.page_size.max(1) - 1);
        let count = |count| self.format.count(count);
        let range = format!("{}–{} of {}", count(first), count(last), count(self.total));
        if pages == 1 {
            return view! { <p class="pager"><span class="range">{range}</span></p> }.into_any();
        }
        let step = |name: &'static str, rel: &'static str, page: Option<u64>| match page {
            Some(page) => {
                view! { <a class="step" id=format!("page-{rel}") rel=rel href=href(page)>{name}</a> }.into_any()
            }
            None => view! { <span class="step" aria-hidden="true">{name}</span> }.into_any(),
        };
        let numbers = self.numbers().into_iter().map(|number| match number {
            None => view! { <li class="gap" aria-hidden="true">"…"</li> }.into_any(),
            Some(page) => {
                let mark = (page == current).then_some("page");
                view! {
                    <li>
                        <a id=format!("page-{page}") href=href(page) aria-current=mark>
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

    /// The pages with links of their own: the first, the last, and those around the current one; none for a gap.
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

    fn pager(page: u64, total: u64) -> Pager {
        Pager {
            page,
            page_size: 10,
            total,
            format: NumberFormat::PointDecimal,
        }
    }

    #[test]
    fn it_says_which_rows_are_shown() {
        let html = pager(6, 56).view(|page| format!("?page={page}")).to_html();
        assert!(
            html.contains("51–56 of 56") && html.contains(r#"href="?page=5""#),
            "{html}"
        );
        assert!(!html.contains("page=7") && html.contains(r#"aria-current="page""#));
        assert!(pager(1, 0).view(|_| String::new()).to_html().matches("pager").count() == 0);
        assert_eq!(pager(99, 56).current(), 6);
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
        assert_eq!(numbers(1, 30), [1, 2, 3]);
        assert_eq!(numbers(10, 200), [1, 0, 8, 9, 10, 11, 12, 0, 20]);
        assert_eq!(numbers(5, 90), [1, 2, 3, 4, 5, 6, 7, 8, 9]);
    }
}
