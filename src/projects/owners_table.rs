//! Who owns a project and who owned it, in words; and the page of a project outside of the chosen division.

use super::project_sql;
use crate::{
    books::{BEGINNING, limits::LAST_DAY},
    division::Division,
    pages::PROJECTS,
    period::{Days, day_name},
    server::ledger::DivisionKey,
    view::{Heading, RenderContext, Rendered},
};
use leptos::prelude::*;

/// A page that says where the project is, on which days, and how to see its figures.
pub(super) fn outside_of_scope(
    project: &project_sql::Owned,
    owners: &[(DivisionKey, Days)],
    days: &Days,
    context: &RenderContext,
) -> Rendered {
    let in_period = owners.iter().filter(|(_, owned)| owned.overlap(days).is_some());
    let mut choices: Vec<&str> = Vec::new();
    let divisions = in_period
        .clone()
        .filter_map(|(owner, _)| context.everything.division(*owner));
    for division in divisions.filter(|division| !division.option.archived) {
        if !choices.contains(&division.option.name.as_str()) {
            choices.push(&division.option.name);
        }
    }
    let all = Division::all(context.everything.includes_unassigned());
    choices.extend((in_period.count() > 0).then_some(all));
    // An owner that this user may not see is not named; then another period may help.
    choices.extend((owners.len() > 1 || choices.is_empty()).then_some("another period"));
    let names = owner_names(owners, context);
    let is_throughout = |owned: &Days| owned.from == BEGINNING && owned.end() >= LAST_DAY;
    let whose = match owners {
        [(None, owned)] if is_throughout(owned) => "This project belongs to no division".to_owned(),
        [(_, owned)] if is_throughout(owned) => format!("This project belongs to {names}"),
        _ => format!("Whose this project is: {names}"),
    };
    let title = format!("{} {}", project.code, project.name);
    let content = view! {
        {Heading::of(title.clone(), context).view()}
        <section class="panel">
            <p class="empty">
                {format!(
                    "{whose}. You are looking at {}, so its figures are not shown. Choose {} to see them, or ",
                    context.scope.name(),
                    choices.join(" or "),
                )}
                <a href=context.link(PROJECTS.path)>{format!("go to the projects of {}", context.scope.name())}</a> "."
            </p>
        </section>
    };
    Rendered::of(&title, context, content)
}

/// Who owns a project, and who did: `Web until 31 Aug 2026, Mobile since 1 Sep 2026`.
pub(super) fn owner_names(owners: &[(DivisionKey, Days)], context: &RenderContext) -> String {
    let name = |(owner, days): &(DivisionKey, Days)| {
        let name = match (owner, context.everything.division(*owner)) {
            (_, Some(division)) => division.option.label(),
            _ => "Unassigned".to_owned(),
        };
        match (days.from > BEGINNING, days.end() < LAST_DAY) {
            (false, false) => name,
            (true, false) => format!("{name} since {}", day_name(days.from)),
            (false, true) => format!("{name} until {}", day_name(days.to)),
            (true, true) => format!("{name}, {}", days.name()),
        }
    };
    owners.iter().map(name).collect::<Vec<_>>().join(", ")
}
