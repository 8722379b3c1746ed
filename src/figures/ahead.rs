//! Figures fetched ahead: while a page is idle and seen, those of the scopes that are likely to be wanted next.
//!
//! They are shown in the moment they are wanted, at any distance from the server. They are dropped with the basis they
//! rest on, and while this window does not know what the newest is none is given.

use super::{Figures, Scope, fetch};
use crate::live::Basis;
use leptos::{prelude::*, task::spawn_local};
use std::{collections::HashMap, time::Duration};

/// How many scopes are fetched ahead for one view, at the most.
const MOST_SCOPES: usize = 8;

/// How much is kept, in bytes of HTML.
const MOST_BYTES: usize = 2 * 1024 * 1024;

/// How long a page must have been idle.
const IDLE: Duration = Duration::from_millis(300);

/// The figures that are at hand, each with what it rests on.
#[derive(Clone, Copy, Default)]
pub struct Ahead(StoredValue<Kept>);

#[derive(Default)]
struct Kept {
    figures: HashMap<Scope, Figures>,
    basis: Basis,
    /// Counts what made earlier plans void.
    plan: u64,
}

impl Kept {
    fn bytes(&self) -> usize {
        self.figures.values().map(|figures| figures.html.len()).sum()
    }
}

impl Ahead {
    /// The figures of `scope`, if they are at hand and rest on `basis`.
    pub fn get(self, scope: &Scope, basis: &Basis) -> Option<Figures> {
        self.0
            .with_value(|kept| (kept.basis == *basis).then(|| kept.figures.get(scope).cloned())?)
    }

    /// Keeps figures that came from the server. Those of another basis go.
    pub fn keep(self, figures: Figures) {
        self.0.update_value(|kept| {
            if kept.basis != figures.newest.basis {
                kept.figures.clear();
                kept.basis = figures.newest.basis.clone();
            }
            if kept.bytes() + figures.html.len() <= MOST_BYTES {
                kept.figures.insert(figures.scope.clone(), figures);
            }
        });
    }

    /// Drops all there is.
    pub fn clear(self) {
        self.0.update_value(|kept| kept.figures.clear());
    }

    /// Makes what is planned void: something happened on the page.
    pub fn pause(self) {
        self.0.update_value(|kept| kept.plan += 1);
    }

    /// Fetches the figures of `scopes`, one after another, once the page has been idle for a moment; `keep_on` says
    /// before each whether it still is. What was kept of scopes other than these and the current one goes.
    pub fn plan(
        self,
        current: &Scope,
        scopes: Vec<Scope>,
        basis: Basis,
        keep_on: impl Fn() -> bool + Send + Sync + 'static,
        found: Callback<Figures>,
    ) {
        self.pause();
        let plan = self.0.with_value(|kept| kept.plan);
        self.0.update_value(|kept| {
            kept.figures
                .retain(|scope, _| scope == current || scopes.contains(scope))
        });
        set_timeout(
            move || {
                spawn_local(async move {
                    for scope in scopes.into_iter().take(MOST_SCOPES) {
                        let is_void = self
                            .0
                            .with_value(|kept| kept.plan != plan || kept.bytes() >= MOST_BYTES);
                        if is_void || !keep_on() {
                            return;
                        }
                        if self.get(&scope, &basis).is_some() {
                            continue;
                        }
                        // What can't be had ahead is asked for again when it is wanted, and says why then.
                        if let Ok(figures) = fetch(scope.address, scope.division, scope.period).await {
                            found.run(figures);
                        }
                    }
                });
            },
            IDLE,
        );
    }
}

/// Whether the person asked the browser to save data.
pub fn saves_data() -> bool {
    let get = |object: &wasm_bindgen::JsValue, name: &str| js_sys::Reflect::get(object, &name.into()).ok();
    get(&window().navigator().into(), "connection")
        .filter(|connection| connection.is_object())
        .and_then(|connection| get(&connection, "saveData"))
        .is_some_and(|saves| saves.is_truthy())
}
