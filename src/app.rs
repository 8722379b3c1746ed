//! The application: everything around the figures on every page, before and after hydration, and how a window takes the
//! server's messages.

use crate::{
    address::Address,
    division::Division,
    figures::{Selection, Texts},
    json::Json,
    live::{
        Basis, Snapshot,
        deployment::Outdated,
        judge::{Asked, Heard, Verdict, judge},
        stream::{On, Stream},
    },
    message::Value,
    messages::window as window_words,
    page_state::PageState,
    pages::{self, HOME},
    phrasebook::Say,
    routes::LOGOUT,
    settings::{CONTROLS, SETTINGS, page_size::PageSize, pinnable, settle_pins},
    sticky::{Setting, epochs::Epochs, in_window::SettingsOfWindow, signal::Sticky, window::WindowOf},
    ui::{
        at_once::at_once,
        nav::ViewLinks,
        notice::SettingNotice,
        panel::{FiguresPanel, Live},
        pinned::PinnedNotice,
        setting_control::Place,
    },
    user::User,
};
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions, WildcardSegment,
    components::{FlatRoutes, Route, Router},
    hooks::use_location,
};

/// The whole page inside `<body>`, for someone who is logged in.
///
/// Which addresses there are is the server's to say (`views.rs`); the router follows links without a page load.
#[component]
pub fn App() -> impl IntoView {
    let state = SharedValue::<PageState, Json>::new_with_encoding(expect_context).into_inner();
    view! {
        <Router>
            <FlatRoutes fallback=|| ()>
                <Route path=WildcardSegment("address") view=move || at_once(view! { <Page state=state.clone()/> })/>
            </FlatRoutes>
        </Router>
    }
}

/// The navigation bar with the settings, and the figures they are for.
#[component]
fn Page(state: PageState) -> impl IntoView {
    let PageState {
        snapshot,
        mended,
        refused,
        phrasebook,
        selection,
        problem,
    } = state;
    let say = Say::provide(phrasebook);
    if let Some(refused) = refused {
        provide_context(refused);
    }
    let user = RwSignal::new(snapshot.user.clone());
    let (address, readdress) = address_of_window(&selection.address);
    let mut epochs = Epochs::default();
    epochs.enter(&snapshot.epoch);
    let window = WindowOf {
        account: snapshot.account,
        user,
        address,
        epochs: StoredValue::new(epochs),
        readdress,
    };
    provide_context(window);
    let begin = |known| Sticky::begin(known, &snapshot.settings, window);
    let settings: SettingsOfWindow = StoredValue::new(SETTINGS.iter().map(begin).collect());
    let division = move || texts_of(settings).get::<Division>();

    let messages = RwSignal::new(mended);
    let basis = RwSignal::new(snapshot.basis.clone());
    let stream = follow(say, snapshot, window, settings, basis, messages);

    let wanted = Memo::new(move |_| Selection {
        address: address.get().to_string(),
        settings: texts_of(settings),
    });
    // Likely to be wanted next: the same view of the other divisions.
    let likely = Signal::derive(move || {
        let (address, texts) = (address.get(), texts_of(settings));
        if texts.get::<PageSize>() == PageSize::Print {
            return Vec::new();
        }
        let others = user.with(|user| texts.get::<Division>().others(user)).into_iter();
        others
            .map(|other| of_division(&address, &texts, &other))
            .collect::<Vec<_>>()
    });
    // The accent of the bar and the messages below it; the figures have that of their own division. An accent is
    // inherited: if it changed for the whole page at once, every cell of every table would be restyled before the
    // toggle is seen.
    let printed = move || user.with(|user| say.say(&window_words::printed(Value::text(&user.name), user.today)));
    let accent = move || format!("accent-{}", user.with(|user| division().accent(user)));
    view! {
        <div class="app">
            // The browser's own link: the router would take it for a way to another page.
            <a class="skip" href="#main" rel="external">{say.say(&window_words::skip())}</a>
            <header class=move || format!("bar {}", accent())>
                <div class="places">
                    <a class="brand" href=move || address.with(|address| address.pins().keep(HOME.path))>"ControlManiac"</a>
                    <ViewLinks/>
                    <form class="account" method="post" action=LOGOUT.path>
                        <span>{move || user.with(|user| user.name.clone())}</span>
                        <button class="quiet">{say.say(&window_words::log_out())}</button>
                    </form>
                </div>
                <div class="settings">{controls(Place::Bar, settings)}</div>
            </header>
            // What is shown now, for the ear: the page's script says it (`server/shell/place.js`).
            <p class="visually-hidden" id="announcer" aria-live="polite"></p>
            <div class=accent aria-live="polite">
                <div class="notices">
                    {move || {
                        let messages = messages.get().into_iter();
                        messages.map(|message| view! { <p class="notice warning">{message}</p> }).collect_view()
                    }}
                    <PinnedNotice settings/>
                </div>
            </div>
            <div class=move || format!("notices passing {}", accent()) role="status" aria-live="polite">
                {settings.get_value().into_iter().map(|sticky| view! { <SettingNotice sticky/> }).collect_view()}
            </div>
            <p class="printed">{printed}</p>
            <FiguresPanel first=selection problem wanted likely accent=accent_of live=stream/>
            <div class="foot">
                {controls(Place::Foot, settings)}
                <button type="button" class="quiet" data-opens="keys">{say.say(&window_words::keys())}</button>
            </div>
            <span id="page-end"></span>
        </div>
    }
}

