//! The list of projects: searched, filtered, sorted and cut into pages, with the total of all that match.

use super::{
    by_month::Spans,
    filters::filters,
    line::{Line, Read},
    list_query::{ListQuery, SortKey},
    list_table::{Shown, margin_share, table},
};
use crate::{
    days::Days,
    error::AppError,
    messages::{projects, window},
    pages::PROJECTS,
    report::{AllRows, Content, List, Pager, Panel, Part, Report, RowSource, RowStream, Search, Sorted, withheld_note},
    search::folded,
    server::{
        accounts::VisibleDivision,
        ledger::{DivisionKey, ProjectKind},
    },
    view::RenderContext,
};
use async_stream::try_stream;
use sea_orm::{ConnectionTrait, DatabaseTransaction};
use std::cmp::Ordering;

/// The list.
///
/// # Errors
/// The database failed.
pub async fn report(db: &impl ConnectionTrait, context: &RenderContext, query: &ListQuery) -> Result<Report, AppError> {
    let days = context.period.days(context.today);
    let spans = Spans::of(&days);
    let read = Read::load(db, context, query, &days, cut(&spans, query)).await?;
    let lines = lines(&read, context, query, &days);
    let pager =
        Pager::new(query.row(), context.chosen.get(), lines.len() as u64).leading(|row| context.link(&query.from(row)));
    let shown = Shown {
        context,
        query,
        days: &days,
        spans: &spans,
        ledger: &read.ledger,
    };
    let table = table(&shown, &lines, &pager);
    let all = AllRows::of(AllProjects {
        context: context.clone(),
        query: query.clone(),
    });
    let mut notes = if context.scope.includes_labour_cost() {
        vec![projects::note()]
    } else {
        vec![projects::note_without_labour(), withheld_note()]
    };
    notes.push(projects::note_on_total());
    let panel = Panel {
        heading: query.monthly().map(|of| spans.name(of.measure(&context.scope)).into()),
        contents: vec![
            Content::List(Box::new(List { table, pager, all })),
            Content::note(notes),
            Content::note(vec![projects::note_on_states()]),
        ],
    };
    Ok(Report {
        search: Some(Search {
            path: PROJECTS.path,
            label: projects::search(),
            text: query.q.clone(),
            fields: Vec::new(),
            kept: query.kept(),
        }),
        filters: filters(query, context, &spans),
        ..context.report(window::projects(), vec![Part::Panel(panel)])
    })
}

/// The parts of the period that the columns need.
fn cut<'a>(spans: &'a Spans, query: &ListQuery) -> &'a [Days] {
    query.monthly().map_or(&[], |_| &spans.days)
}

/// The lines that match, in their order.
fn lines<'a>(read: &'a Read, context: &RenderContext, query: &ListQuery, days: &Days) -> Vec<Line<'a>> {
    let mut lines = read.lines(context, query, days);
    let divisions = context.scope.divisions();
    lines.sort_by(|one, other| {
        let order = compare(one, other, query.sort, query.sorted(), divisions);
        order.then_with(|| one.project.code.cmp(&other.project.code))
    });
    lines
}

/// Every project that matches, whatever page is shown.
struct AllProjects {
    context: RenderContext,
    query: ListQuery,
}

impl RowSource for AllProjects {
    fn rows<'a>(&'a self, db: &'a DatabaseTransaction) -> RowStream<'a> {
        Box::pin(try_stream! {
            let days = self.context.period.days(self.context.today);
            let spans = Spans::of(&days);
            let read = Read::load(db, &self.context, &self.query, &days, cut(&spans, &self.query)).await?;
            let shown = Shown {
                context: &self.context,
                query: &self.query,
                days: &days,
                spans: &spans,
                ledger: &read.ledger,
            };
            for line in lines(&read, &self.context, &self.query, &days) {
                yield shown.row(&line);
            }
        })
    }

    fn has_notes(&self) -> bool {
        true
    }
}

/// A row without a value to sort by comes last in either direction.
fn compare(one: &Line, other: &Line, key: SortKey, sorted: Sorted, divisions: &[VisibleDivision]) -> Ordering {
    let text = |text: fn(&Line) -> String| text(one).cmp(&text(other));
    let client = |line: &Line| line.project.client.as_ref().map(|client| folded(client));
    sorted.order(match key {
        SortKey::Client => return sorted.nothing_last(client(one), client(other)),
        SortKey::MarginShare => return sorted.nothing_last(margin_share(&one.figures), margin_share(&other.figures)),
        SortKey::Burn => return sorted.nothing_last(one.used(), other.used()),
        SortKey::Code => one.project.code.cmp(&other.project.code),
        SortKey::Name => text(|line| folded(&line.project.name)),
        SortKey::Division => place(one.owner, divisions).cmp(&place(other.owner, divisions)),
        SortKey::Kind => place_of_kind(one.project.kind).cmp(&place_of_kind(other.project.kind)),
        SortKey::Hours => one.figures.minutes.cmp(&other.figures.minutes),
        SortKey::Revenue => one.figures.revenue.cmp(&other.figures.revenue),
        SortKey::Cost => one.figures.visible_cost().cmp(&other.figures.visible_cost()),
        SortKey::Margin => one.figures.visible_margin().cmp(&other.figures.visible_margin()),
    })
}

/// The position of a division among those that are shown; unassigned comes last.
fn place(key: DivisionKey, divisions: &[VisibleDivision]) -> usize {
    divisions
        .iter()
        .position(|division| Some(division.id) == key)
        .unwrap_or(divisions.len())
}

/// The place of a kind among the others by its name, which is the same in each language.
fn place_of_kind(kind: ProjectKind) -> usize {
    match kind {
        ProjectKind::FixedPrice => 0,
        ProjectKind::Internal => 1,
        ProjectKind::TimeAndMaterial => 2,
    }
}
