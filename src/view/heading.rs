//! The heading of a view: its title, and the scope that its figures are for.

use super::Request;
use crate::address::Pins;
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
    /// What else of the view's address a search keeps.
    pub kept: Vec<(String, String)>,
}

impl Heading {
    /// The heading of a view that shows what `request` asks for.
    pub fn of(title: impl Into<String>, request: &Request) -> Self {
        let days = request.period.days(request.today).name();
        let period = request.period.name(request.today);
        let period = if period == days {
            period
        } else {
            format!("{period} · {days}")
        };
        Self {
            title: title.into(),
            scope: format!("{} · {period}", request.scope.name()),
            search: None,
            pins: request.pins.clone(),
        }
    }

    /// The same with a form that searches.
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
                        <input type="search" id="search" name="q" value=text maxlength="100" autocomplete="off"/>
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
