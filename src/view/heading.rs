//! The heading of a view: its title, and the scope that its figures are for.

use super::RenderContext;
use crate::{address::Pins, pages::SEARCH};
use leptos::prelude::*;

/// A view's title with the scope below it, and perhaps a search beside it.
pub struct Heading {
    title: String,
    scope: String,
    search: Option<Search>,
    pins: Pins,
}

/// A form that searches a view.
pub struct Search {
    /// The view's path.
    pub path: &'static str,
    /// What it searches in.
    pub label: &'static str,
    /// What is searched for now.
    pub text: String,
    /// The other fields of the view's address, which a search keeps.
    pub kept: Vec<(String, String)>,
}

impl Heading {
    /// The heading of a view that is rendered in `context`.
    pub fn of(title: impl Into<String>, context: &RenderContext) -> Self {
        let days = context.period.days(context.today).name();
        let period = context.period.name(context.today);
        let period = if period == days {
            period
        } else {
            format!("{period} · {days}")
        };
        Self {
            title: title.into(),
            scope: format!("{} · {period}", context.scope.name()),
            search: None,
            pins: context.pins.clone(),
        }
    }

    /// The same heading with a search form.
    pub fn with_search(self, search: Search) -> Self {
        Self {
            search: Some(search),
            ..self
        }
    }

    /// The heading.
    pub fn view(self) -> impl IntoView {
        let search = self.search.map(
            |Search {
                 path,
                 label,
                 text,
                 kept,
             }| {
                let pins = self.pins.each().map(|(key, text)| (key.to_owned(), text.to_owned()));
                let kept = kept
                    .into_iter()
                    .chain(pins.collect::<Vec<_>>())
                    .map(|(name, value)| view! { <input type="hidden" name=name value=value/> });
                view! {
                    <form class="search" method="get" action=path role="search">
                        <label for="search">{label}</label>
                        <input type="search" id="search" name=SEARCH value=text maxlength="100" autocomplete="off"/>
                        {kept.collect_view()}
                        <button>"Search"</button>
                    </form>
                }
            },
        );
        view! {
            <header class="title">
                <h1>{self.title}</h1>
                <p class="scope">{self.scope}</p>
                {search}
            </header>
        }
    }
}
