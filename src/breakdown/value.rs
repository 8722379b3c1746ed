//! The value of an opened figure, the one of the days before, and what they lack.

use super::{Opened, balance, entries::Entries, entries_sql::FoundEntries};
use crate::{
    days::Days,
    error::AppError,
    measure::Measure,
    message::{Message, Value},
    messages::{figure, measure as words},
    money::{Minutes, Money, Rate, Ratio},
    report::{Cell, Change, Column, Content, Panel, Rise, Row, Table, lacking::together},
    server::ledger::KeyFigures,
    view::{lacks, no_share_of},
};
use sea_orm::ConnectionTrait;

/// How much a figure is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Amount {
    Money(Money),
    Minutes(Minutes),
    Share(Ratio),
    Rate(Rate),
    /// In words and figures, or none because.
    Cell(Cell),
}

/// A figure's value, with the one that it is compared with.
pub(super) struct Values {
    measure: Measure,
    now: Amount,
    lacks: Option<Value>,
    before: Option<(Days, Amount, Cell)>,
    /// The figure of the days as a cell that opens, for the comparison.
    days: Days,
}

impl Values {
    /// The values of an opened figure.
    pub(super) async fn of<C: ConnectionTrait>(opened: &Opened<'_, C>, before: Option<Days>) -> Result<Self, AppError> {
        let days = opened.days;
        if opened.place.person.is_some() {
            let sum = FoundEntries::of(opened, Entries::of(opened.measure)).sum().await?;
            return Ok(Self::alone(opened, sum.amount(opened.measure)));
        }
        if opened.place.category.is_some() {
            let sum = super::bookings_sql::FoundBookings::of(opened).sum().await?;
            return Ok(Self::alone(opened, Amount::Money(Money(sum.amount))));
        }
        let value = |days: &Days| opened.amount(opened.measure, days);
        let compared = |days: Days| {
            let place = opened.place.clone().on(days);
            let cell = value(&days)
                .cell()
                .lacking(opened.lacks(opened.measure, &days).as_ref());
            (days, value(&days), opened.context.figure(cell, opened.measure, &place))
        };
        Ok(Self {
            measure: opened.measure,
            now: value(&days),
            lacks: opened.lacks(opened.measure, &days),
            before: before.map(compared),
            days,
        })
    }

    fn alone<C>(opened: &Opened<'_, C>, now: Amount) -> Self {
        Self {
            measure: opened.measure,
            now,
            lacks: None,
            before: None,
            days: opened.days,
        }
    }

    /// The figure.
    pub(super) fn cell(&self) -> Cell {
        self.now.cell().lacking(self.lacks.as_ref())
    }

    /// How it changed against the days before.
    pub(super) fn change(&self) -> Option<Change> {
        let (days, before, cell) = self.before.as_ref()?;
        let name = Value::Days(*days);
        let then = cell.lacks().cloned();
        let then = then.map(|lacks| crate::messages::lacks::in_period(name.clone(), lacks).into());
        let lacks = together([self.lacks.clone(), then]);
        match (&self.now, before) {
            (Amount::Money(now), Amount::Money(was)) => {
                Some(Change::of_money(*now, *was, self.rise(), &name).lacking(lacks))
            }
            (Amount::Share(now), Amount::Share(was)) => {
                Some(Change::of_share(Some(*now), Some(*was), &name).lacking(lacks))
            }
            _ => None,
        }
    }

    fn rise(&self) -> Rise {
        use Measure::{
            BookedCost, Cost, ExternalCost, LabourCost, MarginOne, MarginThree, MarginTwo, Overhead, ProjectCost,
            Revenue,
        };
        match self.measure {
            Revenue | MarginOne | MarginTwo | MarginThree => Rise::Good,
            Cost | BookedCost | ExternalCost | LabourCost | Overhead | ProjectCost => Rise::Bad,
            _ => Rise::Neutral,
        }
    }

    /// The figure beside the one of the days before.
    pub(super) fn compared(&self) -> Option<Panel> {
        let (days, _, before) = self.before.as_ref()?;
        let table = Table {
            name: "compared",
            caption: words::compared().into(),
            columns: vec![Column::text(words::days()), Column::figure(self.measure.name())],
            rows: vec![
                Row::new(vec![Cell::of(self.days), self.cell()]),
                Row::new(vec![Cell::of(*days), before.clone()]),
            ],
            total: None,
            lacks: None,
            empty: words::nothing(),
        };
        Some(Panel::new(words::compared(), vec![Content::Table(table)]))
    }
}

impl Amount {
    /// The amount in a cell.
    pub(super) fn cell(&self) -> Cell {
        match self {
            Self::Money(amount) => Cell::of(*amount),
            Self::Minutes(minutes) => Cell::of(*minutes),
            Self::Share(share) => Cell::of(*share),
            Self::Rate(rate) => Cell::of(*rate),
            Self::Cell(cell) => cell.clone(),
        }
    }

    /// An amount that is withheld from those who may not see cost rates.
    pub(super) fn unless_withheld(amount: Option<Money>) -> Self {
        amount.map_or(Self::Cell(Cell::withheld()), Self::Money)
    }

    /// A share of a whole; nothing because, if there is none.
    fn share(share: Option<Ratio>, nothing: Message) -> Self {
        share.map_or(Self::Cell(Cell::Missing(nothing)), Self::Share)
    }
}

