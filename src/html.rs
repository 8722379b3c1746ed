//! A report as HTML, in a language.

mod cell;
mod chart;
mod export;
mod filters;
mod lacking;
mod pager;
mod search;
mod table;
mod tile;

use crate::{
    address::Pins,
    locale::Locale,
    message::{Joint, Value},
    report::{Chapter, Content, Fact, Panel, Part, Phrase, Report, Table},
};
use leptos::prelude::*;

/// The report as the HTML of a page's figures. Its forms keep `pins`, what the window is pinned to.
pub fn report(report: &Report, locale: &Locale, pins: &Pins, links: &Links) -> String {
    let page = Page { locale, pins, links };
    // Nothing in it is reactive: it is rendered once.
    Owner::new().with(|| {
        let parts = report.parts.iter().map(|part| page.part(part)).collect_view();
        let filters = filters::filters(&report.filters, locale);
        view! { {page.heading(report)} {filters} {parts} }.to_html()
    })
}

/// The title of the report's page, with its scope and its period, which tell windows and printed pages apart.
pub fn title(report: &Report, locale: &Locale) -> String {
    let words = [&report.title, &report.scope, &report.period].map(|value| locale.words(value));
    format!("{} · ControlManiac", words.join(" · "))
}

/// The addresses of what the whole of a view leads to.
#[derive(Clone, Debug, Default)]
pub struct Links {
    /// The same as a file, once the address says which one.
    pub file: String,
    /// The same for somebody else, or later: of the same division and the same days, whatever is chosen there.
    pub copy: String,
    /// The same with all rows of its list, to be printed.
    pub print: String,
}

/// What a report is rendered for.
struct Page<'a> {
    locale: &'a Locale,
    pins: &'a Pins,
    links: &'a Links,
}

