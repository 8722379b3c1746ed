//! The application: what stands around the figures on every page, before and after hydration, and how a window takes
//! what the server tells it.

use crate::{
    address::Address,
    division::{Division, DivisionControl},
    figures::Scope,
    live::{
        Basis, Newest,
        deployment::Outdated,
        known::{Asked, Heard, Verdict, judge},
        stream::{On, Stream},
    },
    page::PageState,
    period::{Period, PeriodControl},
    settings::settle_pins,
    sticky::{
        Setting,
        epochs::Epochs,
        signal::Sticky,
        window::{InWindow, WindowOf},
    },
    ui::{
        nav::ViewLinks,
        notice::SettingNotice,
        panel::{FiguresPanel, Live, log_in},
        pinned::PinnedNotice,
    },
};
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions, WildcardSegment,
    components::{FlatRoutes, Route, Router},
    hooks::{use_location, use_navigate},
};
use std::sync::Arc;

/// The whole page inside `<body>`, for someone who is logged in.
///
/// Which addresses there are is the server's to say (`views.rs`); the router follows links without a page load.
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
        newest,
        mended,
        scope,
        problem,
    } = state;
    let person = RwSignal::new(newest.person.clone());
    let (address, readdress) = address_of_window(&scope.address);
    let mut epochs = Epochs::default();
    epochs.enter(&newest.epoch);
    let window = WindowOf {
        account: newest.account,
        person,
        address,
        epochs: StoredValue::new(epochs),
        readdress,
    };
    provide_context(window);
    let division = Sticky::<Division>::provide(newest.settings.get(), window);
    let period = Sticky::<Period>::provide(newest.settings.get(), window);
    let settings: [Arc<dyn InWindow + Send + Sync>; 2] = [Arc::new(division), Arc::new(period)];
    let settings = StoredValue::new(settings);

    let messages = RwSignal::new(mended);
    let basis = RwSignal::new(newest.basis.clone());
    let stream = follow(newest, window, settings, basis, messages);

    let wanted_with = move |division: Division| {
        let address = address.get();
        let is_pinned = address.pin(Division::KEY).is_some();
        let text = division.text();
        Scope {
            address: if is_pinned {
                address.with_pin(Division::KEY, text.clone())
            } else {
                address
            }
            .to_string(),
            division: text,
            period: period.shown().text(),
        }
    };
    let wanted = Memo::new(move |_| wanted_with(division.shown()));
    // What is likely to be wanted next: the same view of the other divisions.
    let likely = Signal::derive(move || {
        let others = person.with(|person| division.shown().others(person));
        others.into_iter().map(wanted_with).collect::<Vec<_>>()
    });
    // Of the bar and what is said below it; the figures have that of their own division. An accent is inherited: changed
    // for the whole page at once, every cell of every table would be styled anew before the toggle is seen.
    let accent = move || format!("accent-{}", person.with(|person| division.shown().accent(person)));
    view! {
        <div class="app">
            <a class="skip" href="#main">"Skip to the figures"</a>
            <header class=move || format!("bar {}", accent())>
                <a class="brand" href=move || address.with(|address| address.pins().keep("/"))>"ControlManiac"</a>
                <ViewLinks/>
                <PeriodControl/>
                <DivisionControl/>
                <form class="account" method="post" action="/logout">
                    <span>{move || person.with(|person| person.name.clone())}</span>
                    <button class="quiet">"Log out"</button>
                </form>
            </header>
            <div class=accent role="status" aria-live="polite">
                <div class="notices">
                    {move || {
                        let messages = messages.get().into_iter();
                        messages.map(|message| view! { <p class="notice warning">{message}</p> }).collect_view()
                    }}
                    <PinnedNotice settings/>
                </div>
                <div class="notices passing">
                    <SettingNotice sticky=division/>
                    <SettingNotice sticky=period/>
                </div>
            </div>
            <FiguresPanel first=scope problem wanted likely live=stream/>
            <span id="page-end"></span>
        </div>
    }
}

