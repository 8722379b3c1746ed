//! The ways to take a table or a page along: links to unfold, one for each format.

use crate::{
    locale::Locale,
    message::{Message, Value},
    messages::export,
    sheets::Format,
};
use leptos::prelude::*;

/// For the whole page.
pub(super) fn of_page(file: &str, locale: &Locale) -> impl IntoView + use<> {
    links(file, "", export::this_page(), locale)
}

/// For the table called `name`, which is about `title`.
pub(super) fn of_table(file: &str, name: &str, title: &Value, locale: &Locale) -> impl IntoView + use<> {
    links(file, name, export::this_table(title.clone()), locale)
}

fn links(file: &str, table: &str, label: Message, locale: &Locale) -> impl IntoView + use<> {
    let links = Format::ALL.map(|format| {
        let table = match table {
            "" => String::new(),
            name => format!("&table={name}"),
        };
        let href = format!("{file}{table}&format={}", format.key());
        view! { <a href=href download="">{locale.say(&format.name())}</a> }
    });
    // By its id the keyboard focus is restored when the figures are replaced.
    view! {
        // Of those with one name, only one is open at a time.
        <details class="export" name="export">
            <summary id=format!("export-{table}") aria-label=locale.say(&label)>{locale.say(&export::export())}</summary>
            <div>{links.into_iter().collect_view()}</div>
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
        let page = of_page("/export?view=%2F", &Locale::default()).to_html();
        assert!(
            page.contains("?view=%2F&amp;format=xlsx") && !page.contains("table="),
            "{page}"
        );
    }
}