/// The controls of the settings that stand at `place`. The first of the list comes last, at the end of the bar.
fn controls(place: Place, settings: SettingsOfWindow) -> impl IntoView {
    let each = CONTROLS.iter().zip(settings.get_value()).rev();
    let there = each.filter(|(control, _)| control.place == place);
    there.map(|(control, sticky)| (control.of)(sticky)).collect_view()
}

/// The shown values of the settings that figures depend on.
fn texts_of(settings: SettingsOfWindow) -> Texts {
    let in_figures = |settings: &Vec<Sticky>| {
        let each = settings.iter().filter_map(|one| one.in_figures());
        each.map(|(key, text)| (key.to_owned(), text)).collect()
    };
    Texts(settings.with_value(in_figures))
}

/// The view at `address` for another division.
fn of_division(address: &Address, texts: &Texts, division: &Division) -> Selection {
    let (address, text) = (address.clone(), division.text());
    let address = match address.pin(Division::KEY) {
        Some(_) => address.with_pin(Division::KEY, text.clone()),
        None => address,
    };
    Selection {
        address: address.to_string(),
        settings: texts.clone().with(Division::KEY, text),
    }
}

/// The accent of a selection's figures: that of their division.
fn accent_of(selection: &Selection, user: &User) -> String {
    selection.settings.get::<Division>().accent(user)
}

/// Keeps the window up to date: news from the server is taken in one way, wherever it comes from.
fn follow(
    say: Say,
    first: Snapshot,
    window: WindowOf,
    settings: SettingsOfWindow,
    basis: RwSignal<Basis>,
    messages: RwSignal<Vec<String>>,
) -> Live {
    let each = move |work: fn(Sticky)| settings.with_value(|settings| settings.iter().for_each(|one| work(*one)));
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
    let take = Callback::new(move |(snapshot, heard): (Snapshot, Heard)| {
        if snapshot.account != window.account {
            // Somebody else is logged in in this browser by now. Nothing that is shown here is theirs.
            window.address.get_untracked().without_pins().load_instead();
            return false;
        }
        let judge = |epochs: &Epochs| known.with_value(|known| judge(&snapshot, &heard, known, epochs));
        let verdict = window.epochs.with_value(judge);
        if verdict == Verdict::Older {
            return false;
        }
        window.epochs.update_value(|epochs| epochs.enter(&snapshot.epoch));
        known.set_value(snapshot.clone());
        outdated.seen(&own_build, &snapshot.build);
        if window.user.with_untracked(|user| *user != snapshot.user) {
            window.user.set(snapshot.user.clone());
        }
        let proof = heard
            .asked()
            .filter(|_| verdict == Verdict::Whole)
            .map(|asked| &asked.settings);
        let take_snapshot = |one: &Sticky| one.take_snapshot(&snapshot.settings, &snapshot.epoch, proof);
        settings.with_value(|settings| settings.iter().for_each(take_snapshot));
        let asked = window.address.get_untracked();
        let (settled, told) = settle_pins(asked.clone(), &snapshot.user);
        if settled != asked {
            window.readdress.run(settled);
        }
        if !told.is_empty() {
            messages.set(told.iter().map(|message| say.say(message)).collect());
        }
        if basis.with_untracked(|basis| *basis != snapshot.basis) {
            basis.set(snapshot.basis);
        }
        true
    });
    let stream = Stream::follow(On {
        snapshot: take,
        asking,
        logged_out: Callback::new(move |()| window.address.get_untracked().login().load()),
        online: Callback::new(move |()| each(Sticky::online)),
        leave: Callback::new(move |()| each(Sticky::leave)),
        left: Callback::new(move |()| each(Sticky::left)),
        restored: Callback::new(move |()| each(Sticky::restored)),
    });
    Live {
        basis: basis.into(),
        snapshot: take,
        asking,
        is_current: Signal::derive(move || stream.is_current()),
    }
}

/// The address of this window, first as the server settled it, which hydration must repeat, then as links lead; and the
/// way to another address of the same page.
fn address_of_window(first: &str) -> (Signal<Address>, Callback<Address>) {
    let address = RwSignal::new(Address::read(first).pinning(pinnable()));
    let location = use_location();
    let navigate = Address::navigator();
    let readdress = Callback::new(move |address: Address| {
        let options = NavigateOptions {
            replace: true,
            scroll: false,
            ..NavigateOptions::default()
        };
        navigate(&address, options);
    });
    Effect::new(move |previous: Option<()>| {
        let (path, query) = (location.pathname.get(), location.search.get());
        let current = Address::read(&if query.is_empty() {
            path
        } else {
            format!("{path}?{query}")
        })
        .pinning(pinnable());
        if previous.is_some() {
            address.set(current);
        } else if current.pins() != &address.with_untracked(|address| address.pins().clone())
            || pages::Page::at(current.path()).is_none()
                && address.with_untracked(|address| pages::Page::at(address.path()).is_some())
        {
            // It pinned a value that isn't allowed, or the page is the answer to a form: from now on the address is the
            // one that the server showed instead.
            readdress.run(address.get_untracked());
        }
    });
    (address.into(), readdress)
}
