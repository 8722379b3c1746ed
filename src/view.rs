//! What a view is: what it is asked to show, what it gives, and where what was given lately is kept.

mod heading;

pub use heading::{Heading, Search};

use crate::{
    address::Pins,
    division::Division,
    error::AppError,
    money::NumberFormat,
    period::Period,
    server::{ledger::DivisionKey, permission::PermittedScope},
    ui::table::Cell,
};
use chrono::NaiveDate;
use leptos::prelude::*;
use moka::future::Cache;
use std::{sync::Arc, time::Duration};

/// How much rendered HTML is kept, in bytes.
const CACHE_BYTES: u64 = 64 * 1024 * 1024;

/// How long figures that nobody asks for are kept.
const CACHE_IDLE: Duration = Duration::from_secs(60 * 60);

/// What a view is asked to show, checked.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Request {
    /// The rows it may show.
    pub scope: PermittedScope,
    /// All this person may see, whatever the chosen division: to say where something is that lies outside of it.
    pub everything: PermittedScope,
    /// The division as chosen.
    pub division: Division,
    /// The days, as chosen.
    pub period: Period,
    /// The day it is.
    pub today: NaiveDate,
    /// How numbers are written.
    pub format: NumberFormat,
    /// Whether what a single person costs may be shown.
    pub sees_cost_rates: bool,
    /// What the window is pinned to: links keep it.
    pub pins: Pins,
}

impl Request {
    /// Where a link to `address` leads from this window.
    pub fn link(&self, address: &str) -> String {
        self.pins.keep(address)
    }

    /// A cell with the name of a division in its colour; `Unassigned` where there is none.
    pub fn division_cell(&self, key: DivisionKey) -> Cell {
        match self.scope.divisions().iter().find(|division| Some(division.id) == key) {
            Some(division) => Cell::division(&division.option.name, &division.option.accent),
            None => Cell::division("Unassigned", "slate"),
        }
    }
}

/// A rendered view.
pub struct Rendered {
    /// The title of its page.
    pub title: String,
    /// Its HTML.
    pub html: Arc<str>,
}

impl Rendered {
    /// `content` as HTML, under `title`.
    pub fn of(title: &str, content: impl IntoView) -> Self {
        // Nothing of it is reactive: it is rendered once, and shown as it is.
        let html = Owner::new().with(|| content.into_view().to_html());
        Self {
            title: format!("{title} · ControlManiac"),
            html: html.into(),
        }
    }
}

/// Rendered figures by everything they depend on: the address, what was asked for and who asked, and the data's
/// revision in its epoch; so nothing old is ever found.
#[derive(Clone)]
pub struct FiguresCache(Cache<(String, Request, String, i64), Arc<Rendered>>);

impl FiguresCache {
    /// The view at `address` as it was rendered for an equal request on the same revision of one epoch, else as `render` gives
    /// it; of several who ask at once, one renders for all.
    ///
    /// # Errors
    /// Those of `render`; they are not kept.
    pub async fn get_or_render(
        &self,
        address: &str,
        request: &Request,
        epoch: &str,
        revision: i64,
        render: impl Future<Output = Result<Rendered, AppError>>,
    ) -> Result<Arc<Rendered>, AppError> {
        let key = (address.to_owned(), request.clone(), epoch.to_owned(), revision);
        let rendered = self.0.try_get_with(key, async { render.await.map(Arc::new) }).await;
        rendered.map_err(|error: Arc<AppError>| (*error).clone())
    }
}

impl Default for FiguresCache {
    fn default() -> Self {
        let weigh = |_: &_, rendered: &Arc<Rendered>| u32::try_from(rendered.html.len()).unwrap_or(u32::MAX);
        let cache = Cache::builder()
            .max_capacity(CACHE_BYTES)
            .time_to_idle(CACHE_IDLE)
            .weigher(weigh);
        Self(cache.build())
    }
}
