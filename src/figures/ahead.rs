//! Figures fetched ahead: while a page is idle and seen, those of the selections that are likely to be wanted next.
//!
//! They are shown the moment they are wanted, at any distance from the server. They are dropped with the basis they
//! rest on, and none is given while this window may be out of date.

use super::{Figures, Selection};
use crate::{
    asking::figures,
    live::{Basis, judge::Asked},
    pause::Pause,
};
use leptos::{prelude::*, task::spawn_local};
use send_wrapper::SendWrapper;
use std::{collections::HashMap, time::Duration};
use web_sys::DocumentFragment;

/// How many selections are fetched ahead for one view, at the most.
const MOST_SCOPES: usize = 8;

/// How much is kept, in bytes of HTML.
const MOST_BYTES: usize = 2 * 1024 * 1024;

/// How long a page must have been idle. If plans never end, since each answer brings something new, the next one waits
/// longer, up to the last.
const IDLE: Duration = Duration::from_millis(300);
const LAST_IDLE: Duration = Duration::from_secs(10);

/// The figures that are at hand, each with the basis it rests on.
#[derive(Clone, Copy, Default)]
pub struct Ahead(StoredValue<Kept>);

struct Kept {
    figures: HashMap<Selection, AtHand>,
    basis: Basis,
    /// Counts the events that made earlier plans void.
    plan: u64,
    /// The selection that the page showed at the last plan.
    current: Selection,
    pause: Pause,
}

impl Default for Kept {
    fn default() -> Self {
        Self {
            figures: HashMap::new(),
            basis: Basis::default(),
            plan: 0,
            current: Selection::default(),
            pause: Pause::between(IDLE, LAST_IDLE),
        }
    }
}

/// Figures, and their HTML as the browser has read it while nothing else happened. Only browsers have that, in the one
/// thread of their page.
struct AtHand {
    figures: Figures,
    parsed: Option<SendWrapper<DocumentFragment>>,
}

impl Kept {
    fn bytes(&self) -> usize {
        self.figures.values().map(|at_hand| at_hand.figures.html.len()).sum()
    }

    fn has(&self, selection: &Selection, basis: &Basis) -> bool {
        self.basis == *basis && self.figures.contains_key(selection)
    }
}

/// What to fetch, one after another.
struct Plan {
    number: u64,
    selections: std::vec::IntoIter<Selection>,
    basis: Basis,
    keep_on: Box<dyn Fn() -> bool>,
    asking: Callback<(), Asked>,
    found: Callback<(Figures, Asked)>,
}

impl Ahead {
    /// The figures of `selection`, if they are at hand and rest on `basis`; and their HTML as the browser has parsed
    /// it, if it had time to: that is given once.
    pub fn take(self, selection: &Selection, basis: &Basis) -> Option<(Figures, Option<DocumentFragment>)> {
        self.0.try_update_value(|kept| {
            if !kept.has(selection, basis) {
                return None;
            }
            let at_hand = kept.figures.get_mut(selection)?;
            Some((at_hand.figures.clone(), at_hand.parsed.take().map(SendWrapper::take)))
        })?
    }

    /// Keeps figures that came from the server, if there is room. Those of another basis go.
    pub fn keep(self, figures: Figures) {
        self.0.update_value(|kept| {
            if kept.basis != figures.snapshot.basis {
                kept.figures.clear();
                kept.basis = figures.snapshot.basis.clone();
            }
            if kept.bytes() + figures.html.len() <= MOST_BYTES {
                let parsed = None;
                kept.figures
                    .insert(figures.selection.clone(), AtHand { figures, parsed });
            }
        });
    }

    /// Drops all there is.
    pub fn clear(self) {
        self.0.update_value(|kept| kept.figures.clear());
    }

    /// Makes the plan void: something happened on the page.
    pub fn pause(self) {
        self.0.update_value(|kept| kept.plan += 1);
    }

    /// Fetches the figures of `selections`, one after another, once the page has been idle for a moment; `keep_on` says
    /// before each whether it still is. Figures kept for selections other than these and the current one go.
    pub fn plan(
        self,
        current: &Selection,
        mut selections: Vec<Selection>,
        basis: Basis,
        keep_on: impl Fn() -> bool + 'static,
        asking: Callback<(), Asked>,
        found: Callback<(Figures, Asked)>,
    ) {
        self.pause();
        let idle = self.0.try_update_value(|kept| {
            kept.figures
                .retain(|selection, _| selection == current || selections.contains(selection));
            if kept.current != *current {
                kept.current = current.clone();
                kept.pause.reset();
            }
            kept.pause.grow()
        });
        selections.truncate(MOST_SCOPES);
        let plan = Plan {
            number: self.0.with_value(|kept| kept.plan),
            selections: selections.into_iter(),
            basis,
            keep_on: Box::new(keep_on),
            asking,
            found,
        };
        set_timeout(move || self.go_on(plan), idle.unwrap_or(LAST_IDLE));
    }

    /// Does the next part of the plan, and the rest once the page has had time for other things.
    fn go_on(self, mut plan: Plan) {
        if !self.is_current(&plan) {
            return;
        }
        let Some(selection) = plan.selections.next() else {
            self.0.update_value(|kept| kept.pause.reset());
            return;
        };
        spawn_local(async move {
            if !self.0.with_value(|kept| kept.has(&selection, &plan.basis)) {
                let asked = plan.asking.run(());
                // Figures that can't be fetched ahead are asked for again when they are wanted, and the reason is shown
                // then.
                let answer = figures(&selection).await.ok();
                if let Some(figures) = answer.and_then(|figures| figures.answering(&selection)) {
                    plan.found.run((figures, asked));
                }
            }
            if !self.is_current(&plan) {
                return;
            }
            self.0.update_value(|kept| {
                if let Some(at_hand) = kept.figures.get_mut(&selection)
                    && at_hand.parsed.is_none()
                {
                    at_hand.parsed = parse(&at_hand.figures.html).map(SendWrapper::new);
                }
            });
            set_timeout(move || self.go_on(plan), Duration::ZERO);
        });
    }

    /// Whether the page is still idle, and there is room.
    fn is_current(self, plan: &Plan) -> bool {
        let is_void = self
            .0
            .with_value(|kept| kept.plan != plan.number || kept.bytes() >= MOST_BYTES);
        !is_void && (plan.keep_on)()
    }
}

/// `html` as the browser parses it.
fn parse(html: &str) -> Option<DocumentFragment> {
    let aside = document().create_element("div").ok()?;
    aside.set_inner_html(html);
    let fragment = document().create_document_fragment();
    while let Some(child) = aside.first_child() {
        fragment.append_child(&child).ok()?;
    }
    Some(fragment)
}

/// Whether the person asked the browser to save data.
pub fn saves_data() -> bool {
    let get = |object: &wasm_bindgen::JsValue, name: &str| js_sys::Reflect::get(object, &name.into()).ok();
    get(&window().navigator().into(), "connection")
        .filter(|connection| connection.is_object())
        .and_then(|connection| get(&connection, "saveData"))
        .is_some_and(|saves| saves.is_truthy())
}
