//! The value of an opened figure, the one of the days that it is compared with, and what they lack.

use super::{balance, bookings, entries, opened::Opened};
use crate::{
    days::Days,
    error::AppError,
    measure::Measure,
    message::Value,
    messages::measure as words,
    money::Money,
    report::{Cell, Change, Column, Content, Panel, Rise, Row, Table, lacking::together},
    rows::{BookingSum, Counted, Sought},
    view::{
        amount::{Amount, amount_of, lacks_of},
        compared::Compared,
        lacks,
    },
};
use sea_orm::ConnectionTrait;

/// A figure's value, with the one that it is compared with.
pub(super) struct Values {
    measure: Measure,
    now: Amount,
    lacks: Option<Value>,
    then: Option<Then>,
    days: Days,
}

/// The same figure of the days that it is compared with.
struct Then {
    compared: Compared,
    amount: Amount,
    lacks: Option<Value>,
    /// The figure as a cell that opens.
    cell: Cell,
}

impl Values {
    /// The values of an opened figure.
    pub(super) async fn of<C: ConnectionTrait>(
        opened: &Opened<'_, C>,
        compared: Option<Compared>,
    ) -> Result<Self, AppError> {
        let days = opened.days;
        if opened.place.person.is_some() {
            let sought = entries::sought(opened, Counted::of(opened.measure));
            let sum = sought.sum().one(opened.db).await?.unwrap_or_default();
            return Ok(Self::alone(opened, entries::amount(&sum, opened.measure)));
        }
        if opened.place.category.is_some() {
            let sum = bookings::sought(opened).sum().one(opened.db).await?;
            let sum: BookingSum = sum.unwrap_or_default();
            return Ok(Self::alone(opened, Amount::Money(Money(sum.amount))));
        }
        let value = |days: &Days| opened.amount(opened.measure, days);
        let then = |compared: Compared| {
            let days = compared.days;
            let place = opened.place.clone().on(days);
            let (amount, lacks) = (value(&days), opened.lacks(opened.measure, &days));
            let cell = amount
                .cell()
                .lacking(lacks.as_ref())
                .lacking(compared.lacks(opened.measure).as_ref());
            Then {
                cell: opened.context.figure(cell, opened.measure, &place),
                compared,
                amount,
                lacks,
            }
        };
        Ok(Self {
            measure: opened.measure,
            now: value(&days),
            lacks: opened.lacks(opened.measure, &days),
            then: compared.map(then),
            days,
        })
    }

    fn alone<C>(opened: &Opened<'_, C>, now: Amount) -> Self {
        Self {
            measure: opened.measure,
            now,
            lacks: None,
            then: None,
            days: opened.days,
        }
    }

    /// The figure.
    pub(super) fn cell(&self) -> Cell {
        self.now.cell().lacking(self.lacks.as_ref())
    }

    /// The part of `all` that it is; a dash that says why if there is no such part.
    pub(super) fn share_of(&self, all: &Self) -> Cell {
        let share = match (&self.now, &all.now) {
            (Amount::Money(part), Amount::Money(whole)) => part.share_of(*whole),
            (Amount::Minutes(part), Amount::Minutes(whole)) => part.share_of(*whole),
            _ => None,
        };
        // It rests on both.
        let lacks = together([
            self.lacks.clone(),
            all.lacks.clone().filter(|_| self.lacks != all.lacks),
        ]);
        Cell::share(share, words::no_share_of_all()).lacking(lacks.as_ref())
    }

    /// How it changed against the days that it is compared with.
    pub(super) fn change(&self) -> Option<Change> {
        let then = self.then.as_ref()?;
        let name = then.compared.name();
        let lacks = then
            .compared
            .lacks_of_change(self.measure, self.lacks.clone(), then.lacks.clone());
        match (&self.now, &then.amount) {
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

    /// The figure beside the one of the days that it is compared with.
    pub(super) fn compared(&self) -> Option<Panel> {
        let then = self.then.as_ref()?;
        let table = Table {
            name: "compared",
            caption: words::compared().into(),
            columns: vec![Column::text(words::days()), Column::figure(self.measure.name())],
            rows: vec![
                Row::new(vec![Cell::of(self.days), self.cell()]),
                Row::new(vec![Cell::of(then.compared.name()), then.cell.clone()]),
            ],
            total: None,
            lacks: None,
            empty: words::nothing(),
        };
        Some(Panel::new(words::compared(), vec![Content::Table(table)]))
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
