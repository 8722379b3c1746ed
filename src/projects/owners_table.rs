//! Who owns a project and who owned it, in words; and the page of a project outside of the chosen division.

use super::{project_sql, title};
use crate::{
    books::{BEGINNING, limits::LAST_DAY},
    days::Days,
    message::{Joint, Message, Value},
    messages::{figure, projects, setting},
    pages::PROJECTS,
    report::{Content, Panel, Part, Phrase, Report},
    server::ledger::DivisionKey,
    view::RenderContext,
};

/// A page that says where the project is, on which days, and how to see its figures.
pub(super) fn outside_of_scope(
    project: &project_sql::Owned,
    owners: &[(DivisionKey, Days)],
    days: &Days,
    context: &RenderContext,
) -> Report {
    let in_period = owners.iter().filter(|(_, owned)| owned.overlap(days).is_some());
    let mut choices: Vec<Value> = Vec::new();
    for (owner, _) in in_period.clone() {
        let name = match context.everything.division(*owner) {
            Some(division) if !division.option.archived => division.option.label(),
            None if owner.is_none() && context.everything.includes_unassigned() => setting::unassigned().into(),
            _ => continue,
        };
        if !choices.contains(&name) {
            choices.push(name);
        }
    }
    let all = if context.everything.includes_unassigned() {
        setting::all()
    } else {
        setting::all_yours()
    };
    choices.extend((in_period.count() > 0).then(|| all.into()));
    // An owner that this user may not see is not named; then another period may help.
    choices.extend((owners.len() > 1 || choices.is_empty()).then(|| projects::another_period().into()));
    let names = owner_names(owners, context);
    let is_throughout = |owned: &Days| owned.from == BEGINNING && owned.end() >= LAST_DAY;
    let whose: Message = match owners {
        [(None, owned)] if is_throughout(owned) => projects::of_no_division(),
        [(_, owned)] if is_throughout(owned) => projects::of_division(names),
        _ => projects::of_divisions(names),
    };
    let scope = context.scope_name();
    let choices = Value::Joined(choices, Joint::Or);
    let go_to_projects = if context.scope.is_unassigned_alone() {
        projects::unassigned_projects()
    } else {
        projects::projects_of(scope.clone())
    };
    let words = vec![
        Phrase::new(Value::Joined(
            vec![
                whose.into(),
                projects::looking_at(choices, scope.clone()).into(),
                Value::text(""),
            ],
            Joint::Space,
        )),
        Phrase::link(go_to_projects, context.link(PROJECTS.path)),
        Phrase::new(Value::text(".")),
    ];
    let panel = Panel {
        heading: None,
        contents: vec![Content::Instead(words)],
    };
    context.report(title(&project.code, &project.name), vec![Part::Panel(panel)])
}

/// Who owns a project, and who did: `Web until 31 Aug 2026, Mobile since 1 Sep 2026`.
pub(super) fn owner_names(owners: &[(DivisionKey, Days)], context: &RenderContext) -> Value {
    let name = |(owner, days): &(DivisionKey, Days)| {
        let division = owner.and_then(|_| context.everything.division(*owner));
        let name = division.map_or_else(|| setting::unassigned().into(), |division| division.option.label());
        let span: Value = match (days.from > BEGINNING, days.end() < LAST_DAY) {
            (false, false) => return name,
            (true, false) => figure::since(days.from).into(),
            (false, true) => figure::until(days.to).into(),
            (true, true) => return Value::Joined(vec![name, Value::Days(*days)], Joint::Comma),
        };
        Value::Joined(vec![name, span], Joint::Space)
    };
    Value::Joined(owners.iter().map(name).collect(), Joint::Comma)
}
