//! The heading of a view: its title, and the scope that its figures are for.

use super::Request;
use leptos::prelude::*;

/// A view's title with the scope below it, and perhaps a search beside it.
pub struct Heading {
    title: String,
    scope: String,
    search: Option<(&'static str, String, String)>,
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
        }
    }

    /// The same with a form that searches `path` for what `label` names; `text` is what is searched for now.
    pub fn with_search(self, path: &'static str, label: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            search: Some((path, label.into(), text.into())),
            ..self
        }
    }

    /// The heading.
    pub fn view(self) -> impl IntoView {
        let search = self.search.map(|(path, label, text)| {
            view! {
                <form class="search" method="get" action=path role="search">
                    <label for="search">{label}</label>
                    <input type="search" id="search" name="q" value=text maxlength="100" autocomplete="off"/>
                    <button>"Search"</button>
                </form>
            }
        });
        view! {
            <header class="title">
                <h1>{self.title}</h1>
                <p class="scope">{self.scope}</p>
                {search}
            </header>
        }
    }
}
