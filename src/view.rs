//! What a view is asked to show, what it returns, and the cache of what was rendered.

mod chosen;
mod heading;
pub mod lacks;

pub use chosen::Chosen;
pub use heading::{Heading, Search};

use crate::{
    address::Pins,
    division::Division,
    error::AppError,
    money::{Money, NumberFormat},
    period::{Days, Period, day_name},
    server::{accounts::VisibleDivision, ledger::DivisionKey, permission::PermittedScope},
    ui::table::Cell,
};
use chrono::NaiveDate;
use leptos::prelude::*;
use moka::future::Cache;
use std::{sync::Arc, time::Duration};

/// A note that says what revenue and work in progress are, and what they are not.
pub const MANAGEMENT_VIEW: &str = "This is a management view: fixed prices earn day by day, and what is unbilled is never set \
    off against advances. The books differ: they show revenue when work is completed.";

/// Why there is no share of `revenue` when it isn't above zero.
pub fn no_share_of(revenue: Money) -> &'static str {
    if revenue < Money(0) {
        "revenue below zero"
    } else {
        "no revenue"
    }
}

/// How much rendered HTML is kept, in bytes.
const CACHE_BYTES: u64 = 64 * 1024 * 1024;

/// How long figures that nobody asks for are kept.
const CACHE_IDLE: Duration = Duration::from_secs(60 * 60);

/// What a view is asked to show, checked.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RenderContext {
    /// The rows that it may show.
    pub scope: PermittedScope,
    /// Everything this user may see, whatever division is chosen: to say where something outside of it is.
    pub everything: PermittedScope,
    /// Every setting that the figures depend on.
    pub chosen: Chosen,
    /// The division as chosen.
    pub division: Division,
    /// The days, as chosen.
    pub period: Period,
    /// The day it is.
    pub today: NaiveDate,
    /// How numbers are written.
    pub format: NumberFormat,
    /// What the window is pinned to: links keep it.
    pub pins: Pins,
}

impl RenderContext {
    /// Where a link to `address` leads from this window.
    pub fn link(&self, address: &str) -> String {
        self.pins.keep(address)
    }

    /// A cell with the name of a division in its colour; `Unassigned` where there is none.
    pub fn division_cell(&self, key: DivisionKey) -> Cell {
        match self.scope.division(key) {
            Some(VisibleDivision {
                archived_on: Some(since),
                option,
                ..
            }) if option.archived => Cell::archived_division(&option.name, &option.accent, *since),
            Some(division) => Cell::division(&division.option.name, &division.option.accent),
            None => Cell::division("Unassigned", "slate"),
        }
    }

    /// The same for a division that owned a project on the days `owned` out of `days`; the cell names them unless they
    /// are all.
    pub fn owner_cell(&self, key: DivisionKey, owned: &Days, days: &Days) -> Cell {
        let span = if owned.to < days.to {
            format!("until {}", day_name(owned.to))
        } else if owned.from > days.from {
            format!("since {}", day_name(owned.from))
        } else {
            return self.division_cell(key);
        };
        self.division_cell(key).beside(span)
    }

    /// Says that shared costs of `amount` are in no division. Only users who may see what is unassigned are told how
    /// much.
    pub fn unsplit(&self, amount: Money) -> Option<String> {
        let text = lacks::unsplit(amount, self.format)?;
        let is_seen = self.everything.includes_unassigned();
        Some(if is_seen {
            text
        } else {
            lacks::UNSPLIT_UNSEEN.to_owned()
        })
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
    /// `content` as HTML, under `title` and the name of its scope, which tells windows and printed pages apart.
    pub fn of(title: &str, context: &RenderContext, content: impl IntoView) -> Self {
        // Nothing in it is reactive: it is rendered once.
        let html = Owner::new().with(|| content.into_view().to_html());
        Self {
            title: format!("{title} · {} · ControlManiac", context.scope.name()),
            html: html.into(),
        }
    }
}

/// Rendered figures by everything they depend on: the address, the selection, the rights of the user, and the revision
/// of the data in its epoch. So nothing stale is ever found.
#[derive(Clone)]
pub struct FiguresCache(Cache<(String, RenderContext, String, i64), Arc<Rendered>>);

impl FiguresCache {
    /// The view at `address`, from the cache or from `render`. If several requests ask for the same one at once, it is
    /// rendered once.
    ///
    /// # Errors
    /// Those of `render`; they are not kept.
    pub async fn get_or_render(
        &self,
        address: &str,
        context: &RenderContext,
        epoch: &str,
        revision: i64,
        render: impl Future<Output = Result<Rendered, AppError>>,
    ) -> Result<Arc<Rendered>, AppError> {
        let key = (address.to_owned(), context.clone(), epoch.to_owned(), revision);
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
