//! How a pager looks.

use crate::{locale::Locale, messages, report::Pager, ui::page_size::PageSize};
use leptos::prelude::*;

/// The pager; nothing if there are no rows.
pub(super) fn pager(pager: &Pager, locale: &Locale) -> AnyView {
    if pager.total == 0 {
        return ().into_any();
    }
    let (current, pages) = (pager.current(), pager.pages());
    let (first, last) = pager.rows();
    let range = locale.say(&messages::page::rows(first, last, pager.total));
    let more = (pages > 1 && pager.page_size == PageSize::Print).then(|| {
        let more = messages::page::more_rows(pager.page_size.rows(), pager.total);
        view! { <p class="note">{locale.say(&more)}</p> }
    });
    if pages == 1 {
        return view! { <p class="pager"><span class="range">{range}</span></p> }.into_any();
    }
    let step = |name, rel: &'static str, page: Option<u64>| {
        let name = locale.say(&name);
        match page {
            Some(page) => {
                view! { <a class="step" id=format!("page-{rel}") rel=rel href=pager.href(page)>{name}</a> }.into_any()
            }
            None => view! { <span class="step" aria-hidden="true">{name}</span> }.into_any(),
        }
    };
    let numbers = pager.numbers().into_iter().map(|number| match number {
        None => view! { <li class="gap" aria-hidden="true">"…"</li> }.into_any(),
        Some(page) => {
            let mark = (page == current).then_some("page");
            let before = format!("{} ", locale.say(&messages::page::page()));
            view! {
                <li>
                    <a id=format!("page-{page}") href=pager.href(page) aria-current=mark>
                        <span class="visually-hidden">{before}</span>
                        {locale.words(&page.into())}
                    </a>
                </li>
            }
            .into_any()
        }
    });
    view! {
        {more}
        <nav class="pager" aria-label=locale.say(&messages::page::pages())>
            <span class="range">{range}</span>
            {step(messages::page::previous(), "prev", (current > 1).then(|| current - 1))}
            <ol>{numbers.collect_view()}</ol>
            {step(messages::page::next(), "next", (current < pages).then(|| current + 1))}
        </nav>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_says_which_rows_are_shown() {
        let html = |page: u64, total| {
            let pager = Pager::new((page - 1) * 25 + 1, PageSize::Few, total).leading(|row| format!("?row={row}"));
            super::pager(&pager, &Locale::default()).to_html()
        };
        let last = html(3, 56);
        assert!(
            last.contains("51–56 of 56") && last.contains(r#"href="?row=26""#),
            "{last}"
        );
        assert!(!last.contains("row=76") && last.contains(r#"aria-current="page""#));
        let printed = |total| super::pager(&Pager::new(1, PageSize::Print, total), &Locale::default()).to_html();
        assert!(!printed(5_000).contains("first"));
        assert!(printed(5_001).contains("These are the first 5,000 of 5,001 rows."));
        assert!(html(1, 0).matches("pager").count() == 0);
    }
}
