//! Where an opened figure is: the division, the days and the project of its address, within what a person has chosen and may
//! see.

use crate::{
    days::{Days, Month},
    error::AppError,
    measure::Measure,
    message::{Joint, Value},
    messages::{error, figure, measure as words, projects as project_words},
    period::Period,
    place::{Place, Whose},
    projects,
    report::{Content, Panel, Part, Phrase, Report},
    rows::person_name,
    server::{
        ledger::{Ledger, Project, ProjectKind},
        permission::PermittedScope,
        timeline::Timeline,
    },
    view::{RenderContext, compared::Compared},
};
use sea_orm::ConnectionTrait;

/// What is found at a place.
pub(super) enum Here {
    /// The figure, with what it is made from.
    At(Box<Found>),
    /// It is outside of the chosen division: a page that says so.
    Elsewhere(Box<Report>),
}

/// A place that was found.
pub(super) struct Found {
    /// What is chosen, narrowed to the place.
    pub(super) context: RenderContext,
    pub(super) days: Days,
    /// The days that these are compared with, if there are such.
    pub(super) compared: Option<Compared>,
    pub(super) ledger: Ledger,
    /// The name of the one person it is of.
    pub(super) person: Option<String>,
}

/// Finds `place`.
pub(super) async fn find(
    db: &impl ConnectionTrait,
    context: &RenderContext,
    measure: Measure,
    place: &Place,
) -> Result<Here, AppError> {
    let whole = narrowed(&context.everything, place.of.as_ref())?;
    if !measure.may_be_seen_in(&whole) {
        let kind = crate::error::ErrorKind::Forbidden;
        return Err(AppError::new(kind, figure::withheld_note()));
    }
    let period = period(context, place);
    let Ok(scope) = narrowed(&context.scope, place.of.as_ref()) else {
        let there = context.narrowed(whole, period);
        return Ok(Here::Elsewhere(Box::new(elsewhere(context, &there, measure, place))));
    };
    let here = context.narrowed(scope, period);
    let days = here.period.days(here.today);
    if let Some(code) = &place.project
        && let Some(report) = projects::elsewhere(db, &here, code, &days).await?
    {
        return Ok(Here::Elsewhere(Box::new(report)));
    }
    let compared = Compared::of(&here);
    let timeline = Timeline::of(compared.iter().map(|compared| compared.days).chain([days]));
    let ledger = Ledger::load(db, &here.scope, timeline, here.today, place.project.as_deref()).await?;
    if let Some(report) = balance_elsewhere(&here, measure, place, &ledger, &days)? {
        return Ok(Here::Elsewhere(Box::new(report)));
    }
    let person = match place.person {
        Some(id) => Some(
            person_name(db, &here.scope, id)
                .await?
                .ok_or_else(|| AppError::not_found(error::no_person()))?,
        ),
        None => None,
    };
    Ok(Here::At(Box::new(Found {
        context: here,
        days,
        compared,
        ledger,
        person,
    })))
}

/// A project's code and name, as a title says them.
pub(super) fn title(project: &Project) -> Value {
    Value::Joined(
        vec![Value::text(&project.code), Value::text(&project.name)],
        Joint::Space,
    )
}

/// The days of the place as a period: a month that they are is named as one.
fn period(context: &RenderContext, place: &Place) -> Period {
    let Some(days) = place.days else {
        return context.period.clone();
    };
    let month = Month::of(days.from);
    let is_month = days.from == month.first_day() && (days.to == month.last_day() || days.to == context.today);
    if is_month && Month::of(days.to) == month {
        Period::Month(month)
    } else {
        Period::Custom(days)
    }
}

/// Balances belong to the owner of the project at the end of the days: a page that says so if that is not in the scope.
fn balance_elsewhere(
    context: &RenderContext,
    measure: Measure,
    place: &Place,
    ledger: &Ledger,
    days: &Days,
) -> Result<Option<Report>, AppError> {
    let Some(code) = &place.project else {
        return Ok(None);
    };
    let project = ledger.projects.first().ok_or_else(|| projects::unknown(code))?;
    let needs_time = matches!(measure, Measure::BilledTime | Measure::Expenses);
    if needs_time && project.project.kind != ProjectKind::TimeAndMaterial {
        return Err(AppError::not_found(error::no_figure()));
    }
    let is_here = !measure.is_balance() || context.scope.includes(project.project.owner_on(days.to));
    Ok((!is_here).then(|| {
        let said = vec![Phrase::new(project_words::balance_elsewhere(days.to))];
        instead(context, measure, said)
    }))
}

/// A page that says whose the figure is, and leads to the same figure of what is chosen.
fn elsewhere(context: &RenderContext, there: &RenderContext, measure: Measure, place: &Place) -> Report {
    let chosen = Place {
        of: None,
        ..place.clone()
    };
    let there = there.scope_name();
    let scope = context.scope_name();
    instead(
        context,
        measure,
        vec![
            Phrase::new(words::elsewhere(scope.clone(), there)),
            Phrase::new(Value::text(" ")),
            Phrase::link(words::show_of(scope), context.link(&chosen.address(measure, 1))),
            Phrase::new(Value::text(".")),
        ],
    )
}

fn instead(context: &RenderContext, measure: Measure, said: Vec<Phrase>) -> Report {
    let panel = Panel {
        heading: None,
        contents: vec![Content::Instead(said)],
    };
    context.report(measure.name(), vec![Part::Panel(panel)])
}

/// Of `scope` what belongs to `whose`; all of it if nobody is named.
fn narrowed(scope: &PermittedScope, whose: Option<&Whose>) -> Result<PermittedScope, AppError> {
    let (part, name) = match whose {
        None => return Ok(scope.clone()),
        Some(Whose::Unassigned) => (scope.narrowed(None), "unassigned"),
        Some(Whose::Division(slug)) => {
            let division = scope.divisions().iter().find(|division| division.option.slug == *slug);
            (
                division.and_then(|division| scope.narrowed(Some(division.id))),
                slug.as_str(),
            )
        }
    };
    part.ok_or_else(|| AppError::invalid("of", error::no_division(Value::text(name))))
}
