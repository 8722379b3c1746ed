//! What a view is asked to show, and the cache of what was rendered.

pub mod amount;
mod chosen;
pub mod compared;
pub mod lacks;

pub use chosen::Chosen;

use crate::{
    address::{Address, Pins},
    books::BEGINNING,
    days::Days,
    division::{Division, UNASSIGNED_ACCENT},
    error::AppError,
    locale::Locale,
    measure::Measure,
    message::{Joint, Message, Value},
    messages::{self, figure},
    money::Money,
    period::Period,
    place::{Place, Whose},
    report::{Cell, Filters, Opening, Part, Report},
    server::{accounts::VisibleDivision, ledger::DivisionKey, permission::PermittedScope},
    sticky::Setting,
};
use chrono::NaiveDate;
use moka::future::Cache;
use std::{sync::Arc, time::Duration};

/// Why there is no share of `revenue` when it isn't above zero.
pub fn no_share_of(revenue: Money) -> Message {
    if revenue < Money(0) {
        figure::revenue_below_zero()
    } else {
        figure::no_revenue()
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
    /// The first day of which the studio has time or a booking.
    pub first_entry: Option<NaiveDate>,
    /// What the window is pinned to: links keep it.
    pub pins: Pins,
}

impl RenderContext {
    /// Where a link to `address` leads from this window.
    pub fn link(&self, address: &str) -> String {
        self.pins.keep(address)
    }

    /// Where a link to `address` leads that pins `division` to its window; the other pins stay.
    pub fn link_for(&self, address: &str, division: &Division) -> String {
        let address = Address::read(address).with_pin(Division::KEY, division.text());
        self.pins.keep_in(address).to_string()
    }

    /// The report `title` with these parts, which says whose figures they are and of which days.
    pub fn report(&self, title: impl Into<Value>, parts: Vec<Part>) -> Report {
        Report {
            title: title.into(),
            scope: self.scope_name(),
            period: self.period_name(),
            days: self.days_name(),
            search: None,
            filters: Filters::default(),
            further: Vec::new(),
            parts,
        }
    }

    /// What the period is called.
    fn period_name(&self) -> Value {
        let days = self.period.days(self.today);
        if days.from == BEGINNING {
            figure::until(days.to).into()
        } else {
            self.period.name(self.today)
        }
    }

    /// The same, and its days.
    fn days_name(&self) -> Value {
        let (period, days) = (self.period_name(), self.period.days(self.today));
        if days.from == BEGINNING || period == Value::Days(days) {
            period
        } else {
            Value::Joined(vec![period, days.into()], Joint::Dot)
        }
    }

    /// The cell with the way to what its figure is made of: the page of `measure` at `place`.
    pub fn figure(&self, cell: Cell, measure: Measure, place: &Place) -> Cell {
        cell.opening(self.opening(measure, place.clone()))
    }

    /// The way to the page of `measure` at `place`.
    pub fn opening(&self, measure: Measure, place: Place) -> Opening {
        Opening {
            href: self.link(&place.address(measure, 1)),
            measure,
            place,
        }
    }

    /// The place of a division, or of what belongs to none, within what is chosen.
    pub fn place_of(&self, key: DivisionKey) -> Place {
        let whose = match key.and_then(|_| self.everything.division(key)) {
            Some(division) => Whose::Division(division.option.slug.clone()),
            None => Whose::Unassigned,
        };
        Place::chosen().of(whose)
    }

    /// The same for a part of what is chosen: `scope` and `period` must lie within it.
    pub fn narrowed(&self, scope: PermittedScope, period: Period) -> Self {
        Self {
            scope,
            period,
            ..self.clone()
        }
    }

    /// What the chosen division is called; All says what it is of if that is less than everything.
    pub fn scope_name(&self) -> Value {
        let names = self.scope.divisions().iter().map(|division| division.option.label());
        let names = Value::Joined(names.collect(), Joint::Comma);
        let is_all = self.division == Division::All && self.scope == self.everything;
        if !is_all {
            return match self.scope.is_unassigned_alone() {
                true => messages::setting::unassigned().into(),
                false => names,
            };
        }
        match (self.scope.divisions().is_empty(), self.scope.includes_unassigned()) {
            (_, true) => messages::setting::all().into(),
            (true, false) => messages::division::all_of_nothing().into(),
            (false, false) => messages::division::all_of_yours(names).into(),
        }
    }

    /// A cell with a division in its colour; `Unassigned` if there is none.
    pub fn division_cell(&self, key: DivisionKey) -> Cell {
        let (accent, name, archived_since) = match self.scope.division(key) {
            Some(VisibleDivision {
                archived_on, option, ..
            }) => (
                option.accent.clone(),
                Value::text(&option.name),
                archived_on.filter(|_| option.archived),
            ),
            None => (
                UNASSIGNED_ACCENT.to_owned(),
                messages::setting::unassigned().into(),
                None,
            ),
        };
        Cell::Division {
            accent,
            name,
            archived_since,
            beside: None,
            href: None,
        }
    }

    /// The same cell, leading to the same view of that division alone: the page at `path`. That of the chosen one leads
    /// nowhere.
    pub fn leading_division_cell(&self, key: DivisionKey, path: &str) -> Cell {
        let division = match self.scope.division(key) {
            Some(visible) => Division::One(visible.option.slug.clone()),
            None => Division::Unassigned,
        };
        let href = (division != self.division).then(|| self.link_for(path, &division));
        self.division_cell(key).leading(href)
    }

    /// The same for a division that owned a project on the days `owned` out of `days`; the cell names them unless they
    /// are all.
    pub fn owner_cell(&self, key: DivisionKey, owned: &Days, days: &Days) -> Cell {
        let cell = self.division_cell(key);
        if owned.to < days.to {
            cell.beside(figure::until(owned.to))
        } else if owned.from > days.from {
            cell.beside(figure::since(owned.from))
        } else {
            cell
        }
    }

    /// Says that shared costs of `amount` are in no division. Only users who may see what is unassigned are told how
    /// much.
    pub fn unsplit(&self, amount: Money) -> Option<Value> {
        let lacks = lacks::unsplit(amount)?;
        let is_seen = self.everything.includes_unassigned();
        Some(if is_seen {
            lacks
        } else {
            messages::lacks::unsplit_unseen().into()
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

/// Rendered figures by everything they depend on: the address, the selection, the rights of the user, their language, and
/// the revision of the data in its epoch. So nothing stale is ever found.
#[derive(Clone)]
pub struct FiguresCache(Cache<(String, RenderContext, Locale, String, i64), Arc<Rendered>>);

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
        locale: &Locale,
        epoch: &str,
        revision: i64,
        render: impl Future<Output = Result<Rendered, AppError>>,
    ) -> Result<Arc<Rendered>, AppError> {
        let key = (
            address.to_owned(),
            context.clone(),
            locale.clone(),
            epoch.to_owned(),
            revision,
        );
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
