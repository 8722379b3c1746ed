//! All figures of a studio for many periods, as the ledger has them and as the oracle has them, to be laid upon each other.

use super::{
    command::Owner,
    entering::{Ids, category, code},
    generator::SPAN,
    oracle::Oracle,
};
use chrono::{Days as Count, NaiveDate};
use control_maniac::{
    days::{Days, Month},
    money::Money,
    period::Period,
    server::{
        ledger::{KeyFigures, Ledger, ProjectFigures, keys},
        permission::PermittedScope,
        timeline::Timeline,
    },
    sticky::Setting,
};
use sea_orm::DatabaseConnection;
use std::collections::{BTreeMap, HashSet};

/// Some figures of one thing in one period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figures {
    KeyFigures(KeyFigures),
    /// With the unbilled amount and the advances.
    Project(ProjectFigures, Money, Money),
    Amount(Money),
}

/// The place of figures in the picture: the last day, the first one, and the thing's name.
type Place = (NaiveDate, NaiveDate, String);

/// Figures by their last day.
#[derive(Clone, Debug, Default)]
pub struct Picture(BTreeMap<Place, Figures>);

/// How many categories there are.
const CATEGORIES: u8 = 3;

/// The name of the whole scope.
const WHOLE: &str = "the whole";

fn owner_name(owner: Owner) -> String {
    owner.map_or_else(|| "unassigned".to_owned(), |division| format!("division {division}"))
}

/// Months, quarters and years of the span, the time before and after it, and days around `days`, which are cut where
/// something changes.
pub fn periods(days: &[NaiveDate]) -> Vec<Days> {
    let around = |from: NaiveDate, to: NaiveDate| Days { from, to };
    let mut periods = whole_periods("");
    periods.extend(whole_periods("-q"));
    periods.extend(whole_periods("-"));
    periods.push(around(SPAN.from - Count::new(366), SPAN.from - Count::new(1)));
    periods.push(around(SPAN.to + Count::new(1), SPAN.to + Count::new(90)));
    for day in days {
        let before = *day - Count::new(1);
        periods.extend([
            around(*day, *day),
            around(before, before),
            around(*day - Count::new(9), *day + Count::new(9)),
            around(Month::of(before).first_day(), before),
        ]);
    }
    let mut known = HashSet::new();
    periods.retain(|days| known.insert(*days));
    periods
}

/// The years of the span, its quarters or its months, by the text between the year and the number.
pub fn whole_periods(between: &str) -> Vec<Days> {
    let parts = match between {
        "" => vec![String::new()],
        "-q" => (1..=4).map(|quarter| format!("-q{quarter}")).collect(),
        _ => (1..=12).map(|month| format!("-{month:02}")).collect(),
    };
    let years = [2025, 2026].into_iter();
    let texts = years.flat_map(|year| parts.iter().map(move |part| format!("{year}{part}")));
    texts
        .map(|text| Period::parse(&text).unwrap().days(NaiveDate::MAX))
        .collect()
}

impl Picture {
    /// As the ledger has it. For someone who sees everything it has all projects; a division's own projects show in its
    /// statement.
    pub async fn of_ledger(
        db: &DatabaseConnection,
        scope: &PermittedScope,
        ids: &Ids,
        periods: &[Days],
        today: NaiveDate,
    ) -> Self {
        let timeline = Timeline::of(periods.iter().copied());
        let ledger = Ledger::load(db, scope, timeline, today, None).await.unwrap();
        let mut picture = Self::default();
        for days in periods {
            let stretches = ledger.timeline.stretches(days);
            picture.set(days, WHOLE, Figures::KeyFigures(ledger.total(scope, days)));
            for key in keys(scope) {
                let number = key.map(|id| *ids.divisions.iter().find(|(_, known)| **known == id).unwrap().0);
                picture.set(
                    days,
                    &owner_name(number),
                    Figures::KeyFigures(ledger.key_figures(key, days)),
                );
            }
            if scope.includes_unassigned() {
                for project in &ledger.projects {
                    let figures = Figures::Project(
                        project.figures(stretches.clone()),
                        project.unbilled(stretches.end),
                        project.advances(stretches.end),
                    );
                    picture.set(days, &project.project.code, figures);
                }
                picture.set(days, "unsplit", Figures::Amount(ledger.unsplit(None, days)));
            }
            for number in 0..CATEGORIES {
                let name = category(number);
                let of_category = ledger.categories.iter().filter(|sum| sum.category == name);
                let in_days = of_category.filter(|sum| stretches.contains(&sum.stretch));
                picture.set(days, &name, Figures::Amount(in_days.map(|sum| sum.amount).sum()));
            }
        }
        picture
    }

