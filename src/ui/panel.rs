//! The data panel: shows a view's figures, fetches newer ones, and says when it can't.
//!
//! Figures are never shown as if they were current when they are not: while others are on their way, the old ones
//! stay, named by the settings of their own selection (`data-division`, `data-period` …), and the panel is `aria-busy`.
//! Those that were fetched ahead are shown at once, and compared with the server's all the same.

mod swap;

use super::failure::{Failure, request_name};
use crate::{
    address::{Address, search::address_of_search},
    asking::figures,
    error::{AppError, ErrorKind},
    figures::{
        Figures, Selection,
        ahead::{Ahead, saves_data},
    },
    live::{
        Basis, Snapshot,
        judge::{Asked, Heard},
        reload::reload,
    },
    messages::window,
    pause::Pause,
    phrasebook::Say,
    sticky::window::WindowOf,
    user::User,
};
use leptos::{
    attr::{any_attribute::IntoAnyAttribute, custom::custom_attribute},
    html::Div,
    prelude::*,
    task::spawn_local,
};
use std::time::Duration;
use web_sys::DocumentFragment;

/// How long figures may be on their way before the old ones are dimmed.
const LATE: Duration = Duration::from_millis(150);

/// How long to wait before figures that arrived too late are asked for again, at first and at most.
const FIRST_TRY: Duration = Duration::from_millis(50);
const LAST_TRY: Duration = Duration::from_secs(5);

/// The figures for the first HTML; the browser finds them in the page.
#[derive(Clone)]
pub struct FirstHtml(pub std::sync::Arc<str>);

/// How the panel hears of news, and passes it on.
#[derive(Clone, Copy)]
pub struct Live {
    /// The basis that figures must rest on now.
    pub basis: Signal<Basis>,
    /// Takes the snapshot that came along with figures; false if this window knows something newer.
    pub snapshot: Callback<(Snapshot, Heard), bool>,
    /// What this window knows while it asks for something.
    pub asking: Callback<(), Asked>,
    /// Whether this window hears of every change at once.
    pub is_current: Signal<bool>,
}

/// What the panel shows, and what it asks for.
#[derive(Clone, Copy)]
struct Panel {
    shown: RwSignal<Selection>,
    basis: RwSignal<Basis>,
    /// The HTML as the server sent it, which a browser would give back in another spelling.
    html: StoredValue<String>,
    problem: RwSignal<Option<AppError>>,
    failed: RwSignal<Option<(Selection, AppError)>>,
    place: NodeRef<Div>,
    say: Say,
    wanted: Signal<Selection>,
    live: Live,
    ahead: Ahead,
    /// How often figures were asked for.
    fetches: StoredValue<u64>,
    again: StoredValue<Pause>,
}