/// Keeps the window at the newest: what the server tells is taken in one way, wherever it comes from.
fn follow(
    first: Newest,
    window: WindowOf,
    settings: StoredValue<[Arc<dyn InWindow + Send + Sync>; 2]>,
    basis: RwSignal<Basis>,
    messages: RwSignal<Vec<String>>,
) -> Live {
    let each =
        move |work: fn(&dyn InWindow)| settings.with_value(|settings| settings.iter().for_each(|one| work(&**one)));
    let is_saving = Signal::derive(move || settings.with_value(|settings| settings.iter().any(|one| one.is_saving())));
    let outdated = Outdated::watch(window.address, is_saving);
    let own_build = first.build.clone();
    let known = StoredValue::new(first);
    let asking = Callback::new(move |()| Asked {
        epoch: window.epochs.with_value(|epochs| epochs.current().to_owned()),
        rights_revision: known.with_value(|known| known.rights_revision),
        data_revision: known.with_value(|known| known.basis.data_revision),
        settings: settings.with_value(|settings| settings.iter().map(|one| one.stamp()).collect()),
    });
    let take = Callback::new(move |(newest, heard): (Newest, Heard)| {
        if newest.account != window.account {
            // Somebody else is logged in in this browser by now. Nothing of what stands here is theirs.
            let address = window.address.get_untracked().without_pins();
            drop(leptos::prelude::window().location().replace(&address.to_string()));
            return false;
        }
        let judge = |epochs: &Epochs| known.with_value(|known| judge(&newest, &heard, known, epochs));
        let verdict = window.epochs.with_value(judge);
        if verdict == Verdict::Older {
            return false;
        }
        window.epochs.update_value(|epochs| epochs.enter(&newest.epoch));
        known.set_value(newest.clone());
        outdated.seen(&own_build, &newest.build);
        if window.person.with_untracked(|person| *person != newest.person) {
            window.person.set(newest.person.clone());
        }
        let proof = heard.asked().filter(|_| verdict == Verdict::Whole);
        let take_newest = |one: &dyn InWindow| one.take_newest(&newest.settings, &newest.epoch, proof);
        settings.with_value(|settings| settings.iter().for_each(|one| take_newest(&**one)));
        let asked = window.address.get_untracked();
        let (settled, told) = settle_pins(asked.clone(), &newest.person);
        if settled != asked {
            window.readdress.run(settled);
        }
        if !told.is_empty() {
            messages.set(told);
        }
        if basis.with_untracked(|basis| *basis != newest.basis) {
            basis.set(newest.basis);
        }
        true
    });
    let stream = Stream::follow(On {
        newest: take,
        asking,
        ended: Callback::new(|()| drop(leptos::prelude::window().location().replace("/login"))),
        logged_out: Callback::new(move |()| log_in(&window.address.get_untracked().to_string())),
        online: Callback::new(move |()| each(|one| one.online())),
        leave: Callback::new(move |()| each(|one| one.leave())),
        left: Callback::new(move |()| each(|one| one.left())),
        restored: Callback::new(move |()| each(|one| one.restored())),
    });
    Live {
        basis: basis.into(),
        newest: take,
        asking,
        is_current: Signal::derive(move || stream.is_current()),
    }
}

/// The address of this window, at first as the server settled it, which hydration must repeat, then as links lead; and
/// the way to another address of the same page.
fn address_of_window(first: &str) -> (Signal<Address>, Callback<Address>) {
    let address = RwSignal::new(Address::read(first));
    let location = use_location();
    let navigate = use_navigate();
    let readdress = Callback::new(move |address: Address| {
        let options = NavigateOptions {
            replace: true,
            scroll: false,
            ..NavigateOptions::default()
        };
        navigate(&address.to_string(), options);
    });
    Effect::new(move |previous: Option<()>| {
        let (path, query) = (location.pathname.get(), location.search.get());
        let current = Address::read(&if query.is_empty() {
            path
        } else {
            format!("{path}?{query}")
        });
        if previous.is_some() {
            address.set(current);
        } else if current.pins() != &address.with_untracked(|address| address.pins().clone()) {
            // It pinned what may not be: what the server showed instead stands in the address from now on.
            readdress.run(address.get_untracked());
        }
    });
    (address.into(), readdress)
}
