//! The application: what stands around the figures on every page, before and after hydration.

use crate::{
    division::{Division, DivisionControl},
    figures::Scope,
    page::PageState,
    period::{Period, PeriodControl},
    sticky::{Setting, signal::Sticky},
    ui::{
        nav::ViewLinks,
        notice::RefusedNotice,
        panel::{CurrentAddress, FiguresPanel},
    },
};
use leptos::prelude::*;
use leptos_router::{
    WildcardSegment,
    components::{FlatRoutes, Route, Router},
    hooks::use_location,
};

/// The whole page inside `<body>`, for someone who is logged in.
///
/// Which addresses there are is the server's to say (`server::views`); the router follows links without a page load.
#[component]
pub fn App() -> impl IntoView {
    let state = SharedValue::new(expect_context::<PageState>).into_inner();
    view! {
        <Router>
            <FlatRoutes fallback=|| ()>
                <Route path=WildcardSegment("address") view=move || view! { <Page state=state.clone()/> }/>
            </FlatRoutes>
        </Router>
    }
}

/// The navigation bar with the settings, and the figures they are for.
#[component]
fn Page(state: PageState) -> impl IntoView {
    let PageState {
        person,
        settings,
        mended,
        scope,
        problem,
    } = state;
    let division = Sticky::<Division>::provide(settings.get());
    let period = Sticky::<Period>::provide(settings.get());
    let address = address_from(scope.address.clone());
    provide_context(address);
    let wanted = Memo::new(move |_| Scope {
        address: address.get(),
        division: division.shown().text(),
        period: period.shown().text(),
    });
    let accent = {
        let person = person.clone();
        move || format!("app accent-{}", division.shown().accent(&person))
    };
    view! {
        <div class=accent>
            <a class="skip" href="#main">"Skip to the figures"</a>
            <header class="bar">
                <a class="brand" href="/">"ControlManiac"</a>
                <ViewLinks/>
                <PeriodControl person=person.clone()/>
                <DivisionControl person=person.clone()/>
                <form class="account" method="post" action="/logout">
                    <span>{person.name.clone()}</span>
                    <button class="quiet">"Log out"</button>
                </form>
            </header>
            <div class="notices" role="status" aria-live="polite">
                {mended.into_iter().map(|message| view! { <p class="notice warning">{message}</p> }).collect_view()}
                <RefusedNotice sticky=division/>
                <RefusedNotice sticky=period/>
            </div>
            <FiguresPanel first=scope problem wanted/>
        </div>
    }
}

/// The address of this window: at first as the server read it, which hydration must repeat, then as links lead.
fn address_from(first: String) -> CurrentAddress {
    let address = RwSignal::new(first);
    let location = use_location();
    Effect::new(move |previous: Option<()>| {
        let (path, query) = (location.pathname.get(), location.search.get());
        if previous.is_some() {
            address.set(if query.is_empty() {
                path
            } else {
                format!("{path}?{query}")
            });
        }
    });
    address.into()
}
