//! A line of the list of projects: what it has of a project that somebody in the scope owned in the period.

use super::{
    list_query::{ListQuery, Movement},
    project_sql::last_moves,
    state::State,
};
use crate::{
    days::Days,
    money::{Burn, Minutes, Money},
    search::{Contents, Wanted},
    server::{
        ledger::{BudgetBurn, DivisionKey, Ledger, Project, ProjectFigures, ProjectLedger},
        timeline::Timeline,
    },
    view::RenderContext,
};
use chrono::NaiveDate;
use sea_orm::{ConnectionTrait, DbErr};
use std::collections::HashMap;

/// What the lines are made from.
pub(super) struct Read {
    pub(super) ledger: Ledger,
    /// When something happened last on each project, if the query asks for a state.
    last_moves: HashMap<i64, NaiveDate>,
}

/// One line of the list.
pub(super) struct Line<'a> {
    pub(super) project: &'a Project,
    pub(super) ledger: &'a ProjectLedger,
    /// Its last owner in the scope.
    pub(super) owner: DivisionKey,
    /// The days of the period on which that owner had it.
    pub(super) owned: Days,
    pub(super) figures: ProjectFigures,
    pub(super) balance: Balance,
    state: State,
}

/// The state of the project's budget at the end of the period.
pub(super) enum Balance {
    /// It is in the scope: how much of its budget is used, and how many hours have no known cost.
    Burn(Option<BudgetBurn>, Option<Minutes>),
    /// The used part of its budget contains labour cost, which this user may not see.
    Withheld,
    /// It was in the scope, but has another owner now.
    Elsewhere,
}

impl Read {
    /// Reads the projects, with `spans` of the period cut out.
    pub(super) async fn load(
        db: &impl ConnectionTrait,
        context: &RenderContext,
        query: &ListQuery,
        days: &Days,
        spans: &[Days],
    ) -> Result<Self, DbErr> {
        let timeline = Timeline::of(spans.iter().copied().chain([*days]));
        let ledger = Ledger::load(db, &context.scope, timeline, context.today, None).await?;
        let last_moves = match query.state {
            Some(_) => last_moves(db, &context.scope, days.to).await?,
            None => HashMap::new(),
        };
        Ok(Self { ledger, last_moves })
    }

    /// The lines that `query` leaves, in no order of its own.
    pub(super) fn lines(&self, context: &RenderContext, query: &ListQuery, days: &Days) -> Vec<Line<'_>> {
        let wanted = Wanted::new(&query.q);
        let found = self.ledger.projects.iter();
        let found = found.filter(|ledger| matches(&ledger.project, &wanted));
        let lines = found.filter_map(|ledger| self.line(ledger, context, days));
        let is_left = |line: &Line| {
            query.state.is_none_or(|state| line.state == state) && (query.movement == Movement::Any || line.moves())
        };
        lines.filter(is_left).collect()
    }

    fn line<'a>(&'a self, ledger: &'a ProjectLedger, context: &RenderContext, days: &Days) -> Option<Line<'a>> {
        let project = &ledger.project;
        let stretches = self.ledger.timeline.stretches(days);
        let mut latest_first = project.owners_in(days).into_iter().rev();
        let (owner, owned) = latest_first.find(|(owner, _)| context.scope.includes(*owner))?;
        let balance = if owned.to < days.to {
            Balance::Elsewhere
        } else if ledger.is_burn_withheld() {
            Balance::Withheld
        } else {
            let unrated = ledger.figures_until(stretches.end).unrated;
            Balance::Burn(ledger.budget_burn(stretches.end), unrated)
        };
        let last_move = self.last_moves.get(&project.id).copied();
        Some(Line {
            project,
            ledger,
            owner,
            owned,
            figures: ledger.figures(stretches),
            balance,
            state: State::of(project, context.scope.division(owner), last_move, days.to),
        })
    }
}

impl Line<'_> {
    /// Whether anything happened on it in the period.
    fn moves(&self) -> bool {
        let figures = &self.figures;
        figures.minutes != Minutes(0) || figures.revenue != Money(0) || figures.visible_cost() != Money(0)
    }

    /// The used part of its budget.
    pub(super) fn used(&self) -> Option<Burn> {
        match self.balance {
            Balance::Burn(burn, _) => burn.map(|burn| burn.used),
            Balance::Withheld | Balance::Elsewhere => None,
        }
    }
}

/// Whether the code, the name or the client contains each word of `wanted`.
fn matches(project: &Project, wanted: &Wanted) -> bool {
    let texts = [&project.code, &project.name].into_iter().chain(&project.client);
    wanted.is_in(&Contents {
        texts: texts.map(String::as_str).collect(),
        ..Contents::default()
    })
}