impl<C> Opened<'_, C> {
    /// How much `measure` is here on `days`, for which the ledger was cut.
    pub(super) fn amount(&self, measure: Measure, days: &Days) -> Amount {
        if let Some(amount) = balance::amount(self, measure, days) {
            return amount;
        }
        amount_of(measure, &self.sums(days))
    }

    /// The same as a cell that opens, in a table of what the figure is made of.
    pub(super) fn figure(&self, measure: Measure) -> Cell {
        let cell = self.amount(measure, &self.days).cell();
        let cell = cell.lacking(self.lacks(measure, &self.days).as_ref());
        self.context.figure(cell, measure, self.place)
    }

    /// The sums of `days`: of the one project, or of everything in the scope.
    pub(super) fn sums(&self, days: &Days) -> KeyFigures {
        let Some(ledger) = self.project() else {
            return self.ledger.total(&self.context.scope, days);
        };
        let mut sums = KeyFigures::nothing_in(&self.context.scope);
        sums += ledger.figures(self.ledger.timeline.stretches(days));
        sums
    }

    /// What `measure` lacks on `days`.
    pub(super) fn lacks(&self, measure: Measure, days: &Days) -> Option<Value> {
        let unrated = if measure.is_balance() {
            balance::lacks(self, measure, days)
        } else {
            lacks::unrated(self.sums(days).unrated).filter(|_| measure.contains_labour_cost())
        };
        // All of it counts as unassigned.
        let unsplit = match self.context.scope.includes_unassigned() {
            true => None,
            false => self.context.unsplit(self.ledger.unsplit(None, days)),
        };
        lacks_of(measure, unrated, unsplit, &self.sums(days))
    }
}

/// What `measure` lacks, where the cost of hours lacks `unrated`, and overhead lacks `unsplit`.
pub(super) fn lacks_of(
    measure: Measure,
    unrated: Option<Value>,
    unsplit: Option<Value>,
    sums: &KeyFigures,
) -> Option<Value> {
    use Measure::{BookedCost, Capacity, Cost, MarginThree, MarginThreeShare, Overhead, UnratedHours, Utilisation};
    let contains_overhead = matches!(measure, BookedCost | Cost | MarginThree | MarginThreeShare | Overhead);
    let without_capacity = match measure {
        Utilisation | Capacity => lacks::without_capacity(sums.without_capacity),
        _ => None,
    };
    together([
        unrated.filter(|_| measure != UnratedHours),
        unsplit.filter(|_| contains_overhead),
        without_capacity,
    ])
}

/// How much `measure` is in `sums`. Balances aren't in them, but for what is unbilled and the advances.
pub(super) fn amount_of(measure: Measure, sums: &KeyFigures) -> Amount {
    let share = |margin: Option<Money>| match margin {
        Some(margin) => Amount::share(margin.share_of(sums.revenue), no_share_of(sums.revenue)),
        None => Amount::unless_withheld(None),
    };
    match measure {
        Measure::Revenue => Amount::Money(sums.revenue),
        Measure::BilledTime => Amount::Money(sums.revenue - sums.expenses),
        Measure::Expenses => Amount::Money(sums.expenses),
        Measure::ExternalCost => Amount::Money(sums.external_cost),
        Measure::LabourCost => Amount::unless_withheld(sums.labour_cost),
        Measure::ProjectCost => Amount::unless_withheld(sums.project_cost()),
        Measure::Overhead => Amount::Money(sums.overhead),
        Measure::Cost => Amount::unless_withheld(sums.cost()),
        Measure::BookedCost => Amount::Money(sums.booked_cost()),
        Measure::MarginOne => Amount::Money(sums.contribution_margin_1()),
        Measure::MarginTwo => Amount::unless_withheld(sums.contribution_margin_2()),
        Measure::MarginThree => Amount::unless_withheld(sums.contribution_margin_3()),
        Measure::MarginOneShare => share(Some(sums.contribution_margin_1())),
        Measure::MarginTwoShare => share(sums.contribution_margin_2()),
        Measure::MarginThreeShare => share(sums.contribution_margin_3()),
        Measure::Hours => Amount::Minutes(sums.minutes),
        Measure::BillableHours => Amount::Minutes(sums.billable_minutes),
        Measure::UnbillableHours => Amount::Minutes(sums.minutes - sums.billable_minutes),
        Measure::UnratedHours => match sums.unrated {
            Some(minutes) => Amount::Minutes(minutes),
            None => Amount::unless_withheld(None),
        },
        Measure::EffectiveRate => match sums.revenue.per_hour(sums.minutes) {
            Some(rate) => Amount::Rate(rate),
            None => Amount::Cell(Cell::Missing(figure::no_hours())),
        },
        Measure::Utilisation => Amount::share(sums.utilisation(), figure::no_capacity()),
        Measure::UtilisedHours => Amount::Minutes(sums.utilised),
        Measure::Capacity => Amount::Minutes(sums.capacity),
        Measure::Unbilled => Amount::Money(sums.unbilled),
        Measure::Advances => Amount::Money(sums.advances),
        Measure::Earned
        | Measure::Invoiced
        | Measure::ExternalCostSoFar
        | Measure::LabourCostSoFar
        | Measure::CostSoFar
        | Measure::HoursSoFar
        | Measure::Burn
        | Measure::MoneyLeft
        | Measure::HoursLeft
        | Measure::CostAtCompletion => Amount::Cell(Cell::Nothing),
    }
}
