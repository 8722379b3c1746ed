//! The ways to take a table or a page along: links to unfold, one for each format; a link to the view; all rows on paper.

use crate::{
    locale::Locale,
    message::{Message, Value},
    messages::export,
    sheets::Format,
};
use leptos::prelude::*;

/// For the whole page.
pub(super) fn of_page(file: &str, locale: &Locale) -> impl IntoView + use<> {
    links(file, "", export::this_page(), None, locale)
}

/// For the table called `name`, which is about `title`; at `print` are all its rows, if some are missing here.
pub(super) fn of_table(
    file: &str,
    name: &str,
    title: &Value,
    print: Option<&str>,
    locale: &Locale,
) -> impl IntoView + use<> {
    links(file, name, export::this_table(title.clone()), print, locale)
}

/// The link to this view, which the page's script copies; without it the link leads there.
pub(super) fn copy(address: &str, locale: &Locale) -> impl IntoView + use<> {
    let (label, copied) = (locale.say(&export::copy_link()), locale.say(&export::link_copied()));
    view! { <a class="copy" id="copy-link" href=address.to_owned() data-copied=copied>{label}</a> }
}

fn links(file: &str, table: &str, label: Message, print: Option<&str>, locale: &Locale) -> impl IntoView + use<> {
    let links = Format::ALL.map(|format| {
        let table = match table {
            "" => String::new(),
            name => format!("&table={name}"),
        };
        let href = format!("{file}{table}&format={}", format.key());
        view! { <a href=href download="">{locale.say(&format.name())}</a> }
    });
    let print = print.map(|href| view! { <a href=href.to_owned()>{locale.say(&export::print_all())}</a> });
    // By its id the keyboard focus is restored when the figures are replaced.
    view! {
        // Of those with one name, only one is open at a time.
        <details class="export" name="export">
            <summary id=format!("export-{table}") aria-label=locale.say(&label)>{locale.say(&export::export())}</summary>
            <div>{links.into_iter().collect_view()} {print}</div>
        </details>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_names_what_is_shown() {
        let html = of_table(
            "/export?view=%2F&division=web",
            "costs",
            &Value::text("Costs < 1"),
            Some("/?rows=all"),
            &Locale::default(),
        )
        .to_html();
        assert!(
            html.contains("href=\"/export?view=%2F&amp;division=web&amp;table=costs&amp;format=csv-comma\""),
            "{html}"
        );
        assert!(
            html.contains("aria-label=\"Export: Costs &lt; 1\"") && html.contains("download"),
            "{html}"
        );
        assert!(html.contains("href=\"/?rows=all\">Print all rows</a>"), "{html}");
        let page = of_page("/export?view=%2F", &Locale::default()).to_html();
        assert!(
            page.contains("?view=%2F&amp;format=xlsx") && !page.contains("table="),
            "{page}"
        );
    }
}