/// The main part of every page.
#[component]
pub fn FiguresPanel(
    /// The selection that the page was rendered with.
    first: Selection,
    /// Why it was rendered without figures, if it was.
    problem: Option<AppError>,
    /// The selection that is wanted now.
    #[prop(into)]
    wanted: Signal<Selection>,
    /// The selections that are likely to be wanted next.
    likely: Signal<Vec<Selection>>,
    /// The accent of a selection's figures.
    accent: fn(&Selection, &User) -> String,
    /// How it hears of news.
    live: Live,
) -> impl IntoView {
    let first_html = use_context::<FirstHtml>().map(|html| html.0);
    let panel = Panel {
        shown: RwSignal::new(first),
        basis: RwSignal::new(live.basis.get_untracked()),
        html: StoredValue::default(),
        problem: RwSignal::new(problem),
        failed: RwSignal::new(None),
        place: NodeRef::new(),
        say: Say::expect(),
        wanted,
        live,
        ahead: Ahead::default(),
        fetches: StoredValue::new(0),
        again: StoredValue::new(Pause::between(FIRST_TRY, LAST_TRY)),
    };
    let Panel {
        shown,
        failed,
        problem,
        place,
        say,
        ..
    } = panel;
    let WindowOf { address, user, .. } = expect_context();
    let settings = shown.with_untracked(|shown| shown.settings.0.keys().cloned().collect::<Vec<_>>());
    let settings = settings.into_iter().map(|key| {
        let name = format!("data-{key}");
        let text = move || shown.with(|shown| shown.settings.0.get(&key).cloned());
        custom_attribute(name, text).into_any_attr()
    });
    let settings = settings.collect::<Vec<_>>();
    let is_busy = Memo::new(move |_| shown.with(|shown| wanted.with(|wanted| shown != wanted)));
    let is_late = late(is_busy);
    let look = move || {
        let accent = shown.with(|shown| user.with(|user| accent(shown, user)));
        format!("accent-{accent}{}", if is_late.get() { " late" } else { "" })
    };
    Effect::new(move |_| panel.bring(wanted.get(), live.basis.get()));
    // Outside the effect, with which it would be disposed of.
    let found = Callback::new(move |(figures, asked): (Figures, Asked)| {
        if live.snapshot.run((figures.snapshot.clone(), Heard::Answered(asked))) {
            panel.ahead.keep(figures);
        }
    });
    Effect::new(move |_| {
        let (likely, basis) = (likely.get(), live.basis.get());
        if panel.is_idle() {
            let keep_on = move || untrack(|| panel.is_idle());
            let current = panel.shown.get_untracked();
            panel.ahead.plan(&current, likely, basis, keep_on, live.asking, found);
        } else {
            panel.ahead.pause();
        }
    });
    Effect::new(move |_| {
        // Figures that could not be loaded while the server was away are asked for again once it is back.
        if live.is_current.get() && failed.with_untracked(Option::is_some) {
            panel.fetch(wanted.get_untracked());
        }
    });

    let navigate = Address::navigator();
    let search = move |event: web_sys::SubmitEvent| {
        if let Some(found) = address_of_search(&event, address) {
            event.prevent_default();
            navigate(&found, Default::default());
        }
    };
    let has_problem = move || problem.with(Option::is_some);
    let failure = move || {
        failed.get().map(|(selection, error)| {
            let try_again = move |_| panel.fetch(selection.clone());
            let has_figures = problem.with_untracked(Option::is_none)
                && place.get_untracked().is_some_and(|place| place.has_child_nodes());
            let failed = match has_figures {
                true => window::figures_from_before(error.message.clone()),
                false => window::figures_failed(error.message.clone()),
            };
            view! {
                <p class="notice warning" role="alert">
                    {say.say(&failed)}
                    {request_name(&error)}
                    <button type="button" on:click=try_again>{say.say(&window::try_again())}</button>
                </p>
            }
        })
    };
    view! {
        <main
            id="main"
            class=look
            tabindex="-1"
            aria-busy=move || is_busy.get().to_string()
            {..settings}
        >
            {failure}
            {move || problem.get().map(|error| view! { <Failure error/> })}
            <div
                class="figures"
                node_ref=place
                hidden=has_problem
                on:submit=search
                inner_html=first_html
            ></div>
        </main>
    }
}

/// Whether it has been busy long enough that the page should look it. A delayed transition in CSS would make the
/// browser repaint all figures in the frame of the click.
fn late(is_busy: Memo<bool>) -> RwSignal<bool> {
    let is_late = RwSignal::new(false);
    Effect::new(move |timer: Option<Option<TimeoutHandle>>| {
        if let Some(timer) = timer.flatten() {
            timer.clear();
        }
        if is_busy.get() {
            return set_timeout_with_handle(move || is_late.set(true), LATE).ok();
        }
        if is_late.get_untracked() {
            is_late.set(false);
        }
        None
    });
    is_late
}

impl Panel {
    /// Shows the figures of `wanted` on `basis`: at once if they are at hand, else as soon as they come.
    fn bring(self, wanted: Selection, basis: Basis) {
        let shown_basis = self.basis.get_untracked();
        if shown_basis.rights != basis.rights {
            // They may hold what this person may not see any more.
            self.ahead.clear();
            self.html.set_value(String::new());
            if let Some(place) = self.place.get_untracked() {
                place.set_inner_html("");
            }
        }
        if wanted == self.shown.get_untracked() && basis == shown_basis {
            self.failed.set(None);
            return;
        }
        if untrack(|| self.live.is_current.get())
            && let Some((figures, parsed)) = self.ahead.take(&wanted, &basis)
        {
            self.put(&figures, parsed);
            self.confirm(wanted);
        } else {
            self.fetch(wanted);
        }
    }