    /// As the oracle has it, for someone who sees everything.
    pub fn of_oracle(oracle: &Oracle, periods: &[Days]) -> Self {
        let mut picture = Self::default();
        let owners: Vec<Owner> = oracle.divisions.iter().copied().map(Some).chain([None]).collect();
        for days in periods {
            let statements = owners
                .iter()
                .map(|owner| (owner, oracle.key_figures(*owner, days, true)));
            let statements: Vec<_> = statements.collect();
            for (owner, statement) in &statements {
                picture.set(days, &owner_name(**owner), Figures::KeyFigures(*statement));
            }
            let whole = statements.into_iter().map(|(_, statement)| statement);
            picture.set(
                days,
                WHOLE,
                Figures::KeyFigures(whole.reduce(|sum, more| sum + more).unwrap()),
            );
            for project in oracle.project_numbers() {
                let (unbilled, advances) = oracle.balances(project, days.to);
                let figures = Figures::Project(oracle.project(project, &owners, days), unbilled, advances);
                picture.set(days, &code(project), figures);
            }
            picture.set(days, "unsplit", Figures::Amount(oracle.unsplit(days)));
            for number in 0..CATEGORIES {
                picture.set(
                    days,
                    &category(number),
                    Figures::Amount(oracle.category(number, &owners, days)),
                );
            }
        }
        picture
    }

    fn set(&mut self, days: &Days, what: &str, figures: Figures) {
        self.0.insert((days.to, days.from, what.to_owned()), figures);
    }

    /// The statement of an owner.
    pub fn key_figures(&self, days: &Days, owner: Owner) -> KeyFigures {
        self.statement_of(days, &owner_name(owner))
    }

    /// The statement of the whole scope.
    pub fn whole(&self, days: &Days) -> KeyFigures {
        self.statement_of(days, WHOLE)
    }

    fn statement_of(&self, days: &Days, what: &str) -> KeyFigures {
        match self.0[&(days.to, days.from, what.to_owned())] {
            Figures::KeyFigures(statement) => statement,
            other => panic!("{what}: {other:?}"),
        }
    }

    /// The figures of every project.
    pub fn projects(&self, days: &Days) -> Vec<(ProjectFigures, Money, Money)> {
        let of_days = self
            .0
            .iter()
            .filter(|((to, from, _), _)| (*from, *to) == (days.from, days.to));
        let projects = of_days.filter_map(|(_, figures)| match figures {
            Figures::Project(figures, unbilled, advances) => Some((*figures, *unbilled, *advances)),
            _ => None,
        });
        projects.collect()
    }

    /// The sum over the categories.
    pub fn booked(&self, days: &Days) -> Money {
        let amount = |number| match self.0[&(days.to, days.from, category(number))] {
            Figures::Amount(amount) => amount,
            other => panic!("category {number}: {other:?}"),
        };
        (0..CATEGORIES).map(amount).sum()
    }

    /// Checks that nothing that ends before `end` differs from `other`; the error is the first difference.
    ///
    /// # Errors
    /// There is one.
    pub fn same_before(&self, other: &Self, end: NaiveDate, what: &str) -> Result<(), String> {
        let before = |picture: &Self| -> Vec<(Place, Figures)> {
            let all = picture.0.iter().take_while(|((to, ..), _)| *to < end);
            all.map(|(place, figures)| (place.clone(), *figures)).collect()
        };
        let (mine, theirs) = (before(self), before(other));
        for (mine, theirs) in mine.iter().zip(&theirs) {
            if mine != theirs {
                let (to, from, name) = &mine.0;
                return Err(format!(
                    "{what}, {name}, {from} to {to}:\n    {:?}\nnot  {:?}",
                    mine.1, theirs.1
                ));
            }
        }
        if mine.len() == theirs.len() {
            Ok(())
        } else {
            Err(format!("{what}: {} figures, not {}", mine.len(), theirs.len()))
        }
    }
}