impl Page<'_> {
    fn words(&self, value: &Value) -> String {
        self.locale.words(value)
    }

    fn heading(&self, report: &Report) -> impl IntoView + use<> {
        let scope = Value::Joined(vec![report.scope.clone(), report.days.clone()], Joint::Dot);
        view! {
            <header class="title">
                <h1>{self.words(&report.title)}</h1>
                <p class="scope">{self.words(&scope)}</p>
                {report.search.as_ref().map(|search| search::form(search, self.pins, self.locale))}
                {report.further.iter().map(|phrase| self.further(phrase)).collect_view()}
                {export::of_page(&self.links.file, self.locale)}
                {export::copy(&self.links.copy, self.locale)}
            </header>
        }
    }

    /// A way to more of the same, beside the files.
    fn further(&self, phrase: &Phrase) -> impl IntoView + use<> {
        view! {
            <p class="further">{self.phrase(phrase)}</p>
        }
    }

    fn part(&self, part: &Part) -> AnyView {
        match part {
            Part::Tiles(tiles) => tile::tiles(tiles, self.locale).into_any(),
            Part::Panel(panel) => self.panel(panel, None).into_any(),
            Part::Beside(panels) => {
                let panels = panels.iter().map(|panel| self.panel(panel, None)).collect_view();
                view! { <div class="grid">{panels}</div> }.into_any()
            }
            Part::Chapter(chapter) => {
                let panels = chapter.panels.iter().map(|panel| self.panel(panel, Some(chapter)));
                let id = format!("chapter-{}", chapter.key);
                view! {
                    <section class="chapter stack" aria-labelledby=id.clone()>
                        <h2 id=id.clone()>{self.words(&chapter.title)}</h2>
                        {panels.collect_view()}
                    </section>
                }
                .into_any()
            }
        }
    }

    /// A section, perhaps within a chapter.
    fn panel(&self, panel: &Panel, chapter: Option<&Chapter>) -> impl IntoView + use<> {
        let heading = panel.heading.as_ref().map(|heading| {
            let words = self.words(heading);
            match chapter {
                None => view! { <h2>{words}</h2> }.into_any(),
                Some(_) => view! { <h3>{words}</h3> }.into_any(),
            }
        });
        let contents = panel
            .contents
            .iter()
            .map(|content| self.content(content, chapter))
            .collect_view();
        view! {
            <section class="panel">
                {heading}
                {contents}
            </section>
        }
    }

    fn content(&self, content: &Content, chapter: Option<&Chapter>) -> AnyView {
        let name = |name: &str| chapter.map_or_else(|| name.to_owned(), |chapter| chapter.table_name(name));
        match content {
            Content::Table(table) => self.table(table, &name(table.name), None),
            Content::List(list) => {
                let print = (list.pager.pages() > 1).then_some(&*self.links.print);
                let table = self.table(&list.table, &name(list.table.name), print);
                view! { {table} {pager::pager(&list.pager, self.locale)} }.into_any()
            }
            Content::Chart(chart) => {
                let export = export::of_table(&self.links.file, &name(chart.name), &chart.title, None, self.locale);
                view! { {export} {chart::chart(chart, self.locale)} }.into_any()
            }
            Content::Facts(facts) => self.facts(facts).into_any(),
            Content::Note(phrases) => view! { <p class="note">{self.phrases(phrases)}</p> }.into_any(),
            Content::Instead(phrases) => view! { <p class="empty">{self.phrases(phrases)}</p> }.into_any(),
        }
    }

    /// The table, and the ways to take it along if there is anything in it; at `print` are all its rows, if some are
    /// missing here.
    fn table(&self, table: &Table, name: &str, print: Option<&str>) -> AnyView {
        let is_any = !table.rows.is_empty();
        let file = &self.links.file;
        let export = is_any.then(|| export::of_table(file, name, &table.caption, print, self.locale));
        view! { {export} {table::table(table, name, self.locale)} }.into_any()
    }

    /// Named figures, each in a box of its own, and below them a note about what they lack.
    fn facts(&self, facts: &[Fact]) -> impl IntoView + use<> {
        let lacks = crate::report::lacking::collected(facts.iter().filter_map(|fact| fact.value.lacks()));
        let rows = facts.iter().map(|Fact { name, value }| {
            view! { <div><dt>{self.locale.say(name)}</dt><dd>{cell::content(value, self.locale)}</dd></div> }
        });
        view! {
            <dl class="facts">{rows.collect_view()}</dl>
            {lacks.map(|lacks| lacking::note(&lacks, self.locale))}
        }
    }

    fn phrases(&self, phrases: &[Phrase]) -> AnyView {
        if let [only] = phrases {
            return self.phrase(only);
        }
        let each = phrases.iter().map(|phrase| self.phrase(phrase));
        each.collect_view().into_any()
    }

    fn phrase(&self, phrase: &Phrase) -> AnyView {
        let words = self.words(&phrase.words);
        match phrase.href.clone() {
            Some(href) => view! { <a href=href>{words}</a> }.into_any(),
            None => words.into_any(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{messages, report::Cell};

    #[test]
    fn what_facts_lack_stands_at_them_and_below() {
        let (locale, pins, links) = (Locale::default(), Pins::default(), Links::default());
        let page = Page {
            locale: &locale,
            pins: &pins,
            links: &links,
        };
        let html = |lacks: Option<&Value>| {
            let facts = [
                Fact::new(messages::figure::cost(), Cell::text("€5.00").lacking(lacks)),
                Fact::new(messages::figure::hours_name(), Cell::text("1.00 h")),
            ];
            page.facts(&facts).to_html()
        };
        let marked = html(Some(&Value::text("2.50 h have no cost rate")));
        assert!(
            marked.contains(r#"<dd><span title="incomplete: 2.50 h have no cost rate" class="lacks">€5.00<span"#),
            "{marked}"
        );
        assert!(
            marked.contains("<dd>1.00 h</dd>") && marked.matches("incomplete data").count() == 1,
            "{marked}"
        );
        assert!(!html(None).contains("incomplete"));
    }
}