    /// Compares the figures at hand with the server's, once the person has seen them: the frame comes first.
    fn confirm(self, selection: Selection) {
        request_animation_frame(move || {
            let after_the_frame = move || {
                if self.wanted.with_untracked(|wanted| *wanted == selection) {
                    self.fetch(selection);
                }
            };
            set_timeout(after_the_frame, Duration::ZERO);
        });
    }

    /// Whether nothing is under way that the person waits for, and this window is seen and told of every change.
    fn is_idle(self) -> bool {
        self.live.is_current.get()
            && self.failed.with(Option::is_none)
            && self.shown.with(|shown| self.wanted.with(|wanted| shown == wanted))
            && self
                .basis
                .with(|basis| self.live.basis.with(|snapshot| basis == snapshot))
            && !document().hidden()
            && !saves_data()
    }

    fn fetch(self, selection: Selection) {
        self.failed.set(None);
        self.fetches.update_value(|fetches| *fetches += 1);
        let asked = self.live.asking.run(());
        spawn_local(async move {
            let answer = figures(&selection).await;
            self.answered(selection, asked, answer);
        });
    }

    /// Fetches the figures of `selection` after a moment, which is longer each time, unless something is fetched meanwhile.
    fn fetch_again(self, selection: Selection) {
        let fetches = self.fetches.get_value();
        let pause = self.again.try_update_value(Pause::grow).unwrap_or(LAST_TRY);
        set_timeout(
            move || {
                if fetches == self.fetches.get_value() && selection == self.wanted.get_untracked() {
                    self.fetch(selection);
                }
            },
            pause,
        );
    }

    /// Whether the page has no figures of `selection`, or older ones than this window knows of.
    fn is_missing(self, selection: &Selection) -> bool {
        self.problem.with_untracked(Option::is_some)
            || self.shown.with_untracked(|shown| shown != selection)
            || self.basis.get_untracked() != self.live.basis.get_untracked()
    }

    fn answered(self, selection: Selection, asked: Asked, answer: Result<Figures, AppError>) {
        if selection != self.wanted.get_untracked() {
            return;
        }
        let answer = answer.and_then(|figures| figures.answering(&selection).ok_or_else(AppError::internal));
        match answer {
            Ok(figures) => {
                if self
                    .live
                    .snapshot
                    .run((figures.snapshot.clone(), Heard::Answered(asked)))
                {
                    self.again.update_value(Pause::reset);
                    self.put(&figures, None);
                    self.ahead.keep(figures);
                } else {
                    // Overtaken by news, perhaps that these may no longer be seen: asked for again.
                    self.fetch_again(selection);
                }
            }
            Err(error) => match error.kind {
                ErrorKind::NotLoggedIn => Address::read(&selection.address).login().load(),
                // The choice may no longer be allowed, since another window or the administrator changed something: the
                // server's page falls back to an allowed one, and says so.
                ErrorKind::Invalid
                    if error
                        .field
                        .as_ref()
                        .is_some_and(|field| selection.settings.0.contains_key(field)) =>
                {
                    // Until it is there the old figures stay, busy.
                    reload();
                }
                ErrorKind::Unreachable
                | ErrorKind::Unavailable
                | ErrorKind::TooMany
                | ErrorKind::Internal
                | ErrorKind::Other => {
                    if self.is_missing(&selection) {
                        self.failed.set(Some((selection, error)));
                    }
                }
                _ => {
                    document().set_title(&self.say.say(&error.title()));
                    self.problem.set(Some(error));
                    self.shown.set(selection);
                }
            },
        }
    }

    /// Puts figures into the page, unless exactly these are there; `parsed` is their HTML, if the browser has read it.
    fn put(self, figures: &Figures, parsed: Option<DocumentFragment>) {
        let is_there = self.problem.with_untracked(Option::is_none)
            && figures.selection == self.shown.get_untracked()
            && self.html.with_value(|html| *html == figures.html);
        if !is_there {
            if let Some(place) = self.place.get_untracked() {
                swap::swap(&place, &figures.html, parsed);
            }
            self.html.set_value(figures.html.clone());
            document().set_title(&figures.title);
            self.problem.set(None);
            self.shown.set(figures.selection.clone());
        }
        if self.basis.get_untracked() != figures.snapshot.basis {
            self.basis.set(figures.snapshot.basis.clone());
        }
    }
}
